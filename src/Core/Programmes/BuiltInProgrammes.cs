using System.Text.Json;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Programmes;

/// <summary>
/// The two programmes of the mission document as definitions (<c>BuiltInProgrammes.json</c>): PSプロジェクト with its seven forms, and
/// 熊本型県民連携事業 with its three. An installation may change them or define its own.
/// </summary>
public static class BuiltInProgrammes
{
    public static IReadOnlyList<Programme> Enter(Actor by, DateTimeOffset now)
    {
        using var stream = typeof(BuiltInProgrammes).Assembly.GetManifestResourceStream("Kyodo.Programmes.BuiltInProgrammes.json")!;
        var definitions = JsonSerializer.Deserialize<Definitions>(stream, Json.Plain)!;
        return definitions.Programmes.ConvertAll(definition =>
        {
            var programme = new Programme(definition.Key, definition.NameJa, definition.NameEn)
            {
                AsksFor = definition.AsksFor,
                FirstYear = definition.FirstYear,
                Order = definition.Order,
            };
            programme.Forms.AddRange(definition.Forms);
            programme.Enter([.. definitions.Common, .. definition.Questions], by, now);
            return programme;
        });
    }

    private sealed record Definitions(List<Question> Common, List<Definition> Programmes);

    private sealed record Definition(
        string Key, string NameJa, string NameEn, string AsksFor, FiscalYear FirstYear, int Order, List<CollaborationForm> Forms, List<Question> Questions);
}

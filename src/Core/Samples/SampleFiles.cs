using System.Text.Json;

namespace Kyodo.Samples;

/// <summary>The sample's own files, embedded: facts of Kumamoto, and the answers of each unit (invented ones say 見本).</summary>
internal static class SampleFiles
{
    /// <summary>The rows of a small CSV without quoting, by header.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string name)
    {
        using var reader = new StreamReader(Open(name));
        var headers = reader.ReadLine()!.Split(',');
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.ReadLine() is { } line)
            rows.Add(headers.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        return rows;
    }

    /// <summary>A unit's answers as the texts of its workbook, by part key; none when the unit has nothing to report.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Answers(string unitCode)
    {
        using var stream = typeof(SampleFiles).Assembly.GetManifestResourceStream($"Kyodo.Samples.Answers.{unitCode}.json");
        return stream is null ? [] : JsonSerializer.Deserialize<List<Dictionary<string, string>>>(stream)!;
    }

    private static Stream Open(string name) =>
        typeof(SampleFiles).Assembly.GetManifestResourceStream($"Kyodo.Samples.{name}") ?? throw new InvalidOperationException($"The sample has no file {name}.");
}

using System.CommandLine;
using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.App.Commands;

/// <summary>How commands speak: sentences for people, one line of JSON for programs.</summary>
internal static class Terminal
{
    public static void Say(ParseResult parsed, string sentence)
    {
        if (!parsed.GetValue(CommonOptions.AsJson))
            Console.WriteLine(sentence);
    }

    /// <summary>The last line of standard output: an object for programs, or a sentence.</summary>
    public static void Finish(ParseResult parsed, object result, string sentence) =>
        Console.WriteLine(parsed.GetValue(CommonOptions.AsJson) ? JsonSerializer.Serialize(result, Json.Plain) : sentence);

    public static int Refuse(ParseResult parsed, Refusal refusal)
    {
        if (parsed.GetValue(CommonOptions.AsJson))
            Console.WriteLine(JsonSerializer.Serialize(new { error = refusal.Message, problems = refusal.Problems }, Json.Plain));
        Console.Error.WriteLine(refusal.Message);
        foreach (var problem in refusal.Problems.Take(50))
            Console.Error.WriteLine($"  {problem}");
        if (refusal.Problems.Count > 50)
            Console.Error.WriteLine(Words.Say($"  ほか{refusal.Problems.Count - 50}か所", $"  and {refusal.Problems.Count - 50} more"));
        return 1;
    }
}

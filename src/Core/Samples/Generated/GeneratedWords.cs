using System.Text;
using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.Samples;

/// <summary>What the generated cases are made of (<c>words.json</c>): invented things, in sentences with places to fill.</summary>
internal sealed record GeneratedWords(
    List<GeneratedTheme> Themes, List<GeneratedKind> Kinds, List<string> PlaceHeads, List<string> PlaceTails, List<string> PlaceKinds, List<string> Titles, List<string> Summaries,
    List<string> GovernmentRoles, List<string> PartnerRoles, List<string> Spreads, List<string> Resources, List<string> Sources)
{
    public static GeneratedWords Read()
    {
        using var stream = typeof(GeneratedWords).Assembly.GetManifestResourceStream("Kyodo.Samples.Generated.words.json")!;
        return JsonSerializer.Deserialize<GeneratedWords>(stream, Json.Plain)!;
    }

    /// <summary>An invented locality, such as 東坂校区.</summary>
    public string Locality(ref Dice dice) => dice.Of(PlaceHeads) + dice.Of(PlaceTails) + dice.Of(PlaceKinds);

    /// <summary>Fills <c>{name}</c> from the names, and <c>{n}</c>, <c>{n2}</c>, <c>{k}</c>, <c>{k2}</c> with numbers of two, three and one digits.</summary>
    public static string Fill(string sentence, ref Dice dice, IReadOnlyDictionary<string, string> names)
    {
        var text = new StringBuilder(sentence.Length + 40);
        for (var i = 0; i < sentence.Length;)
        {
            var end = sentence[i] == '{' ? sentence.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(sentence[i++]);
                continue;
            }
            var name = sentence[(i + 1)..end];
            if (names.TryGetValue(name, out var word))
                text.Append(word);
            else
                text.Append(name switch { "n" => dice.Between(11, 96), "n2" => dice.Between(110, 980), _ => dice.Between(2, 8) });
            i = end + 1;
        }
        return text.ToString();
    }
}

/// <summary>A field of work. <paramref name="Also"/>: fields that go with it; <paramref name="Units"/>: codes of the departments that work in it.</summary>
internal sealed record GeneratedTheme(
    string Name, List<string> Also, List<string> Units, List<string> Subjects, List<string> Doings, List<string> Problems, List<string> Aims, List<string> Steps, List<string> Results, List<string> Lessons,
    List<string> People, List<List<string>> Measures);

internal sealed record GeneratedKind(string Kind, string Before, string After);

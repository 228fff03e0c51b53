using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    private const int MostLooked = 400;

    private static readonly (string Kind, int Most)[] Offered = [("word", 3), ("theme", 1), ("municipality", 1), ("unit", 1), ("partner", 2), ("title", 4)];

    /// <summary>What may be meant by what stands there so far: what begins with it before what only holds it, the frequent before the rare.</summary>
    public IReadOnlyList<Suggestion> Suggest(string typed)
    {
        var folded = FoldedText.Of(TextForms.UpTo(40, typed)).Chars.Trim(' ').ToString();
        if (folded.Length == 0)
            return [];
        var text = _file.Of<char>("suggest");
        var ends = _file.Of<int>("suggest.ends");
        var (begin, hold) = (new List<Suggestion>(), new List<Suggestion>());
        var (at, looked) = (0, 0);
        while (at < text.Length && looked++ < MostLooked && text[at..].IndexOf(folded) is >= 0 and var found)
        {
            var line = ends.BinarySearch(at + found + 1);
            line = line < 0 ? ~line : line;
            var start = line == 0 ? 0 : ends[line - 1];
            (at + found == start ? begin : hold).Add(Entry(line));
            at = ends[line];
        }
        GC.KeepAlive(_file);
        var all = begin.Concat(hold).DistinctBy(one => (one.Kind, one.Text)).ToList();
        // A place is offered as a place, not once more as a word.
        all.RemoveAll(one => one.Kind == "word" && all.Exists(other => other.Kind is not "word" && other.Text == one.Text));
        return [.. Offered.SelectMany(offer => all.Where(one => one.Kind == offer.Kind).Take(offer.Most))];
    }

    private Suggestion Entry(int line)
    {
        var places = _file.Of<long>("suggest.at");
        return JsonSerializer.Deserialize<Suggestion>(_file.Piece("suggest.entries", places[line], places[line + 1]), Json.Plain)!;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    /// <summary>Terms are spread over so many files by their first character, so that a search asks for few of them.</summary>
    private const int TermFiles = 64;

    private const int CardsAFile = 50;

    /// <summary>
    /// The index as files that a browser can search without a server: <c>about.json</c> (facets, the words that stand in for mistyped ones),
    /// <c>terms-N.json</c> (postings as here, in base 64), <c>words.json</c> and <c>cards-N.json</c>. Read by wwwroot/js/static-search.js.
    /// </summary>
    public async Task WriteStaticAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(folder, "about.json", About(), stop);
        await WriteAsync(folder, "words.json", Words(), stop);
        var files = Pairs();
        for (var i = 0; i < TermFiles; i++)
            await WriteAsync(folder, $"terms-{i.ToString(CultureInfo.InvariantCulture)}.json", files[i], stop);
        for (var first = 0; first < Rows; first += CardsAFile)
        {
            var cards = Enumerable.Range(first, Math.Min(CardsAFile, Rows - first)).Select(row => new StaticCard(Card(row), Card(row).PhotoAddress, CardBytes.Rest(CardOf(row), _about.Editions)));
            await WriteAsync(folder, $"cards-{(first / CardsAFile).ToString(CultureInfo.InvariantCulture)}.json", cards, stop);
        }
        GC.KeepAlive(_file);
    }

    private object About()
    {
        var ends = _file.Of<int>("suggest.ends");
        var text = _file.Of<char>("suggest");
        var words = new List<string[]>();
        for (var (line, start) = (0, 0); line < Math.Min(ends.Length, IndexWriter.MostWordsSuggested); start = ends[line++])
        {
            if (Entry(line) is { Kind: "word" } word)
                words.Add([text[start..(ends[line] - 1)].ToString(), word.Text]);
        }
        var partners = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var ids = _file.Of<byte>("partners.ids");
        var partnerEnds = _file.Of<int>("partners.ends");
        var rows = _file.Of<int>("partners.rows");
        for (var i = 0; i < partnerEnds.Length; i++)
            partners[System.Text.Encoding.ASCII.GetString(ids.Slice(i * PublicId.Length, PublicId.Length))] = rows[(i == 0 ? 0 : partnerEnds[i - 1])..partnerEnds[i]].ToArray();
        return new
        {
            Rows,
            TermFiles,
            CardsAFile,
            ByTitle = _file.Of<int>("rows.by_title").ToArray(),
            Facets = Enum.GetValues<Facet>().Select(facet => new
            {
                Name = facet.ToString().ToLowerInvariant(),
                Values = _facets[(int)facet].Select(entry => new { entry.Value, entry.Ja, entry.En, Rows = Convert.ToBase64String(MemoryMarshal.AsBytes(RowsOf(entry))) }).ToList(),
            }).ToList(),
            Partners = partners,
            Words = words,
            OldForms = string.Concat(FoldedText.OldForms.Select(form => $"{form.Key}{form.Value}")),
        };
    }

    private Dictionary<string, object[]> Words()
    {
        var counts = _file.Of<int>("postings.counts");
        var words = new Dictionary<string, object[]>(StringComparer.Ordinal);
        for (var i = 0; i < _file.Of<int>("words.ends").Length; i++)
            words[WordAt(i).ToString()] = [counts[PairCount + i], Convert.ToBase64String(Posting(PairCount + i))];
        return words;
    }

    private List<Dictionary<string, object[]>> Pairs()
    {
        var files = Enumerable.Range(0, TermFiles).Select(_ => new Dictionary<string, object[]>(StringComparer.Ordinal)).ToList();
        var pairs = _file.Of<uint>("pairs");
        var counts = _file.Of<int>("postings.counts");
        for (var i = 0; i < pairs.Length; i++)
        {
            var (first, second) = ((char)(pairs[i] >> 16), (char)pairs[i]);
            // Half of a character beyond the first plane is no text: its number is.
            var key = string.Create(CultureInfo.InvariantCulture, $"{(int)first:x}-{(int)second:x}");
            files[first % TermFiles][key] = [counts[i], Convert.ToBase64String(Posting(i))];
        }
        return files;
    }

    private static async Task WriteAsync(string folder, string name, object content, CancellationToken stop)
    {
        await using var file = File.Create(Path.Combine(folder, name));
        await JsonSerializer.SerializeAsync(file, content, Json.Plain, stop);
    }

    private sealed record StaticCard(CaseCard Card, string? Photo, string Rest);
}

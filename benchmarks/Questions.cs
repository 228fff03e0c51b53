using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Kyodo.Common;
using Kyodo.Search;

namespace Kyodo.Benchmarks;

/// <summary>
/// How well the search finds what it should: texts (<c>docs.jsonl.gz</c>: id, title, text) and questions with the ids that answer them
/// (<c>queries_dev.jsonl</c>: query, relevant). Prints recall among the first ten, mean reciprocal rank, and the time of a question.
/// </summary>
internal static class Questions
{
    public static int Run(string folder)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kyodo-questions-{Environment.ProcessId}");
        var clock = Stopwatch.StartNew();
        var names = Write(folder, path);
        Console.WriteLine(Invariant($"{names.Count} texts in {clock.Elapsed.TotalSeconds:0.0} s, {new FileInfo(path).Length >> 20} MiB"));
        using var index = OpenIndex.TryOpen(path)!;
        var questions = File.ReadLines(Path.Combine(folder, "queries_dev.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(q => (Query: q.GetProperty("query").GetString()!, Relevant: q.GetProperty("relevant").EnumerateArray().Select(id => id.GetString()!).ToHashSet())).ToList();
        // What is chosen by one half is believed when it holds for the other.
        foreach (var (name, part) in new[] { ("even", questions.Where((_, i) => i % 2 == 0)), ("odd", questions.Where((_, i) => i % 2 == 1)), ("all", questions) })
            Console.WriteLine(name + Measure(index, names, [.. part]));
        File.Delete(path);
        return 0;
    }

    private static string Measure(OpenIndex index, Dictionary<string, string> names, IReadOnlyList<(string Query, HashSet<string> Relevant)> questions)
    {
        var (recall, reciprocal, times) = (0.0, 0.0, new List<double>());
        foreach (var (query, relevant) in questions)
        {
            var begin = Stopwatch.GetTimestamp();
            var found = index.Find(new CaseQuery { Text = query, Size = 100 });
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            var ids = found.Page.Items.Select(card => names[card.Id]).ToList();
            recall += (double)ids.Take(10).Count(relevant.Contains) / relevant.Count;
            reciprocal += ids.FindIndex(relevant.Contains) is >= 0 and var place ? 1.0 / (place + 1) : 0;
            if (Environment.GetEnvironmentVariable("KYODO_MISSES") is not null && !ids.Take(10).Any(relevant.Contains))
                Console.WriteLine($"{query} -> {string.Join(' ', relevant)}; {found.Page.Total}: {string.Join(' ', ids.Take(3))}");
        }
        times.Sort();
        return Invariant($": recall@10 {recall / questions.Count:0.000}, MRR {reciprocal / questions.Count:0.000}, p50 {times[times.Count / 2]:0.00} ms, p95 {times[times.Count * 95 / 100]:0.00} ms");
    }

    // Ids of cases have their own shape; the texts' own are kept beside.
    private static Dictionary<string, string> Write(string folder, string path)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var sections = new IndexSectionsWriter(File.Create(path));
        using var texts = new FileStream($"{path}.texts", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        var writer = new IndexWriter(sections, texts);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "docs.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var text = JsonSerializer.Deserialize<JsonElement>(line);
            var id = names.Count.ToString("000000000000", CultureInfo.InvariantCulture);
            names[id] = text.GetProperty("id").GetString()!;
            writer.Add(new CaseCard
            {
                Id = id,
                ProjectId = id,
                Programme = "texts",
                ProgrammeJa = "",
                ProgrammeEn = "",
                Year = new FiscalYear(2000),
                Revision = 1,
                Title = text.GetProperty("title").GetString()!,
                Summary = "",
                FormNo = 1,
                FormJa = "",
                FormEn = "",
                UnitCode = "u",
                UnitName = "",
                Declared = "",
                Lineage = "",
                Status = "",
                Municipalities = [],
                Themes = [],
                Partners = [],
            }, [], 0, false, text.GetProperty("text").GetString()!);
        }
        writer.Finish("questions", "questions");
        return names;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

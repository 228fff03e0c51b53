using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Federation;
using Kyodo.Search;
using Kyodo.Storage;

namespace Kyodo.Benchmarks;

/// <summary>
/// 47 governments with 20 editions each, written as files after those of a generated data folder, verified and taken in; then searched with total
/// and facets.
/// </summary>
internal static class FederationLoad
{
    private const int CasesAnEdition = 213;
    private static readonly Actor Coordinator = new(null, "測定", [new Duty(Role.Coordinator, 0)]);

    public static async Task RunAsync(string data, int governments)
    {
        var database = new Database(Path.GetFullPath(data), null);
        await database.MigrateAsync();
        var template = Directory.EnumerateFiles(Path.Combine(data, "editions"), "cases.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "public")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject()).Where(edition => edition["cases"]!.AsArray().Count >= CasesAnEdition).Take(20).ToList();
        var folder = Directory.CreateTempSubdirectory("kyodo-federation-").FullName;
        var codes = Enumerable.Range(1, 47).Select(no => no.ToString("00", CultureInfo.InvariantCulture) + "000").Select(five => Enumerable.Range(0, 10).Select(digit => $"{five}{digit}").First(CheckDigit.IsGovernmentCode)).Where(code => code != "430005").Append("431001").Take(governments).ToList();
        var ids = 0UL;
        foreach (var code in codes)
        {
            foreach (var year in Enumerable.Range(2001, 20))
                ids = Write(template[(year - 2001) % template.Count], Path.Combine(folder, code, $"{year}"), year, ids);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{codes.Count} governments, {codes.Count * 20} editions, {ids} cases, {new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6:0} MB of files"));
        var clock = Stopwatch.StartNew();
        foreach (var code in codes)
        {
            await using var db = database.Open();
            var government = await db.FederateAsync(code, $"見本団体{code}", null, null, Coordinator, DateTimeOffset.UnixEpoch);
            var place = Path.Combine(folder, code);
            var looked = await db.TakeInAllAsync(government, [.. Directory.EnumerateDirectories(place).Select(edition => Path.GetFileName(edition)).Order()], async (path, _, stop) => await File.ReadAllBytesAsync(Path.Combine(place, path), stop), place, Coordinator, DateTimeOffset.UnixEpoch);
            if (looked.Any(one => one.Result is not TakenIn.New))
                throw new InvalidOperationException(TakingIn.Words(looked));
        }
        var taken = clock.Elapsed;
        using var index = new SearchIndex(database);
        await index.BuildAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"taken in: {taken.TotalSeconds:0.0} s; index built: {(clock.Elapsed - taken).TotalSeconds:0.0} s"));
        var times = new List<double>();
        for (var round = 0; round < 15; round++)
        {
            foreach (var words in Asks.Words)
            {
                var begin = Stopwatch.GetTimestamp();
                await index.FindAsync(new CaseQuery { Text = words });
                if (round >= 5)
                    times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search ranked, with total and facets: p50 {times[times.Count / 2]:0.0} ms, p95 {times[times.Count * 95 / 100]:0.0} ms; peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
        Directory.Delete(folder, recursive: true);
    }

    private static ulong Write(JsonObject template, string folder, int year, ulong ids)
    {
        var edition = template.DeepClone().AsObject();
        edition["edition"]!["fiscal_year"] = year;
        var cases = edition["cases"]!.AsArray();
        while (cases.Count > CasesAnEdition)
            cases.RemoveAt(cases.Count - 1);
        foreach (var one in cases)
        {
            one!["case_id"] = ForeignId(++ids);
            one["project_id"] = ForeignId(ids / 3);
            one["fiscal_year"] = year;
        }
        Directory.CreateDirectory(folder);
        var bytes = Encoding.UTF8.GetBytes(edition.ToJsonString(Json.Plain));
        File.WriteAllBytes(Path.Combine(folder, "cases.json"), bytes);
        var about = edition["edition"]!;
        File.WriteAllText(Path.Combine(folder, "manifest.json"), new JsonObject
        {
            ["edition"] = $"{about["programme"]}/{year}",
            ["revision"] = about["revision"]!.DeepClone(),
            ["released_at"] = about["released_at"]!.DeepClone(),
            ["program"] = "benchmark",
            ["made_with"] = new JsonObject(),
            ["files"] = new JsonArray(new JsonObject { ["name"] = "cases.json", ["bytes"] = bytes.Length, ["sha256"] = ForeignEdition.HashOf(bytes) }),
        }.ToJsonString());
        return ids;
    }

    private static string ForeignId(ulong number) => string.Create(PublicId.Length, number, static (id, left) =>
    {
        for (var i = id.Length - 1; i >= 0; i--, left >>= 5)
            id[i] = "0123456789abcdefghjkmnpqrstvwxyz"[(int)(left & 31)];
    });
}

using System.Diagnostics;
using System.Globalization;

namespace Kyodo.Benchmarks;

/// <summary>What readers ask a served site, one after another: how long each waits for the page (ranked, with total, facets and highlights).</summary>
internal static class Asks
{
    internal static readonly string[] Words =
    [
        "清掃", "高齢者の見守り", "子ども食堂", "竹林 協働", "平成24年度 防災", "「森林ボランティア」", "ボランテイア養成", "空き家の活用", "棚田 -直売所", "外国人住民の日本語教室",
        "道路の花壇をみんなで守る", "NPO法人", "認知症カフェ", "不登校の子どもの居場所", "特産品", "神楽の伝承", "高令者", "水源", "男性の家事と育児", "星空",
    ];

    public static async Task RunAsync(string site)
    {
        using var client = new HttpClient();
        foreach (var path in new[] { "/cases?q=", "/api/v1/cases?q=", "/api/v1/suggestions?q=" })
        {
            var times = new List<double>();
            for (var round = 0; round < 30; round++)
            {
                foreach (var words in Words)
                {
                    var begin = Stopwatch.GetTimestamp();
                    using var answer = await client.GetAsync(new Uri(site + path + Uri.EscapeDataString(words)));
                    await answer.Content.ReadAsByteArrayAsync();
                    answer.EnsureSuccessStatusCode();
                    if (round >= 10)
                        times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                }
            }
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: p50 {times[times.Count / 2]:0.0} ms, p95 {times[times.Count * 95 / 100]:0.0} ms"));
        }
    }
}

using System.Xml.Linq;
using Kyodo.App.Components.Charts;
using Microsoft.AspNetCore.Html;
using Xunit;

namespace Kyodo.App.Tests.Charts;

public sealed class ChartTests
{
    private const string Hostile = "</svg><script>alert(1)</script>\"'&\u0000\u0001\uD800]]>";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<int, int> Sizes => new() { { 0, 0 }, { 0, 6 }, { 1, 0 }, { 1, 1 }, { 7, 6 }, { 100, 2 }, { 3, 100 }, { 100, 100 } };

    [Theory, MemberData(nameof(Sizes))]
    public void A_trend_of_any_size_is_a_named_picture(int series, int years)
    {
        var data = new TrendData("形態別の推移", [.. Enumerable.Range(2002, years).Select(y => $"{y}年度")],
            [.. Enumerable.Range(1, series).Select(s => new ChartSeries($"形態{s}", [.. Enumerable.Range(0, years).Select(y => ChartValue.Of(s * y))]))],
            new ChartBreak(1, "前後は比べられません。"));
        foreach (var svg in Pictures(TrendChart.Draw("trend", data)))
            AssertNamed(svg, "形態別の推移");
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(100), InlineData(500)]
    public void Bars_and_a_curve_of_any_length_are_named_pictures(int count)
    {
        var bars = Enumerable.Range(0, count).Select(i => new Bar($"{Hostile}{i}", i % 3 == 0 ? null : i % 3 == 1 ? 0 : i, i % 3 == 0 ? "…" : $"{i}")).ToList();
        foreach (var svg in Pictures(BarChart.Draw("bars", "部局別", bars, "まだ数字がありません", left => $"ほか{left}行")))
            AssertNamed(svg, "部局別");
        var points = Kyodo.Statistics.Unevenness.Lorenz([.. Enumerable.Range(0, count)]).Select(p => (p.Units, p.Cases)).ToList();
        AssertNamed(Assert.Single(Pictures(LorenzChart.Draw("lorenz", "偏り", points, new LorenzWords("等しい", "組織", "説明", "なし")))), "偏り");
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(100)]
    public void An_indicator_of_any_length_is_a_named_picture(int years)
    {
        var points = Enumerable.Range(0, years).Select(y => new IndicatorPoint($"{y}年度", y % 7 == 3 ? null : y * 1.5m)).ToList();
        AssertNamed(Assert.Single(Pictures(IndicatorChart.Draw("indicator", "団体数", "団体", points))), "団体数");
        AssertNamed(Assert.Single(Pictures(Sparkline.Draw("spark", "件数", [], [.. points.Select((_, i) => ChartValue.Of(i))], 1))), "件数");
    }

    [Fact]
    public void An_indicator_says_its_first_and_last_value()
    {
        var text = Write(IndicatorChart.Draw("i", "参加団体数", "団体", [new("平成14年度", 70), new("平成15年度", null), new("平成18年度", 182)]));
        Assert.Contains("70団体 → 182団体", text, StringComparison.Ordinal);
        Assert.DoesNotContain("polyline", text, StringComparison.Ordinal); // no line over a year that nobody measured
    }

    [Fact]
    public void Zero_not_existing_and_not_collected_are_three_marks()
    {
        var text = Write(TrendChart.Draw("t", new TrendData("推移", ["平成16年度", "平成17年度", "平成18年度"],
            [new("県民連携", [ChartValue.NotExisting, ChartValue.NotCollected, ChartValue.Of(0)])])));
        Assert.Contains("平成16年度 制度なし、平成17年度 未収集、平成18年度 計0件", text, StringComparison.Ordinal);
        Assert.Contains(">―<", text, StringComparison.Ordinal);
        Assert.Contains(">…<", text, StringComparison.Ordinal);
        Assert.Contains(">0<", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_break_is_drawn_with_its_note()
    {
        var data = new TrendData("推移", ["平成17年度", "平成18年度"], [new("PS", [ChartValue.Of(74), ChartValue.Of(70)])], new ChartBreak(1, "系列が切れます。"));
        var text = Write(TrendChart.Draw("t", data));
        Assert.Contains("chart-break", text, StringComparison.Ordinal);
        Assert.Contains("※ 系列が切れます。", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        IHtmlContent[] charts =
        [
            TrendChart.Draw("t", new TrendData(Hostile, [Hostile], [new(Hostile, [ChartValue.Of(1)])], new ChartBreak(0, Hostile), Hostile)),
            IndicatorChart.Draw("i", Hostile, Hostile, [new(Hostile, 1), new(Hostile, 2)]),
            Sparkline.Draw("s", Hostile, [Hostile], [ChartValue.Of(1)], unit: Hostile),
        ];
        foreach (var chart in charts)
        {
            Assert.DoesNotContain("<script", Write(chart), StringComparison.OrdinalIgnoreCase);
            Assert.All(Pictures(chart), svg => Assert.DoesNotContain(svg.Descendants(), e => e.Attribute("style") is not null));
        }
    }

    private static void AssertNamed(XElement svg, string title)
    {
        Assert.Equal("img", (string?)svg.Attribute("role"));
        var named = ((string?)svg.Attribute("aria-labelledby"))!.Split(' ');
        Assert.Equal(title, svg.Element(Svg + "title")!.Value);
        Assert.Equal<string?>(named, [(string?)svg.Element(Svg + "title")!.Attribute("id"), (string?)svg.Element(Svg + "desc")!.Attribute("id")]);
        var ids = svg.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<XElement> Pictures(IHtmlContent chart) =>
        XElement.Parse($"<page>{Write(chart)}</page>").DescendantsAndSelf(Svg + "svg");

    private static string Write(IHtmlContent chart)
    {
        using var writer = new StringWriter();
        chart.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }
}

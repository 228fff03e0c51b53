using System.Globalization;
using Kyodo.Workbooks;

namespace Kyodo.Benchmarks;

/// <summary>A list of an office's own, large as they come: a row a project, thirty columns, long texts among them.</summary>
internal static class LargeList
{
    private static readonly string[] Headers =
    [
        "管理番号", "事業名", "事業概要", "実施市町村", "所管課", "電話番号", "メールアドレス", "協働形態", "相手方", "団体種別", "法人番号", "団体数", "行政の役割", "相手方の役割", "開始日",
        "終了日", "背景", "目的", "事業内容", "分野", "新規・継続", "普及効果", "成果", "課題", "当初予算額（千円）", "補正後（千円）", "決算額（千円）", "財源", "関連URL", "備考",
    ];

    public static void Write(string path, int rows)
    {
        using var file = File.Create(path);
        WorkbookFile.Write(file, [new SheetToWrite("一覧", [.. Headers.Select(header => new ColumnToWrite(header))], Enumerable.Range(1, rows).Select(Row))], new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), new WorkbookProperties("協働事業一覧（見本）", "Kyodo"));
    }

    private static IReadOnlyList<object?> Row(int number) =>
    [
        "P" + number.ToString("00000", CultureInfo.InvariantCulture), $"川と道をきれいにする活動 {number}（見本）", $"県と地域の団体が、{number}番目の区間で清掃と花植えを続けています。", "山鹿市、菊池市", "土木部 道路保全課", "096-000-0000", $"unit{number}@mihon.example",
        "2 事業協定", $"川の会{number}（見本）", "ボランティア団体", null, 1 + number % 40, "用具の貸し出し", "清掃と花植え", "平成19年4月1日", "H20.3.31",
        "川沿いのごみが増え、地域だけでは手が足りなくなっていた。", "住民が誇れる水辺を、行政と一緒に保つ。", $"毎月1回、両岸2kmを清掃し、春と秋に花を植える。{number}番目の区間では、学校と会社も加わっている。", "環境、まちづくり", "継続", "同じ形の協定を、ほかの区間にも広げられる。",
        "参加する人が増えた。", "夏の暑さへの備えが要る。", number % 9000, number % 9000, number % 8000, "一般財源", "https://mihon.example/" + number.ToString(CultureInfo.InvariantCulture), "見本",
    ];
}

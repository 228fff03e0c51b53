using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;

namespace Kyodo.Statistics;

/// <summary>
/// 統計表: every table of figures beside the trend, by its name. Page, CSV, JSON and API read them here, so that they cannot differ.
/// Years before the system have totals only: what they were made of was not collected.
/// </summary>
public static class StatisticsTables
{
    public static IReadOnlyList<TableName> All { get; } =
    [
        new("status", "新規・継続・終了", "New, continued and ended", "事業の続き方ごとの事例の数です。前の年度の年度版がないときは、回答した組織の申告によります。", "Cases by whether the project is new, continued or ended; as declared by the unit where the year before has no edition."),
        new("forms", "協働形態と構成比", "Forms and their shares", "協働形態ごとの事例の数と、その年度の計に占める割合です。", "Cases by form of collaboration and their share of the year's total."),
        new("departments", "部局別", "By department", "知事部局などの部局ごとの事例の数です。どこかの年度に事例がある部局を建制順に並べています。", "Cases by department, in the printed order of units; departments with a case in some year."),
        new("bureaus", "地域振興局別", "By regional bureau", "地域振興局ごとの事例の数です。どこかの年度に事例がある局を建制順に並べています。", "Cases by regional bureau, in the printed order of units; bureaus with a case in some year."),
        new("municipalities", "実施市町村別", "By municipality", "事例が行われた市町村ごとの数です。いくつかの市町村で行う事例はそれぞれに数えるので、足しても計にはなりません。", "Cases by the municipality they take place in. A case in several is counted in each, so the rows do not add up to the total."),
        new("partners", "相手方の種別", "By kind of partner", "協働の相手方の種別ごとの事例の数です。種別の違う相手方がいる事例はそれぞれに数えるので、足しても計にはなりません。", "Cases by kind of partner. A case with partners of several kinds is counted under each, so the rows do not add up to the total."),
        new("budget", "予算の規模別", "By size of budget", "事例の予算額（決算、補正後、当初の順にある額）の規模ごとの数です。", "Cases by their budget (settled, amended or initial, whichever is last known)."),
        new("unevenness", "部局間の偏り", "Unevenness between units", "どの部局・地域振興局から事例が出ているかの偏りです。ジニ係数は、みな同じ数なら0、1つの組織だけなら1に近づきます。組織ごとの行は回答した組織、ジニ係数はその課などを含めた部局・地域振興局で数えています。", "How unequally departments and bureaus report. The Gini coefficient is 0 when all report the same and nears 1 when one reports all. Rows are units that reported; the coefficient counts departments and bureaus with all their units."),
        new("responses", "照会への回答", "Replies to the rounds", "年度版の公表のときに、照会した組織のどれだけが、照会から何日で答えていたかです。2つの時期に照会する制度は、あとの時期によります。", "How many of the units asked had replied when the edition was released, and after how many days. Of a programme that asks twice a year, the later round counts."),
    ];

    public static TableName? Find(string key) => All.FirstOrDefault(name => name.Key == key);

    /// <summary>The tables by organisation: they can be read by the organisation of then or of now.</summary>
    public static bool IsByOrganization(string key) => key is "departments" or "bureaus" or "municipalities" or "unevenness";

    /// <summary>The table of that name; null when there is none.</summary>
    /// <param name="now">Counts cases under the units of today; null leaves them where they were made.</param>
    public static async Task<StatisticsTable?> ReadAsync(AppDb db, ReleasedCounts released, string key, OrganizationNow? now = null, CancellationToken stop = default)
    {
        if (Find(key) is not { } name)
            return null;
        var trend = await Trend.ReadAsync(db, stop);
        var counts = await released.ReadAsync(db, stop);
        if (now is not null)
            counts = counts.In(now);
        return new StatisticsTable(name, trend.Years, [.. trend.Programmes.Select(programme => Figures(name, programme, new TableRows(trend.Years, programme, counts)))],
            [.. trend.Programmes.SelectMany(p => p.Total.Cells).Where(cell => cell.State is CountState.Released).Select(cell => cell.Note).OfType<string>().Where(note => note.Length > 0).Distinct()]);
    }

    private static ProgrammeFigures Figures(TableName name, TrendProgramme programme, TableRows rows) =>
        new(programme.Key, programme.NameJa, programme.NameEn, [.. Rows(name, rows)], programme.Breaks) { Spread = name.Key == "unevenness" ? rows.Spread() : null };

    private static IEnumerable<FigureRow> Rows(TableName name, TableRows rows) => name.Key switch
    {
        "status" => rows.Status(),
        "forms" => rows.Forms(),
        "departments" => rows.Units(unit => !unit.IsBureau && !rows.IsMunicipality(unit.Unit)),
        "bureaus" => rows.Units(unit => unit.IsBureau),
        "municipalities" => [.. rows.Named(rows.Counts.Places, "市町村を特定しないもの（県全域など）", "No single municipality (such as the whole prefecture)"), .. rows.PerResidents()],
        "partners" => rows.Named(rows.Counts.Partners, "種別の記入なし", "Kind not stated"),
        "budget" => rows.Budget(),
        "responses" => rows.Responses(),
        _ => rows.Unevenness(),
    };
}

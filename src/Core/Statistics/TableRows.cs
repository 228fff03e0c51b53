using System.Globalization;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Statistics;

/// <summary>Makes a programme's rows of the tables.</summary>
internal sealed class TableRows(IReadOnlyList<FiscalYear> years, TrendProgramme programme, CaseCounts counts)
{
    // A programme has no case where no edition counts one.
    private readonly IReadOnlyList<CaseCount> _cases = [.. counts.Cases.Where(c => c.Programme == programme.Key)];

    public CaseCounts Counts => counts;

    // The codes of municipalities are checked six-digit codes, but for those that ended before their codes were known.
    public bool IsMunicipality(string unitCode) => CheckDigit.IsGovernmentCode(unitCode) || counts.MunicipalUnits.Contains(unitCode);

    public IEnumerable<FigureRow> Status()
    {
        var counted = By(c => c.Status);
        return [CaseRow("new", "新規", "New", counted), CaseRow("continued", "継続", "Continued", counted), CaseRow("ended", "終了", "Ended", counted), Total()];
    }

    public IEnumerable<FigureRow> Forms()
    {
        var number = (TrendRow row) => row.FormNo.ToString(CultureInfo.InvariantCulture);
        FigureRow Count(TrendRow row) => new(number(row), row.NameJa, row.NameEn, Measure.Cases, [.. row.Cells.Select(Counted)], [number(row)]);
        var shares = programme.Forms.Select(row => new FigureRow(number(row), row.NameJa, row.NameEn, Measure.Share,
            [.. row.Cells.Select((cell, i) => cell.Count is { } count && programme.Total.Cells[i].Count is > 0 and var all
                ? new Figure(cell.Year, cell.State, Percent(count, all), cell.FileNote)
                : Figure.None(cell.Year, cell.Count is null ? cell.State : CountState.NotCollected))], []));
        return [.. programme.Forms.Select(Count), Total(), .. shares];
    }

    /// <summary>Cases of the units that a programme's editions name, in the printed order of the newest year that each stands in.</summary>
    public IEnumerable<FigureRow> Units(Func<CaseCount, bool> which)
    {
        var own = _cases.Where(which).ToList();
        if (own.Count == 0)
            return [];
        var (counted, sum) = (By(c => c.Unit), own.GroupBy(c => c.Year).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)));
        return [.. UnitsOf(own).Select(unit => CaseRow(unit.Code, unit.Name, unit.Name, counted)), Row("total", "計", "Total", Measure.Cases, year => sum.GetValueOrDefault(year), [], isTotal: true)];
    }

    /// <summary>Rows by the most cases in the newest year; what names nothing comes last.</summary>
    public IEnumerable<FigureRow> Named(IReadOnlyList<NamedCount> all, string restJa, string restEn)
    {
        var named = all.Where(c => c.Programme == programme.Key).ToList();
        if (named.Count == 0)
            return [];
        var newest = named.Max(c => c.Year);
        var counted = named.ToDictionary(c => (c.Name, c.Year), c => c.Count);
        return
        [
            .. named.Select(c => c.Name).Distinct().OrderBy(name => name.Length == 0).ThenByDescending(name => counted.GetValueOrDefault((name, newest))).ThenBy(name => name, StringComparer.Ordinal)
                .Select(name => name.Length == 0
                    ? Row("none", restJa, restEn, Measure.Cases, year => counted.GetValueOrDefault(("", year)), [])
                    : Row(name, name, name, Measure.Cases, year => counted.GetValueOrDefault((name, year)), counts.Behind(name))),
            Total(),
        ];
    }

    /// <summary>Cases of municipalities whose residents are known, for each ten thousand of them.</summary>
    public IEnumerable<FigureRow> PerResidents()
    {
        var counted = counts.Places.Where(c => c.Programme == programme.Key && c.Name.Length > 0).ToDictionary(c => (c.Name, c.Year), c => c.Count);
        return counted.Keys.Select(key => key.Name).Distinct().Where(counts.Residents.Knows).Order(StringComparer.Ordinal)
            .Select(name => Row(name, name, name, Measure.PerTenThousandResidents, year => counts.Residents.PerTenThousand(name, year, counted.GetValueOrDefault((name, year))), []));
    }

    public IEnumerable<FigureRow> Budget()
    {
        var counted = By(c => BudgetBand.All[c.Band].Key);
        // Where no case of a year states an amount, it was not asked for.
        var asked = _cases.Where(c => BudgetBand.All[c.Band].From is not null).Select(c => c.Year).ToHashSet();
        return _cases.Count == 0 ? []
            : [.. BudgetBand.All.Select(band => Row(band.Key, band.NameJa, band.NameEn, Measure.Cases, year => asked.Contains(year) ? counted.GetValueOrDefault((band.Key, year)) : null, [band.Key])), Total()];
    }

    public IEnumerable<FigureRow> Unevenness()
    {
        var units = UnitsOf(_cases.Where(c => !IsMunicipality(c.Unit)));
        if (units.Count == 0)
            return [];
        var counted = By(c => c.Unit);
        var all = counted.Where(c => !IsMunicipality(c.Key.Item)).GroupBy(c => c.Key.Year).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        decimal? Share(string unit, FiscalYear year) => all.TryGetValue(year, out var sum) ? Percent(counted.GetValueOrDefault((unit, year)), sum) : null;
        return
        [
            Row("all", "すべての部局・地域振興局の間のジニ係数", "Gini coefficient among all departments and bureaus", Measure.Gini, year => Gini(WithSilent(year)), [], isTotal: true),
            Row("with-cases", "事例を出した組織の間のジニ係数", "Gini coefficient among the units with a case", Measure.Gini, year => Gini(WithCases(year)), []),
            Row("all", "部局・地域振興局", "Departments and bureaus", Measure.Units, year => WithSilent(year)?.Count, []),
            Row("silent", "うち事例が1件もないもの", "Of these, without a case", Measure.Units, year => WithSilent(year)?.Count(count => count == 0), []),
            Row("with-cases", "事例を出した組織（課などを含む）", "Units with a case (divisions too)", Measure.Units, year => WithCases(year).Count, []),
            .. units.Select(unit => CaseRow(unit.Code, unit.Name, unit.Name, counted)),
            .. units.Select(unit => Row(unit.Code, unit.Name, unit.Name, Measure.Share, year => Share(unit.Code, year), [])),
            .. units.Select(unit => Row(unit.Code, unit.Name, unit.Name, Measure.ShareChange, year => Share(unit.Code, year) - Share(unit.Code, year.Previous), [])),
            .. units.Select(unit => Row(unit.Code, unit.Name, unit.Name, Measure.PerHundredStaff, year => counts.HeadCounts.PerHundred(unit.Code, year, counted.GetValueOrDefault((unit.Code, year))), [])),
        ];
    }

    /// <summary>The units of the newest year that has an edition.</summary>
    public UnitSpread? Spread() =>
        _cases.Count == 0 ? null
        : _cases.Max(c => c.Year) is var newest && WithSilent(newest) is { } all ? new UnitSpread(newest, all, true)
        : new UnitSpread(newest, WithCases(newest), false);

    public IEnumerable<FigureRow> Responses()
    {
        RoundFigures? Of(FiscalYear year) => counts.Rounds.GetValueOrDefault((programme.Key, year));
        return
        [
            Row("asked", "照会した組織", "Units asked", Measure.Units, year => Of(year)?.Asked, []),
            Row("answered", "回答した組織", "Units that replied", Measure.Units, year => Of(year)?.Answered, []),
            Row("nil", "うち該当なし", "Of these, with nothing to report", Measure.Units, year => Of(year)?.Nil, []),
            Row("accepted", "うち事例を受理したもの", "Of these, with cases accepted", Measure.Units, year => Of(year)?.Accepted, []),
            Row("response", "回答率", "Response rate", Measure.Rate, year => Of(year) is { Asked: > 0 } round ? Percent(round.Answered, round.Asked) : null, []),
            Row("on-time", "期限内の回答の割合（照会した組織のうち）", "Replies in time, of the units asked", Measure.Rate, year => Of(year) is { Asked: > 0 } round ? Percent(round.OnTime, round.Asked) : null, []),
            Row("median", "照会から回答までの日数（中央値）", "Days from round to reply (median)", Measure.Days, year => Of(year)?.MedianDays, []),
        ];
    }

    private IReadOnlyList<int>? WithSilent(FiscalYear year) => counts.Rounds.GetValueOrDefault((programme.Key, year))?.CasesOfUnits;

    private IReadOnlyList<int> WithCases(FiscalYear year) => [.. _cases.Where(c => c.Year == year && !IsMunicipality(c.Unit)).GroupBy(c => c.Unit).Select(g => g.Sum(c => c.Count))];

    private static decimal? Gini(IReadOnlyList<int>? spread) => spread is not null && Statistics.Unevenness.Gini(spread) is { } gini ? Math.Round((decimal)gini, 6) : null;

    private static IReadOnlyList<(string Code, string Name)> UnitsOf(IEnumerable<CaseCount> cases) =>
        [.. cases.GroupBy(c => c.Unit).Select(g => g.MaxBy(c => c.Year)!).OrderBy(c => c.UnitOrder).ThenBy(c => c.Unit, StringComparer.Ordinal).Select(c => (c.Unit, c.UnitName))];

    private FigureRow Total() => new("total", "計", "Total", Measure.Cases, [.. programme.Total.Cells.Select(Counted)], [], IsTotal: true);

    private FigureRow CaseRow(string item, string ja, string en, Dictionary<(string Item, FiscalYear Year), int> counted) =>
        Row(item, ja, en, Measure.Cases, year => counted.GetValueOrDefault((item, year)), counts.Behind(item));

    private Dictionary<(string Item, FiscalYear Year), int> By(Func<CaseCount, string> item) =>
        _cases.GroupBy(c => (Item: item(c), c.Year)).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));

    /// <summary>A row of counted figures: a number in the years that have an edition, and what the trend says of the others.</summary>
    private FigureRow Row(string item, string ja, string en, Measure measure, Func<FiscalYear, decimal?> value, IReadOnlyList<string> behind, bool isTotal = false) =>
        new(item, ja, en, measure, [.. years.Select((year, i) => programme.Total.Cells[i] is var total && total.State is CountState.Released
            ? value(year) is { } number ? Figure.Of(year, number, total.FileNote) : Figure.None(year, CountState.NotCollected)
            : Figure.None(year, total.State is CountState.NotExisting ? CountState.NotExisting : CountState.NotCollected))], behind, isTotal);

    private static Figure Counted(TrendCell cell) => new(cell.Year, cell.State, cell.Count, cell.FileNote);

    private static decimal Percent(int part, int all) => Math.Round(100m * part / all, 4);
}

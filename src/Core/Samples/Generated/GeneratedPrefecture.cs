using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Samples;

/// <summary>A unit that answers, at its place in the printed order.</summary>
internal sealed record GeneratedUnit(string Code, string Name, bool IsBureau, int Order, FiscalYear? LastYear);

/// <summary>Where generated projects take place and with whom: the sample prefecture's units and municipalities, and invented partners.</summary>
internal sealed class GeneratedPrefecture
{
    private readonly List<GeneratedUnit> _units;
    private readonly List<(string Name, string Bureau, FiscalYear? LastYear)> _municipalities;
    private readonly List<PublishedPartner>[] _partners;

    public GeneratedPrefecture(GeneratedWords words, ulong seed, int cases)
    {
        Words = words;
        _units = [.. SampleFiles.Csv("units.csv").Select((row, order) => new GeneratedUnit(row["code"], row["name"], row["kind"] == "RegionalBureau", order, Year(row["last_year"])))];
        _municipalities = [.. SampleFiles.Csv("municipalities.csv").Select(row => (row["name"], row["bureau"], Year(row["last_year"])))];
        var number = 0;
        _partners = [.. words.Themes.Select(theme => Enumerable.Range(0, Math.Max(8, cases / 300)).Select(_ => Partner(theme, seed, number++)).DistinctBy(p => p.Name).ToList())];
    }

    public GeneratedWords Words { get; }

    public IEnumerable<PublishedPartner> AllPartners => _partners.SelectMany(partners => partners).DistinctBy(partner => partner.Name);

    /// <summary>One to three neighbouring municipalities of the year.</summary>
    public IReadOnlyList<string> Place(ref Dice dice, FiscalYear year)
    {
        var main = dice.Below(_municipalities.Count);
        while (year > _municipalities[main].LastYear)
            main = dice.Below(_municipalities.Count);
        var near = _municipalities.Where(m => m.Bureau == _municipalities[main].Bureau && m.Name != _municipalities[main].Name && !(year > m.LastYear)).Select(m => m.Name).ToList();
        return [_municipalities[main].Name, .. dice.Chance(30) && near.Count > 0 ? dice.Some(near, dice.Between(1, 2)) : []];
    }

    /// <summary>The bureau of the place, or a department of the field that stands in the year.</summary>
    public GeneratedUnit Unit(ref Dice dice, GeneratedTheme theme, IReadOnlyList<string> place, FiscalYear year)
    {
        var bureau = _municipalities.Find(m => m.Name == place[0]).Bureau;
        var code = dice.Chance(35) && bureau.Length > 0 ? bureau : dice.Of(theme.Units);
        var unit = _units.Find(u => u.Code == code)!;
        return year > unit.LastYear ? _units.Find(u => u.Code == "somu")! : unit;
    }

    // The first of the list are known to many: most projects go with one of them.
    public IReadOnlyList<PublishedPartner> Partners(ref Dice dice, GeneratedTheme theme)
    {
        var known = _partners[Words.Themes.IndexOf(theme)];
        var partners = new List<PublishedPartner>();
        for (var left = 1 + (dice.Chance(35) ? 1 : 0) + (dice.Chance(15) ? 1 : 0); left > 0; left--)
        {
            var partner = known[Math.Min(dice.Below(known.Count), Math.Min(dice.Below(known.Count), dice.Below(known.Count)))];
            if (!partners.Contains(partner))
                partners.Add(partner);
        }
        return partners;
    }

    private PublishedPartner Partner(GeneratedTheme theme, ulong seed, int number)
    {
        var dice = new Dice(Dice.Mix(seed, (ulong)number + 1_000_003));
        var (id, kind) = (PublicId.Of(dice.Next()), Words.Kinds[Math.Min(dice.Below(Words.Kinds.Count), dice.Below(Words.Kinds.Count))]);
        return new PublishedPartner(id, $"{kind.Before}{dice.Of(Words.PlaceHeads)}{dice.Of(Words.PlaceTails)}{kind.After}{dice.Of(theme.People)}（見本）", kind.Kind);
    }

    private static FiscalYear? Year(string text) => FiscalYear.TryParse(text, out var year) ? year : null;
}

using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    /// <summary>So many rows of each kind of kinship are weighed, and of the best so many have their titles compared.</summary>
    private const int MostCandidates = 40;

    /// <summary>The cases of a case's project, year by year.</summary>
    public IReadOnlyList<CaseYear> Years(string caseId)
    {
        if (RowOf(caseId) is not { } own)
            return [];
        var project = _file.Of<int>("rows.projects")[own];
        var ends = _file.Of<int>("projects.ends");
        var rows = _file.Of<int>("projects.rows")[(project == 0 ? 0 : ends[project - 1])..ends[project]];
        var years = new List<CaseYear>(rows.Length);
        foreach (var row in rows)
        {
            var card = Card(row);
            years.Add(new CaseYear(card.Id, card.Year));
        }
        GC.KeepAlive(_file);
        years.Sort((a, b) => a.Year.CompareTo(b.Year));
        return years;
    }

    /// <summary>
    /// Cases like one: with the same partner, or in the same field and of the same form or in the same place. Of those, the most alike by what
    /// they share and by their titles; other years of its own project and of one another are left out.
    /// </summary>
    public IReadOnlyList<CaseCard> Related(string caseId, int count)
    {
        if (RowOf(caseId) is not { } own)
            return [];
        var card = Card(own);
        var projects = _file.Of<int>("rows.projects");
        var best = new Dictionary<int, (int Row, float Shared)>();
        foreach (var (row, shared) in Kin(card, own))
        {
            var project = projects[row];
            if (project != projects[own] && shared > 1 && (!best.TryGetValue(project, out var known) || known.Shared < shared || (known.Shared == shared && row < known.Row)))
                best[project] = (row, shared);
        }
        var title = Bigrams.Of(card.Title);
        var related = best.Values.OrderByDescending(other => other.Shared).ThenBy(other => other.Row).Take(count * 4)
            .OrderByDescending(other => other.Shared + (3 * title.Likeness(Bigrams.Of(Title(other.Row))))).Take(count).Select(other => Card(other.Row)).ToList();
        GC.KeepAlive(_file);
        return related;
    }

    // What is weighed is looked up in the facets' rows: no other card is read.
    private (int Row, float Shared)[] Kin(CaseCard card, int own)
    {
        var rows = new HashSet<int>();
        var withSame = new HashSet<int>();
        foreach (var partner in card.Partners)
        {
            var with = WithPartner(partner.Id);
            foreach (var row in with[..Math.Min(with.Length, MostCandidates)])
                withSame.Add(row);
        }
        var traits = Traits(card);
        var (first, second) = (traits.FindAll(trait => trait.Entry.Facet is Facet.Theme), traits.FindAll(trait => trait.Entry.Facet is Facet.Form or Facet.Municipality));
        foreach (var one in first.Take(2))
        {
            foreach (var other in second.Take(3))
                AddNear(one.Entry, other.Entry, own, rows);
        }
        rows.UnionWith(withSame);
        rows.Remove(own);
        var kin = rows.Select(row => (Row: row, Shared: withSame.Contains(row) ? 4f : 0)).ToArray();
        foreach (var (entry, weight) in traits)
        {
            var having = RowsOf(entry);
            for (var i = 0; i < kin.Length; i++)
                kin[i].Shared += (having[kin[i].Row >> 6] >> (kin[i].Row & 63) & 1) != 0 ? weight : 0;
        }
        return kin;
    }

    private List<(FacetEntry Entry, float Weight)> Traits(CaseCard card)
    {
        var traits = new List<(FacetEntry, float)>();
        void Add(Facet facet, string value, float weight)
        {
            if (_values.TryGetValue((facet, value), out var entry))
                traits.Add((entry, weight));
        }
        foreach (var theme in card.Themes)
            Add(Facet.Theme, theme, 2);
        Add(Facet.Form, $"{card.Programme}/{card.FormNo}", 1);
        foreach (var place in card.Municipalities.Take(5))
            Add(Facet.Municipality, place, 0.5f);
        foreach (var kind in card.Partners.Select(partner => partner.Kind).Distinct())
            Add(Facet.Partner, kind, 0.5f);
        Add(Facet.Year, card.Year.ToString(), 0.5f);
        return traits;
    }

    // From a little before its own place on: of its own year, then of older ones.
    private void AddNear(FacetEntry one, FacetEntry other, int own, HashSet<int> rows)
    {
        var left = RowsOf(one);
        var right = RowsOf(other);
        var added = 0;
        for (var i = Math.Max(0, own - (Rows / 20)) >> 6; i < left.Length && added < MostCandidates; i++)
        {
            for (var both = left[i] & right[i]; both != 0; both &= both - 1, added++)
                rows.Add((i << 6) + System.Numerics.BitOperations.TrailingZeroCount(both));
        }
    }
}

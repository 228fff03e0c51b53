using Kyodo.Common;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    private const int MostCandidates = 120;

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
        var (title, chosen) = (Bigrams.Of(card.Title), new Dictionary<int, (int Row, double Likeness)>());
        foreach (var row in Candidates(card, own))
        {
            var project = projects[row];
            if (project == projects[own] || (chosen.TryGetValue(project, out var known) && known.Row < row))
                continue;
            var likeness = Likeness(card, Card(row), title);
            if (likeness > 1)
                chosen[project] = (row, likeness);
        }
        var related = chosen.Values.OrderByDescending(other => other.Likeness).ThenBy(other => other.Row).Take(count).Select(other => Card(other.Row)).ToList();
        GC.KeepAlive(_file);
        return related;
    }

    private HashSet<int> Candidates(CaseCard card, int own)
    {
        var rows = new HashSet<int>();
        foreach (var partner in card.Partners)
        {
            var with = WithPartner(partner.Id);
            foreach (var row in with[..Math.Min(with.Length, MostCandidates / 3)])
                rows.Add(row);
        }
        foreach (var theme in card.Themes.Take(2))
        {
            if (!_values.TryGetValue((Facet.Theme, theme), out var inTheme))
                continue;
            if (_values.TryGetValue((Facet.Form, $"{card.Programme}/{card.FormNo}"), out var ofForm))
                rows.UnionWith(Near(inTheme, ofForm, own));
            foreach (var place in card.Municipalities.Take(2))
            {
                if (_values.TryGetValue((Facet.Municipality, place), out var inPlace))
                    rows.UnionWith(Near(inTheme, inPlace, own));
            }
        }
        rows.Remove(own);
        return rows;
    }

    // Of its own year first, and older ones after it.
    private IEnumerable<int> Near(FacetEntry one, FacetEntry other, int own)
    {
        var both = new CaseRows(Rows).Join(RowsOf(one)).Keep(RowsOf(other));
        return both.From(Math.Max(0, own - (Rows / 20))).Take(MostCandidates / 3);
    }

    private static double Likeness(CaseCard one, CaseCard other, Bigrams title)
    {
        var score = 3 * title.Likeness(Bigrams.Of(other.Title));
        score += one.Partners.Any(p => other.Partners.Any(o => o.Id == p.Id)) ? 4 : one.Partners.Any(p => other.Partners.Any(o => o.Kind == p.Kind)) ? 0.5 : 0;
        score += 2 * one.Themes.Count(other.Themes.Contains);
        score += one.Programme == other.Programme && one.FormNo == other.FormNo ? 1 : 0;
        score += 0.5 * one.Municipalities.Count(other.Municipalities.Contains);
        return score + (one.Year == other.Year ? 0.5 : 0);
    }
}

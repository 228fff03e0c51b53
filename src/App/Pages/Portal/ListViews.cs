using Kyodo.Search;

namespace Kyodo.App.Pages.Portal;

public sealed record CaseTableView(IReadOnlyList<CaseCard> Cards, PublicPage Page, Highlight? Highlight = null);

public sealed record PaginationView(int Number, int Pages, Func<int, string> Address, PublicPage Page)
{
    /// <summary>The pages to offer; 0 stands for those left out.</summary>
    public IEnumerable<int> Offered
    {
        get
        {
            var last = 0;
            foreach (var number in Enumerable.Range(1, Pages).Where(n => n == 1 || n == Pages || Math.Abs(n - Number) <= 1))
            {
                if (number > last + 1)
                    yield return 0;
                yield return last = number;
            }
        }
    }
}

/// <summary>The way to the other tables of figures; <paramref name="Current"/> is null on the page of the trend.</summary>
public sealed record StatisticsTablesView(PublicPage Page, string? Current);

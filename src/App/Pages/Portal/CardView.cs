using Kyodo.Search;

namespace Kyodo.App.Pages.Portal;

public sealed record CardView(CaseCard Card, PublicPage Page, Highlight? Highlight = null)
{
    private static readonly Highlight Nothing = new(null);

    public IReadOnlyList<HighlightPiece> Summary => (Highlight ?? Nothing).Snippet(Card.Summary);
}

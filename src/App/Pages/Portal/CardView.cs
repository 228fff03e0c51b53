using Kyodo.Search;

namespace Kyodo.App.Pages.Portal;

public sealed record CardView(CaseCard Card, PublicPage Page, Highlight? Highlight = null)
{
    private static readonly Highlight Nothing = new(null);

    public IReadOnlyList<HighlightPiece> Summary => (Highlight ?? Nothing).Snippet(Card.Summary);
}

/// <summary>A title with its mark 「（見本）」 set apart, so that nobody takes a made-up record for a real one.</summary>
public sealed record TitleView(string Title, Highlight? Highlight = null)
{
    public const string Sample = "（見本）";

    public bool IsSample => Title.EndsWith(Sample, StringComparison.Ordinal);

    public IReadOnlyList<HighlightPiece> Pieces
    {
        get
        {
            var text = IsSample ? Title[..^Sample.Length] : Title;
            return Highlight?.Of(text) ?? [new HighlightPiece(text, false)];
        }
    }
}

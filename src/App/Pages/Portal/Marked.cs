using Kyodo.Search;
using Microsoft.AspNetCore.Html;

namespace Kyodo.App.Pages.Portal;

public static class Marked
{
    /// <summary>Text with the query's words in <c>mark</c>.</summary>
    public static IHtmlContent Show(IEnumerable<HighlightPiece> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var piece in pieces)
        {
            if (piece.IsMarked)
                html.AppendHtml("<mark>").Append(piece.Text).AppendHtml("</mark>");
            else
                html.Append(piece.Text);
        }
        return html;
    }
}

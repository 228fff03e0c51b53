using Kyodo.Search;
using Microsoft.AspNetCore.Html;

namespace Kyodo.App.Pages.Portal;

public static class Marked
{
    private const string Sample = "（見本）";

    /// <summary>A title with the query's words marked, and with 「（見本）」 set apart, so that nobody takes a made-up record for a real one.</summary>
    public static IHtmlContent Title(string title, Highlight? highlight = null)
    {
        var isSample = title.EndsWith(Sample, StringComparison.Ordinal);
        var words = isSample ? title[..^Sample.Length] : title;
        var html = new HtmlContentBuilder().AppendHtml(Show(highlight?.Of(words) ?? [new HighlightPiece(words, false)]));
        return isSample ? html.AppendHtml($"<span class=\"badge sample in-title\">{Sample}</span>") : html;
    }

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

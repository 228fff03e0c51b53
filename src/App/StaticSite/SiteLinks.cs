using System.Net;
using System.Text;

namespace Kyodo.App.StaticSite;

/// <summary>
/// The links of a page that becomes a file: to other files, relative to its own place; without those that need a server. What a page of a
/// list asks by a query is asked of the script, and the list's own pages have files.
/// </summary>
/// <param name="basePath">Where the site will stand on its server, for links from the root; null for relative ones.</param>
internal sealed class SiteLinks(string? basePath)
{
    private static readonly string[] Attributes = ["href", "src", "action"];

    private static readonly string[] NeedServer = ["/api/", "/staff", "/sign-in", "/sign-out", "/partner/", "/compare", "/openapi/", "/healthz", "/readyz", "/metrics"];

    /// <summary>The file that a path becomes, from the site's root, with / between.</summary>
    public static string FileOf(string path)
    {
        var (plain, query) = Split(path);
        var file = WebUtility.UrlDecode(plain.Replace("+", "%2B", StringComparison.Ordinal)).Trim('/');
        if (PageOf(query) is { } page)
            return $"{file}/page/{page}/index.html";
        return IsFile(plain) ? file : file.Length == 0 ? "index.html" : $"{file}/index.html";
    }

    /// <summary>The page with its links for the place where it will stand, and every path that it leads to.</summary>
    public (string Html, IReadOnlyCollection<string> Paths) Rewrite(string html, string path)
    {
        html = WithoutServedOnly(html);
        var file = FileOf(path);
        var up = basePath ?? string.Concat(Enumerable.Repeat("../", file.Count(c => c == '/')));
        var found = new HashSet<string>(StringComparer.Ordinal);
        var result = new StringBuilder(html.Length + 512);
        var copied = 0;
        for (var at = html.IndexOf("=\"/", StringComparison.Ordinal); at >= 0; at = html.IndexOf("=\"/", at + 3, StringComparison.Ordinal))
        {
            var name = Name(html, at);
            var end = html.IndexOf('"', at + 2);
            if (end < 0)
                break;
            var target = WebUtility.HtmlDecode(html[(at + 2)..end]);
            if (name == "data-suggest")
            {
                result.Append(html, copied, at - name.Length - 1 - copied);
                copied = end + 1;
                continue;
            }
            if (!Attributes.Contains(name) || target.StartsWith("//", StringComparison.Ordinal))
                continue;
            var link = Link(target, up, found);
            if (link is null)
            {
                // Without its address a link is its words.
                result.Append(html, copied, at - name.Length - 1 - copied);
                copied = end + 1;
                continue;
            }
            result.Append(html, copied, at + 2 - copied).Append(WebUtility.HtmlEncode(link));
            copied = end;
        }
        result.Append(html, copied, html.Length - copied);
        return (result.ToString(), found);
    }

    /// <summary>Without the sections that say <c>data-served-only</c>: they lead to what is drawn per visit. None holds another section.</summary>
    private static string WithoutServedOnly(string html)
    {
        const string End = "</section>";
        for (var mark = html.IndexOf(" data-served-only", StringComparison.Ordinal); mark >= 0; mark = html.IndexOf(" data-served-only", mark, StringComparison.Ordinal))
        {
            var begin = html.LastIndexOf("<section", mark, StringComparison.Ordinal);
            html = html.Remove(begin, html.IndexOf(End, mark, StringComparison.Ordinal) + End.Length - begin);
            mark = begin;
        }
        return html;
    }

    private string? Link(string target, string up, HashSet<string> found)
    {
        var hash = target.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (target, "") : (target[..hash], target[hash..]);
        var (plain, query) = Split(address);
        plain = plain == "/js/search.js" ? "/js/static-search.js" : plain;
        var without = plain.StartsWith("/en/", StringComparison.Ordinal) ? plain[3..] : plain;
        if (NeedServer.Any(prefix => without.StartsWith(prefix, StringComparison.Ordinal)) || (query.Length > 0 && IsFile(plain)))
            return null;
        if (PageOf(query) is { } page)
        {
            found.Add($"{plain}?page={page}");
            return $"{up}{plain.Trim('/')}/page/{page}/{fragment}";
        }
        found.Add(plain);
        var place = plain.Trim('/');
        var link = IsFile(plain) || place.Length == 0 ? $"{up}{place}" : $"{up}{place}/";
        return (link.Length == 0 ? "./" : link) + query + fragment;
    }

    // /cases?page=2 and nothing else is a page of the whole list.
    private static string? PageOf(string query) => query.StartsWith("?page=", StringComparison.Ordinal) && query.AsSpan(6) is { Length: > 0 and < 7 } number && !number.ContainsAnyExceptInRange('0', '9') ? query[6..] : null;

    private static (string Plain, string Query) Split(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (address, "") : (address[..query], address[query..]);
    }

    public static bool IsFile(string path)
    {
        var last = path[(path.LastIndexOf('/') + 1)..];
        var dot = last.LastIndexOf('.');
        return dot >= 0 && last.Length - dot is > 2 and <= 7 && last.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    private static string Name(string html, int equals)
    {
        var start = equals;
        while (start > 0 && (char.IsAsciiLetter(html[start - 1]) || html[start - 1] == '-'))
            start--;
        return html[start..equals];
    }
}

using System.CommandLine;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.App.Commands;

/// <summary><c>export edition P/Y[/rN] DIR</c>: the public files of a revision. <c>export site DIR</c>: the whole public site as files.</summary>
internal static partial class ExportCommand
{
    public static Command Create() => new("export", Words.Say("公表したものを書き出す", "write out what was published")) { Edition(), Site() };

    private static Command Edition()
    {
        var edition = new Argument<string>("P/Y[/rN]");
        var target = new Argument<DirectoryInfo>("DIR");
        var command = new Command("edition", Words.Say("版のファイルを書き出す", "write out the files of a revision")) { edition, target };
        command.SetAction(async (parsed, stop) =>
        {
            var name = Name().Match(parsed.GetValue(edition)!);
            if (!name.Success)
                throw new Refusal(Words.Say("版は ps/2007 か ps/2007/r1 の形で指定してください。", "Name the revision as ps/2007 or ps/2007/r1."));
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var year = new FiscalYear(int.Parse(name.Groups["year"].Value, System.Globalization.CultureInfo.InvariantCulture));
            int? no = name.Groups["no"].Success ? int.Parse(name.Groups["no"].Value, System.Globalization.CultureInfo.InvariantCulture) : null;
            var revision = await db.RevisionAsync(name.Groups["programme"].Value, year, no, stop)
                ?? throw new Refusal(Words.Say($"{parsed.GetValue(edition)} という版はありません。", $"There is no revision {parsed.GetValue(edition)}."));
            var folder = parsed.GetValue(target)!;
            folder.Create();
            var files = Directory.GetFiles(Path.Combine(new EditionShelf(database.DataFolder).FolderOf(revision), "public"));
            foreach (var file in files)
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
            Terminal.Finish(parsed, new { folder = folder.FullName, files = files.Select(Path.GetFileName) },
                Words.Say($"{files.Length}個のファイルを書き出しました: {folder.FullName}", $"{files.Length} files written: {folder.FullName}"));
            return 0;
        });
        return command;
    }

    private static Command Site()
    {
        var target = new Argument<DirectoryInfo>("DIR");
        var basePath = new Option<string?>("--base-path") { Description = Words.Say("置く場所のパス（例: /kyodo/。省くと相対リンク）", "the path it will stand at, for example /kyodo/ (relative links when left out)") };
        var url = new Option<string?>("--url") { Description = Words.Say("公開するアドレス（フィード・サイトマップ・カタログに書く。省くと Kyodo:PublicUrl）", "the address readers will know, for feed, sitemap and catalogue (Kyodo:PublicUrl when left out)") };
        var command = new Command("site", Words.Say("公開サイト全体を静的なファイルに書き出す", "write the whole public site as static files")) { target, basePath, url };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            Uri? address = null;
            if (parsed.GetValue(url) is { } given && (!Uri.TryCreate(given, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https")))
                throw new Refusal(Words.Say($"アドレス「{given}」が読めません。例: https://www.pref.example.jp/kyodo", $"'{given}' is no address."));
            var path = parsed.GetValue(basePath) is { } under ? "/" + under.Trim('/') + (under.Trim('/').Length > 0 ? "/" : "") : null;
            var folder = parsed.GetValue(target)!;
            var written = await new StaticSite.SiteExport(database).WriteAsync(folder, path, address, count => Terminal.Say(parsed, $"{Words.Number(count)} …"), stop);
            foreach (var dead in written.Dead)
                await Console.Error.WriteLineAsync(Words.Say($"行き先のないリンク: {dead}", $"A link that leads nowhere: {dead}"));
            Terminal.Finish(parsed, new { folder = folder.FullName, pages = written.Pages, files = written.Files, dead = written.Dead },
                Words.Say($"公開サイトを書き出しました（{Words.Number(written.Pages)}ページ、{Words.Number(written.Files)}ファイル）: {folder.FullName}", $"The public site is written ({Words.Number(written.Pages)} pages, {Words.Number(written.Files)} files): {folder.FullName}"));
            return 0;
        });
        return command;
    }

    [GeneratedRegex(@"^(?<programme>[a-z0-9-]{1,40})/(?<year>\d{4})(/r(?<no>\d{1,4}))?$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Name();
}

using System.Text;
using System.Text.Json;
using Kyodo.App.Casebook;
using Kyodo.Common;
using Kyodo.Core.Tests.Editions;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Questions;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using Xunit;

namespace Kyodo.App.Tests.Casebook;

public sealed class CasebookTests(CasebookFixture casebook) : IClassFixture<CasebookFixture>
{
    [Fact]
    public void The_pdf_is_tagged_in_japanese_and_names_its_title()
    {
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(casebook.Pdf));
        Assert.Contains("/Marked true", bytes, StringComparison.Ordinal);
        Assert.Contains("/Lang (ja)", bytes, StringComparison.Ordinal);
        Assert.Contains("/S /H2", bytes, StringComparison.Ordinal);
        Assert.Contains("/S /Figure", bytes, StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(casebook.Pdf);
        Assert.Equal("熊本県 平成19年度（2007年度） PSプロジェクト 事例集 第1版", pdf.Information.Title);
    }

    [Fact]
    public void The_bookmarks_are_the_forms_and_under_them_the_cases()
    {
        using var pdf = PdfDocument.Open(casebook.Pdf);
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        var cases = bookmarks.Roots.SelectMany(part => part.Children).ToList();
        Assert.Equal(casebook.Draft.Cases.Select(one => Solid(one.Title)), cases.Select(node => Solid(node.Title)));
        Assert.All(cases, node => Assert.Empty(node.Children));
        foreach (var form in casebook.Draft.Revision.Forms)
            Assert.Contains(bookmarks.Roots, part => Solid(part.Title) == Solid($"{form.No}{form.NameJa}"));
    }

    [Fact]
    public void The_contents_name_the_pages_where_the_cases_really_are()
    {
        using var pdf = PdfDocument.Open(casebook.Pdf);
        var pages = pdf.GetPages().Select(page => Solid(page.Text)).ToList();
        var contents = string.Concat(pages.Skip(1).TakeWhile(text => !text.StartsWith("数字で見る", StringComparison.Ordinal)));
        foreach (var one in casebook.Draft.Cases)
        {
            var page = pages.FindIndex(text => text.Contains($"事例ID{one.CaseId}", StringComparison.Ordinal)) + 1;
            Assert.Contains(Solid(one.Title), pages[page - 1], StringComparison.Ordinal);
            Assert.Contains($"{Solid(one.Title)}{Solid(one.UnitName)}{page}", contents, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_prints_are_the_same_bytes_and_bear_the_time_of_release()
    {
        var folder = Directory.CreateDirectory(Path.Combine(casebook.Folder, "again")).FullName;
        await casebook.App.Services.GetRequiredService<CasebookPrinter>().PrintAsync(SampleDraft.Of("ps"), "熊本県", folder, TestContext.Current.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, CasebookFile.Name), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllBytesAsync(casebook.Pdf, TestContext.Current.CancellationToken), bytes);
        Assert.Contains("/CreationDate (D:20070702010000+00'00')", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("/ModDate (D:20070702010000+00'00')", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_public_answers_are_printed()
    {
        using var pdf = PdfDocument.Open(casebook.Pdf);
        var text = string.Concat(pdf.GetPages().Select(page => Solid(page.Text)));
        Assert.Contains("ほか計", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleDraft.InternalMark, text, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleDraft.SecretariatMark, text, StringComparison.Ordinal);
        Assert.DoesNotContain("庁内向け補足", text, StringComparison.Ordinal);
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(casebook.Pdf));
        Assert.DoesNotContain(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(SampleDraft.InternalMark)), bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_added_is_drawn_by_its_type_and_an_internal_one_is_not()
    {
        var draft = SampleDraft.Of("ps", all =>
        [
            .. all,
            new Question { Key = "volunteers", Type = "number", LabelJa = "参加したボランティア", Unit = "人" },
            new Question { Key = "voices", Type = "long text", LabelJa = "参加した人の声" },
            new Question { Key = "cost_note", Type = "long text", LabelJa = "庁内の経費", Visibility = Visibility.Internal },
        ]);
        draft.Cases[0].Answers["volunteers"] = System.Text.Json.Nodes.JsonNode.Parse("1234");
        draft.Cases[0].Answers["voices"] = "<b>また来たい</b>";
        draft.Cases[0].Answers["cost_note"] = "見せない経費";
        var html = System.Net.WebUtility.HtmlDecode(await DrawAsync(draft));
        Assert.Contains("参加したボランティア", html, StringComparison.Ordinal);
        Assert.Contains("1,234人", html, StringComparison.Ordinal);
        Assert.Contains("参加した人の声", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>また来たい", await DrawAsync(draft), StringComparison.Ordinal);
        Assert.DoesNotContain("庁内の経費", html, StringComparison.Ordinal);
        Assert.DoesNotContain("見せない経費", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edition_too_large_for_one_book_comes_in_volumes_and_a_book_of_contents()
    {
        var draft = SampleDraft.Of("ps");
        const int count = 2;
        await using var app = CasebookFixture.Build([$"--Pdf:CasesPerVolume={(draft.Cases.Count + 1) / count}"]);
        var folder = Path.Combine(casebook.Folder, "volumes");
        await CasebookFixture.Drawing(app).WriteAllAsync(draft, folder, "熊本県", withPdf: true, TestContext.Current.CancellationToken);
        Assert.Equal(
            [.. Enumerable.Range(1, count).Select(no => $"casebook-0{no}.pdf"), CasebookFile.Name],
            Directory.EnumerateFiles(Path.Combine(folder, "public"), "casebook*.pdf").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var contents = TextOf(Path.Combine(folder, "public", CasebookFile.Name));
        Assert.Contains(Solid($"総目次（本文は全{count}分冊）"), contents[0], StringComparison.Ordinal);
        Assert.DoesNotContain(contents, page => page.Contains("事例ID" + draft.Cases[0].CaseId, StringComparison.Ordinal));
        var all = string.Concat(contents);
        var found = 0;
        for (var volume = 1; volume <= count; volume++)
        {
            var pages = TextOf(Path.Combine(folder, "public", CasebookFile.Volume(volume)));
            Assert.Contains($"第{volume}分冊（全{count}分冊）", pages[0], StringComparison.Ordinal);
            foreach (var one in draft.Cases.Where(one => pages.Exists(page => page.Contains($"事例ID{one.CaseId}", StringComparison.Ordinal))))
            {
                var page = pages.FindIndex(text => text.Contains($"事例ID{one.CaseId}", StringComparison.Ordinal)) + 1;
                Assert.Contains($"{volume}-{page}{Solid(one.Title)}{Solid(one.UnitName)}", all, StringComparison.Ordinal);
                Assert.Contains($"{Solid(one.Title)}{Solid(one.UnitName)}{page}", string.Concat(pages), StringComparison.Ordinal);
                found++;
            }
        }
        Assert.Equal(draft.Cases.Count, found);
        Assert.DoesNotContain("file:", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "public", CasebookFile.Name), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    private static List<string> TextOf(string file)
    {
        using var pdf = PdfDocument.Open(file);
        return [.. pdf.GetPages().Select(page => Solid(page.Text))];
    }

    [Fact]
    public async Task The_tools_are_named_for_the_manifest()
    {
        var tools = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(casebook.Folder, Manifest.ToolsFileName), TestContext.Current.CancellationToken))!;
        Assert.StartsWith("Chromium", tools["chromium"], StringComparison.Ordinal);
        Assert.Contains(tools.Keys, key => key.StartsWith("font ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_chromium_the_release_is_refused_and_nothing_is_written()
    {
        await using var app = CasebookFixture.Build(["--Pdf:Chromium=no-such-chromium"]);
        var folder = Path.Combine(casebook.Folder, "refused");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => CasebookFixture.Drawing(app).WriteAllAsync(casebook.Draft, folder, "熊本県", withPdf: true, TestContext.Current.CancellationToken));
        Assert.Contains("--without-pdf", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        await CasebookFixture.Drawing(app).WriteAllAsync(casebook.Draft, folder, "熊本県", withPdf: false, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(Path.Combine(folder, "public", CasebookFile.Name)));
        Assert.False(File.Exists(Path.Combine(folder, Manifest.ToolsFileName)));
    }

    private Task<string> DrawAsync(RevisionDraft draft) =>
        casebook.App.Services.GetRequiredService<CasebookHtml>().DrawAsync(new CasebookModel(EditionCopy.Public(draft), "熊本県", PageNumbers.None));

    private static string Solid(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}

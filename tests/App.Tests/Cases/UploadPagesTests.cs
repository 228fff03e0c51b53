using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Cases;

/// <summary>Files of a unit through the front door and without scripts: a list of its own, rows left out, fields that two changed.</summary>
public sealed class UploadPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task The_columns_of_a_foreign_list_are_corrected_shown_and_remembered(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "amakusa");
        using var _ = visitor;
        var at = await UploadAsync(visitor, here, "行事名,よくわからない列,手法,金額\n見本の朝市,朝市の文,後援,12\n見本の夜市,夜市の文,共催,3\n");
        var page = await visitor.PageAsync(at);
        Assert.Equal("title", Chosen(page, "col-A"));
        Assert.Equal("", Chosen(page, "col-B"));

        var mapped = await MapAsync(visitor, at, ("col.A", "title"), ("col.B", "summary"), ("col.C", "form"), ("col.D", "budget.initial"), ("unit.D", "千円"));
        Assert.Equal("summary", Chosen(mapped, "col-B"));
        Assert.Contains("後援", mapped.QuerySelector("label[for='word-C-0']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("見本の朝市", mapped.QuerySelector("#take fieldset")!.TextContent, StringComparison.Ordinal);

        mapped = await MapAsync(visitor, at, ("word.C.0", "7 その他（PSを担う人材育成等）"), ("unit.D", "千円"), ("all.theme", "環境"), ("all.theme", "まちづくり"));
        Assert.Null(mapped.QuerySelector("#take fieldset"));
        Assert.Contains("環境", mapped.QuerySelector("#columns .diff-fields")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12千円", mapped.QuerySelector("#columns .diff-fields")!.TextContent, StringComparison.Ordinal);

        using (var taken = await visitor.SubmitAsync(at, $"{at}?handler=Confirm", ("remember", "true")))
            Assert.Equal(here, taken.Headers.Location?.ToString());
        await using var db = world.Open();
        var cases = await db.Cases.Where(c => c.Title == "見本の朝市" || c.Title == "見本の夜市").OrderBy(c => c.Title).ToListAsync();
        Assert.Equal(["見本の夜市", "見本の朝市"], cases.Select(c => c.Title).Order(StringComparer.Ordinal));
        Assert.All(cases, one => Assert.EndsWith("文", one.Answers.Text("summary"), StringComparison.Ordinal));

        var next = await visitor.PageAsync(await UploadAsync(visitor, here, "行事名,よくわからない列,手法,金額\n見本の昼市,昼市の文,共催,5\n"));
        Assert.Equal("summary", Chosen(next, "col-B"));
        Assert.Contains("前回と同じ対応", next.QuerySelector("#columns")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("ファイルにない事例が2件", next.QuerySelector("#take")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Wrong_rows_are_left_out_only_when_that_is_said_and_by_name(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "tamana");
        using var _ = visitor;
        var page = await PostAsync(visitor, here, "title,form\n見本の正しい行,2\n見本の誤った行,99\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var confirm = page.Document.QuerySelector("form#take")!.GetAttribute("action")!;
        Assert.Contains("「見本の誤った行」", page.Document.QuerySelector("form#take fieldset")!.TextContent, StringComparison.Ordinal);
        var at = confirm.Split('?')[0];
        using (var unsaid = await visitor.SubmitAsync(at, confirm))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        using (var said = await visitor.SubmitAsync(at, confirm, ("leave-out", "true")))
            Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        Assert.Contains("誤りのため除いた行1行", (await visitor.PageAsync(here)).Body!.TextContent, StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Equal(1, await db.Cases.CountAsync(c => c.Title == "見本の正しい行"));
        Assert.Equal(0, await db.Cases.CountAsync(c => c.Title == "見本の誤った行"));
        Assert.True(await db.AuditTrail.AnyAsync(e => e.Verb == Inquiry.FileTaken && e.Reason!.Contains("除いた行: 3")));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_one_side_changed_is_merged_and_what_both_changed_is_chosen(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "kamoto");
        using var _ = visitor;
        var first = await UploadAsync(visitor, here, "title,summary,purpose,reason\n見本の三方の事例,はじめの概要,はじめの目的,はじめの理由\n");
        using (var taken = await visitor.SubmitAsync(first, $"{first}?handler=Confirm"))
            Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        await using var db = world.Open();
        var one = await db.Cases.SingleAsync(c => c.Title == "見本の三方の事例");
        using (var held = await visitor.GetAsync($"{here}/workbook"))
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        var page = await visitor.PageAsync($"{here}/{one.Id}");
        var fields = Fields(page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(form => form.QuerySelector("[name=summary]") is not null)).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        (fields["summary"], fields["purpose"]) = ("いまの概要", "いまの目的");
        using (var edited = await visitor.SubmitAsync($"{here}/{one.Id}", $"{here}/{one.Id}", [.. fields.Where(f => f.Key != "__RequestVerificationToken").Select(f => (f.Key, f.Value))]))
            Assert.Equal(HttpStatusCode.Found, edited.StatusCode);

        var at = await UploadAsync(visitor, here, $"case_id,version,title,summary,purpose,reason\n{one.Id},{one.Version},見本の三方の事例,ファイルの概要,はじめの目的,ファイルの理由\n");
        var both = await visitor.PageAsync(at);
        var question = Assert.Single(both.QuerySelectorAll(".three-way"));
        Assert.Contains("はじめの概要", question.TextContent, StringComparison.Ordinal);
        Assert.Contains("いまの概要", question.TextContent, StringComparison.Ordinal);
        Assert.Contains("ファイルの概要", question.TextContent, StringComparison.Ordinal);
        using (var unchosen = await visitor.SubmitAsync(at, $"{at}?handler=Confirm"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unchosen.StatusCode);
        var now = both.QuerySelector($"input[name='now:{one.Id}']")!.GetAttribute("value")!;
        using (var old = await visitor.SubmitAsync(at, $"{at}?handler=Confirm", ($"pick:{one.Id}:summary", "file"), ($"now:{one.Id}", one.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);

        // The page is read once: the second press comes from the same page as the first, which may be through by then.
        var token = both.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => visitor.SendAsync(HttpMethod.Post, $"{at}?handler=Confirm", ($"pick:{one.Id}:summary", "file"), ($"now:{one.Id}", now), ("__RequestVerificationToken", token))));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{(int)answer.StatusCode}"));
        await using var later = world.Open();
        var merged = await later.Cases.SingleAsync(c => c.Id == one.Id);
        Assert.Equal(("ファイルの概要", "いまの目的", "ファイルの理由"), (merged.Answers.Text("summary"), merged.Answers.Text("purpose"), merged.Answers.Text("reason")));
        Assert.Equal(int.Parse(now, System.Globalization.CultureInfo.InvariantCulture) + 1, merged.Version);
        foreach (var answer in answers)
            answer.Dispose();
    }

    private async Task<(SampleWorld World, Visitor Visitor, string Here)> OpenAsync(Engine engine, string unit)
    {
        var world = await worlds.OnAsync(engine);
        return (world, await world.SignInAsync(unit), $"/staff/cases/{await world.OpenInquiryAsync(unit)}");
    }

    /// <summary>Where the page stands that shows what the file would do.</summary>
    private static async Task<string> UploadAsync(Visitor visitor, string here, string csv)
    {
        using var answer = await SendAsync(visitor, here, csv);
        Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{(int)answer.StatusCode}");
        return answer.Headers.Location!.ToString();
    }

    private static async Task<(HttpStatusCode Status, IHtmlDocument Document)> PostAsync(Visitor visitor, string here, string csv)
    {
        using var answer = await SendAsync(visitor, here, csv);
        return (answer.StatusCode, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<HttpResponseMessage> SendAsync(Visitor visitor, string here, string csv)
    {
        var token = (await visitor.PageAsync($"{here}/upload")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "list.csv");
        form.Add(new StringContent(token), "__RequestVerificationToken");
        return await visitor.SendAsync($"{here}/upload", form);
    }

    private static async Task<IHtmlDocument> MapAsync(Visitor visitor, string at, params (string Name, string Value)[] fields)
    {
        using var answer = await visitor.SubmitAsync(at, $"{at}?handler=Map", fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{(int)answer.StatusCode}");
        return await visitor.PageAsync(at);
    }

    private static string? Chosen(IHtmlDocument page, string id) => ((IHtmlSelectElement)page.GetElementById(id)!).Value;

    private static IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form) =>
        form.QuerySelectorAll("input, textarea, select").Select(field => field switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => ("", ""),
            IHtmlInputElement input => (input.Name ?? "", input.Value),
            IHtmlTextAreaElement area => (area.Name ?? "", area.Value),
            IHtmlSelectElement select => (select.Name ?? "", select.Value ?? ""),
            _ => ("", ""),
        }).Where(field => field.Item1.Length > 0).DistinctBy(field => field.Item1);
}

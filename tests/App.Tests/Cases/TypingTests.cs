using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Cases.Photos;
using Kyodo.Core.Tests.Storage;
using Kyodo.Samples;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Xunit;

namespace Kyodo.App.Tests.Cases;

/// <summary>The unit kuma answers here; no other test writes for it.</summary>
public sealed class TypingTests(SampleWorlds worlds)
{
    private const string Unit = "kuma";

    [Theory, ClassData(typeof(EngineData))]
    public async Task Two_in_different_questions_both_save_and_in_the_same_one_the_second_keeps_a_draft(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var one = await world.SignInAsync(Unit);
        using var other = await world.SignInAsync("coordinator");
        var address = await BeginAsync(world, one, $"二人で書く事業 {engine}");
        var (mine, theirs) = (await one.PageAsync(address), await other.PageAsync(address));
        var saved = await TypeAsync(one, address, mine, "summary", "一人目の概要");
        Assert.Contains("保存しました", saved["said"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await TypeAsync(other, address, theirs, "purpose", "二人目の目的"))["conflicts"]!.AsArray());
        using var refused = await SendAsync(other, address, theirs, "summary", "二人目の概要");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var now = await one.PageAsync(address);
        Assert.Equal(("一人目の概要", "二人目の目的"), (Text(now, "summary"), Text(now, "purpose")));
        var drafted = await other.PageAsync(address);
        Assert.Equal("二人目の概要", Text(drafted, "summary"));
        Assert.Contains("一人目の概要", drafted.QuerySelector("#q-summary .last-year")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_cannot_be_read_yet_survives_the_closing_of_the_browser(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync(Unit);
        var address = await BeginAsync(world, visitor, $"数がまだの事業 {engine}");
        var told = await TypeAsync(visitor, address, await visitor.PageAsync(address), "budget.initial", "たくさん");
        Assert.Contains("下書き", told["said"]!.GetValue<string>(), StringComparison.Ordinal);
        using var later = await world.SignInAsync(Unit);
        var page = await later.PageAsync(address);
        Assert.Equal("たくさん", page.QuerySelector<IHtmlInputElement>("[name='budget.initial']")!.Value);
        Assert.NotNull(page.QuerySelector("#q-budget .field-error"));
        await TypeAsync(later, address, page, "budget.initial", "1200");
        Assert.Null((await later.PageAsync(address)).QuerySelector("#q-budget .field-error"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_new_case_without_a_title_is_kept_as_a_draft_until_it_has_one(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync(Unit);
        var fresh = $"/staff/cases/{await world.OpenInquiryAsync(Unit)}/new";
        await TypeAsync(visitor, fresh, await visitor.PageAsync(fresh), "summary", $"題のない概要 {engine}");
        var page = await visitor.PageAsync(fresh);
        Assert.Equal($"題のない概要 {engine}", Text(page, "summary"));
        using var saved = await visitor.SubmitAsync(fresh, fresh, ("version", "0"), ("title", $"題のある事業 {engine}"), ("summary", Text(page, "summary")));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal("", Text(await visitor.PageAsync(fresh), "summary"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task People_in_one_form_see_each_other_and_a_stranger_is_not_answered(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var one = await world.SignInAsync(Unit);
        using var other = await world.SignInAsync("coordinator");
        using var stranger = await world.SignInAsync("doboku");
        var address = await BeginAsync(world, one, $"見える事業 {engine}");
        var page = await one.PageAsync(address);
        using var told = await one.SendAsync(HttpMethod.Post, $"{address}?handler=Presence", Token(page), ("question", "summary"));
        told.EnsureSuccessStatusCode();
        Assert.Contains("「概要」を書いています", (await other.PageAsync(address)).QuerySelector("#presence")!.TextContent, StringComparison.Ordinal);
        using var back = await one.SendAsync(HttpMethod.Post, $"{address}?handler=Presence", Token(page), ("question", ""));
        Assert.Contains("見本 協子", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var handler in new[] { "Presence", "Autosave", "Photo" })
        {
            using var refused = await stranger.SubmitAsync("/staff", $"{address}?handler={handler}", ("question", "summary"), ("version", "1"));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_photo_comes_in_with_what_was_typed_and_only_those_who_see_the_case_see_it(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync(Unit);
        using var stranger = await world.SignInAsync("doboku");
        var address = await BeginAsync(world, visitor, $"写真の事業 {engine}");
        var page = await visitor.PageAsync(address);
        using var wrong = await UploadAsync(visitor, address, page, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "写真と書いた概要");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("写真と書いた概要", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var added = await UploadAsync(visitor, address, page, Drawn(), "写真と書いた概要");
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        var after = await visitor.PageAsync(address);
        Assert.Equal("写真と書いた概要", Text(after, "summary"));
        var picture = after.QuerySelector<IHtmlImageElement>("#q-photos img")!.GetAttribute("src")!;
        using var seen = await visitor.GetAsync(picture);
        Assert.Equal(("image/jpeg", "nosniff"), (seen.Content.Headers.ContentType!.MediaType, seen.Headers.GetValues("X-Content-Type-Options").Single()));
        foreach (var path in new[] { picture, $"/staff/files/{new string('a', 64)}" })
        {
            using var hidden = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
        using var public1 = await world.Visit().GetAsync(picture);
        Assert.NotEqual(HttpStatusCode.OK, public1.StatusCode);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_published_photo_stands_on_the_case_the_card_the_manifest_and_the_data(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var reader = world.Visit();
        await using var db = world.Open();
        var one = await db.Cases.Where(c => c.Year == SampleYear.Year && c.ProgrammeKey == "ps" && c.AnswersJson.Contains("見本の図: 谷")).SingleAsync();
        var id = one.Id;
        var image = (await reader.PageAsync($"/cases/{id}")).QuerySelector<IHtmlImageElement>(".photos img")!;
        Assert.Equal(("見本の図: 谷を流れる川", 1200, 800), (image.AlternativeText, image.DisplayWidth, image.DisplayHeight));
        using var file = await reader.GetAsync(image.GetAttribute("src")!);
        Assert.Equal("image/jpeg", file.Content.Headers.ContentType!.MediaType);
        var data = JsonNode.Parse(await (await reader.GetAsync("/editions/ps/2007/r1/cases.json")).Content.ReadAsStringAsync())!;
        var photo = data["cases"]!.AsArray().Single(other => other!["case_id"]!.GetValue<string>() == id)!["answers"]!["photos"]![0]!;
        var manifest = await (await reader.GetAsync("/editions/ps/2007/r1/manifest.json")).Content.ReadAsStringAsync();
        Assert.Contains(photo["file"]!.GetValue<string>(), manifest, StringComparison.Ordinal);
        Assert.Empty(await new PhotoStore(world.Database.DataFolder).VerifyAsync(db));
        Assert.NotNull((await reader.PageAsync($"/cases?q={Uri.EscapeDataString(one.Title)}")).QuerySelector($".case-card:has(a[href$='{id}']) .case-photo img"));
    }

    private static async Task<string> BeginAsync(SampleWorld world, Visitor visitor, string title)
    {
        var fresh = $"/staff/cases/{await world.OpenInquiryAsync(Unit)}/new";
        var told = await TypeAsync(visitor, fresh, await visitor.PageAsync(fresh), "title", title);
        return told["address"]!.GetValue<string>();
    }

    private static async Task<JsonNode> TypeAsync(Visitor visitor, string address, IHtmlDocument page, string field, string text)
    {
        using var answer = await SendAsync(visitor, address, page, field, text);
        Assert.True(answer.IsSuccessStatusCode, $"{field}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static Task<HttpResponseMessage> SendAsync(Visitor visitor, string address, IHtmlDocument page, string field, string text)
    {
        var key = field.Split('.')[0];
        return visitor.SendAsync(HttpMethod.Post, $"{address}?handler=Autosave", Token(page), (field, text), ($"mark.{key}", page.QuerySelector($"#q-{key}")!.GetAttribute("data-mark")!));
    }

    private static async Task<HttpResponseMessage> UploadAsync(Visitor visitor, string address, IHtmlDocument page, byte[] picture, string summary)
    {
        var (name, token) = Token(page);
        using var form = new MultipartFormDataContent { { new StringContent(token), name }, { new StringContent(page.QuerySelector<IHtmlInputElement>("[name=version]")!.Value), "version" }, { new StringContent(summary), "summary" } };
        var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "photo", "写真.png");
        return await visitor.SendAsync($"{address}?handler=Photo", form);
    }

    private static (string, string) Token(IHtmlDocument page) => ("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("#answer [name=__RequestVerificationToken]")!.Value);

    private static string Text(IHtmlDocument page, string key) => page.QuerySelector<IHtmlTextAreaElement>($"[name={key}]")!.Value;

    private static byte[] Drawn()
    {
        using var bitmap = new SKBitmap(60, 40);
        bitmap.Erase(SKColors.SkyBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}

using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Microsoft.Playwright;
using Xunit;

namespace Kyodo.App.Tests.Browser;

/// <summary>Answering with scripts, in a world of its own: what saves itself, what the page says is next.</summary>
public sealed class AnsweringTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Unit = "kigyo";

    [Fact]
    public async Task Save_leads_on_when_everything_typed_has_already_saved_itself()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        await using var context = await chromium.OpenAsync(world.Address, 360);
        var page = await OpenNewAsync(world, context);
        await page.FillAsync("[name=title]", "もう保存された事業（試験）");
        await page.Locator(".saved", new PageLocatorOptions { HasText = "保存しました" }).WaitForAsync();
        await page.PressAsync("保存する");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("保存しました");
    }

    [Fact]
    public async Task One_blank_row_stands_ready_and_the_next_comes_when_asked_for()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        await using var context = await chromium.OpenAsync(world.Address, 360);
        var page = await OpenNewAsync(world, context);
        var rows = page.Locator("#q-partners tbody tr:visible");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.Locator("#q-partners").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "行を加える" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Nth(1).Locator("[name=partners]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_was_typed_stays_beside_the_others_until_its_writer_chooses()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        await using var first = await chromium.OpenAsync(world.Address, 1280);
        await using var second = await chromium.OpenAsync(world.Address, 1280);
        var theirs = await OpenNewAsync(world, first);
        await theirs.FillAsync("[name=title]", "二人で書く事業（試験）");
        await theirs.Locator(".saved", new PageLocatorOptions { HasText = "保存しました" }).WaitForAsync();
        var mine = await OpenNewAsync(world, second);
        await mine.GotoAsync(new Uri(theirs.Url).AbsolutePath);

        await theirs.FillAsync("[name=summary]", "先に書かれた文（試験）");
        await theirs.WaitForResponseAsync(answer => answer.Url.Contains("Autosave", StringComparison.Ordinal));
        await mine.FillAsync("[name=summary]", "あとから書いた文（試験）");
        await mine.FocusAsync("[name=title]");
        await mine.Locator(".theirs").WaitForAsync();
        // The next word on who is here brings the news of the newer version again.
        await mine.WaitForResponseAsync(answer => answer.Url.Contains("handler=Now", StringComparison.Ordinal));
        Assert.Equal("あとから書いた文（試験）", await mine.InputValueAsync("[name=summary]"));
        await mine.ClickAsync(".action-bar button");
        await Assertions.Expect(mine.GetByRole(AriaRole.Alert)).ToContainTextAsync("ほかの人がこの事例を変えました");
        Assert.Equal("あとから書いた文（試験）", await mine.InputValueAsync("[name=summary]"));
        Assert.True(await mine.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task The_inquiry_says_the_one_next_thing()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        await using var context = await chromium.OpenAsync(world.Address, 360);
        var page = await context.NewPageAsync();
        await page.SignInAsync(Unit);
        await page.GotoAsync($"/staff/cases/{await world.OpenInquiryAsync(Unit)}");
        var next = page.Locator(".next-thing");
        await Assertions.Expect(next).ToContainTextAsync("受け取りました");
        await page.PressAsync("受け取りました");
        await Assertions.Expect(next).ToContainTextAsync("今年度どうするか");
        await page.Locator("#nil > summary").ClickAsync();
        await page.FillAsync("#reason", "今年度は協働で行う事業がありません。");
        await page.PressAsync("「該当なし」にする");
        await Assertions.Expect(next).ToContainTextAsync("決裁へ提出できます");
        await page.PressAsync("この内容で決裁へ提出する");
        await Assertions.Expect(next).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".why-not")).ToContainTextAsync("引き戻す");
    }

    private static async Task<IPage> OpenNewAsync(SampleWorld world, IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.SignInAsync(Unit);
        await page.GotoAsync($"/staff/cases/{await world.OpenInquiryAsync(Unit)}/new");
        return page;
    }
}

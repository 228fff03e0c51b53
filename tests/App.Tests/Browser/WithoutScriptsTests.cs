using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Kyodo.App.Tests.Browser;

/// <summary>The main path with JavaScript off, in a browser, in a world of its own: answer, submit, approve, accept, release, read.</summary>
public sealed class WithoutScriptsTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Unit = "kigyo";
    private const string Title = "湖畔の見守り協定（試験）";

    [Fact]
    public async Task From_the_web_form_to_the_public_page()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        var inquiry = await world.OpenInquiryAsync(Unit);
        await using var context = await chromium.OpenAsync(world.Address, 1280, scripts: false);
        var page = await context.NewPageAsync();

        await page.SignInAsync(Unit);
        await page.GotoAsync($"/staff/cases/{inquiry}/new");
        await FillAsync(page);
        await page.PressAsync("保存する");
        await page.GotoAsync($"/staff/cases/{inquiry}");
        await SeesTitleAsync(page);
        await page.PressAsync("この内容で決裁へ提出する");
        Assert.Equal(InquiryStatus.AwaitingApproval, await StatusAsync(world, inquiry));
        await page.SignOutAsync();

        await page.SignInAsync($"{Unit}-approver");
        await page.GotoAsync("/staff/approval");
        await page.GetByRole(AriaRole.Main).Locator("a[href^='/staff/approval/']").First.ClickAsync();
        await page.PressAsync("承認する");
        Assert.Equal(InquiryStatus.Answered, await StatusAsync(world, inquiry));
        await page.SignOutAsync();

        await page.SignInAsync("coordinator");
        await page.GotoAsync($"/staff/compilation/ps/{SampleWorld.ThisYear}");
        await page.PressAsync("受理する");
        Assert.Equal(InquiryStatus.Accepted, await StatusAsync(world, inquiry));
        await page.Locator("details:has-text('まとめて説明を書く') summary").First.ClickAsync();
        await page.Locator("details[open] input[name=note]").First.FillAsync("まだの組織は、第2版に入れます。");
        await page.PressAsync("件にこの説明を書く");
        await page.GotoAsync($"/staff/editions/ps/{SampleWorld.ThisYear}");
        await page.CheckAsync("#pdf-no", new PageCheckOptions { Force = true });
        await page.PressAsync("第1版を公表する");

        await page.GotoAsync($"/editions/ps/{SampleWorld.ThisYear}");
        await SeesTitleAsync(page);
        // The search is made anew beside the release, within seconds: a reader may have to ask once more.
        for (var i = 0; i < 20; i++)
        {
            await page.GotoAsync("/cases?q=見守り協定");
            if ((await page.InnerTextAsync("main")).Contains(Title, StringComparison.Ordinal))
                break;
            await Task.Delay(500);
        }
        await SeesTitleAsync(page);
    }

    // The label lies over its box so that the whole of it can be pressed.
    private static readonly LocatorCheckOptions ThroughItsLabel = new() { Force = true };

    private static async Task FillAsync(IPage page)
    {
        Task Text(string name, string text) => page.Locator($"[name='{name}']").First.FillAsync(text);
        async Task Tick(string name, string value)
        {
            // A long list of choices is folded away.
            var folded = page.Locator($"details:not([open]):has(input[name='{name}']) > summary");
            if (await folded.CountAsync() > 0)
                await folded.First.ClickAsync();
            await page.Locator($"input[name='{name}'][value='{value}']").First.CheckAsync(ThroughItsLabel);
        }
        await Text("title", Title);
        await Text("summary", "湖の岸辺を地域の団体と見守ります。");
        await Tick("place", "県全域");
        await Text("unit_contact.unit", "工務課");
        await Text("unit_contact.phone", "096-333-2287");
        await Tick("form", "2 事業協定");
        await Text("partners", "湖畔の会（見本）");
        await page.Locator("select[name='partners.kind']").First.SelectOptionAsync("地域団体");
        await Text("roles.government", "用具の貸出");
        await Text("roles.partner", "見回り");
        await Text("period.from", "R8.4.1");
        foreach (var name in new[] { "reason", "purpose", "content", "spread" })
            await Text(name, "見守る人を増やすため。");
        await Tick("theme", "環境");
        await Tick("declared", "新規");
        await Tick("self_check", "まだ点検していない");
        await Text("budget.initial", "1,000");
    }

    private static async Task SeesTitleAsync(IPage page)
    {
        var words = await page.InnerTextAsync("main");
        Assert.True(words.Contains(Title, StringComparison.Ordinal), $"{page.Url} shows: {words}");
    }

    private static async Task<InquiryStatus> StatusAsync(SampleWorld world, long inquiry)
    {
        await using var db = world.Open();
        return await db.Inquiries.Where(i => i.Id == inquiry).Select(i => i.Status).SingleAsync();
    }
}

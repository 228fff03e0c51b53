using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

namespace Kyodo.App.Tests.Browser;

/// <summary>Typing into the search box with the keyboard alone.</summary>
public sealed partial class SuggestionTests(SampleWorlds worlds, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/cases", 360)]
    public async Task Arrows_walk_through_what_may_be_meant_and_enter_goes_there(string path, int width)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var context = await chromium.OpenAsync(world.Address, width);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        var box = page.GetByRole(Microsoft.Playwright.AriaRole.Combobox);
        await box.PressSequentiallyAsync("ロードク");
        await page.Locator("[role=option]").First.WaitForAsync();
        Assert.Equal("true", await box.GetAttributeAsync("aria-expanded"));
        await box.PressAsync("ArrowDown");
        var chosen = page.Locator("[role=option][aria-selected=true]");
        Assert.Equal(await chosen.GetAttributeAsync("id"), await box.GetAttributeAsync("aria-activedescendant"));
        await box.PressAsync("Escape");
        Assert.Equal("false", await box.GetAttributeAsync("aria-expanded"));
        Assert.Equal("ロードク", await box.InputValueAsync());
        await box.PressSequentiallyAsync("リ");
        await page.Locator("[role=option]").First.WaitForAsync();
        await box.PressAsync("ArrowDown");
        await box.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(ChosenAddress(), new() { Timeout = 30_000 });
    }

    [System.Text.RegularExpressions.GeneratedRegex("q=|/partners/", System.Text.RegularExpressions.RegexOptions.None, 500)]
    private static partial System.Text.RegularExpressions.Regex ChosenAddress();
}

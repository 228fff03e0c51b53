using Kyodo.App.Tests.World;
using Kyodo.Samples;
using Microsoft.Playwright;

namespace Kyodo.App.Tests.Browser;

/// <summary>What people do, in the words of what they see.</summary>
internal static class BrowserSteps
{
    private static readonly PageWaitForURLOptions Arrived = new() { WaitUntil = WaitUntilState.Commit };

    extension(IPage page)
    {
        public async Task SignInAsync(string name)
        {
            await page.GotoAsync("/sign-in");
            await page.FillAsync("#email", SampleWorld.EmailOf(name));
            await page.FillAsync("#password", SamplePrefecture.Password);
            await page.PressAsync("#password", "Enter");
            await page.WaitForURLAsync("**/staff", Arrived);
        }

        public async Task SignOutAsync()
        {
            await page.GotoAsync("/staff");
            await page.ClickAsync("form[action='/sign-out'] button");
            await page.WaitForURLAsync("**/sign-in", Arrived);
        }

        /// <summary>Presses a button that sends a form, and waits for the page it leads to.</summary>
        public async Task PressAsync(string words)
        {
            var arrived = await page.RunAndWaitForResponseAsync(
                () => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = words }).First.ClickAsync(),
                answer => answer.Request.IsNavigationRequest && answer.Status is < 300 or >= 400);
            await arrived.FinishedAsync();
            await page.WaitForURLAsync(url => url.Split('#')[0] == arrived.Url, Arrived);
        }
    }
}

using Microsoft.Playwright;
using Xunit;

namespace Kyodo.App.Tests.Browser;

/// <summary>The Chromium of the system, for all browser tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no chromium on PATH. Run the tests by ./test, which installs it.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        });
    }

    public Task<IBrowserContext> OpenAsync(Uri site, int width, bool scripts = true) => _browser!.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = site.ToString(),
        JavaScriptEnabled = scripts,
        ViewportSize = new ViewportSize { Width = width, Height = 900 },
        Locale = "ja-JP",
    });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

using System.Diagnostics;
using Kyodo.Common;

namespace Kyodo.App.Casebook;

/// <summary>The Chromium of this computer, run once a print: a fresh profile, no network of its own, an end when the time is up.</summary>
public sealed class Chromium(string program)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(120);

    public static Chromium Find(string? configured) =>
        (configured is { Length: > 0 } ? new[] { configured } : Names).Select(InPath).OfType<string>().FirstOrDefault() is { } found
            ? new Chromium(found)
            : throw new Refusal((configured is { Length: > 0 } ? $"Chromium が {configured} にありません。" : $"Chromium がありません（探した名前: {string.Join('、', Names)}）。")
                + "入れるか、設定 Pdf:Chromium に場所を書いてください。PDFなしで公表するときは --without-pdf を付けてください。");

    /// <summary>Chromium 156.0.8078.79 ...</summary>
    public async Task<string> VersionAsync(CancellationToken stop)
    {
        using var profile = new TemporaryFolder();
        var (output, _) = await RunAsync(profile, ["--version"], TimeToAnswer, stop);
        return output.Trim();
    }

    /// <param name="limit">When it is given up.</param>
    public async Task PrintAsync(string htmlFile, string pdfFile, TimeSpan limit, CancellationToken stop)
    {
        using var profile = new TemporaryFolder();
        var (_, errors) = await RunAsync(profile,
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disable-breakpad", "--lang=ja", .. WithoutSandbox(), $"--user-data-dir={profile.Path}",
            "--no-pdf-header-footer", "--generate-pdf-document-outline", $"--print-to-pdf={pdfFile}", new Uri(htmlFile).AbsoluteUri,
        ], limit, stop);
        if (!File.Exists(pdfFile) || new FileInfo(pdfFile).Length == 0)
            throw Failed($"Chromium が PDF を書きませんでした（{LastLine(errors)}）。");
    }

    // Chromium refuses to run its sandbox as root.
    private static string[] WithoutSandbox() => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [];

    private async Task<(string Output, string Errors)> RunAsync(TemporaryFolder home, IEnumerable<string> arguments, TimeSpan timeLimit, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home.Path;
        using var process = Process.Start(start) ?? throw Failed("Chromium が始まりません。");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeLimit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (await output, await errors);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Failed($"Chromium が {timeLimit.TotalSeconds:0} 秒で終わりませんでした。");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Refusal Failed(string what) => new($"{what}PDFなしで公表するときは --without-pdf を付けてください。");

    private static string LastLine(string errors) => errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault("理由は不明です");

    private static string? InPath(string name) =>
        Path.IsPathRooted(name) ? (File.Exists(name) ? name : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

using System.Diagnostics;
using System.Text.Json;

namespace Kyodo.App.Tests.Commands;

/// <summary>The program as an operator runs it: a process with arguments, an exit code and what it printed.</summary>
internal sealed record Ran(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;

    public static Task<Ran> KyodoAsync(params string[] arguments) => WithInputAsync(null, arguments);

    /// <param name="input">What stands in its standard input; null leaves it as it is.</param>
    public static async Task<Ran> WithInputAsync(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kyodo.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
            process.StandardInput.Close();
        }
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await errors);
    }
}

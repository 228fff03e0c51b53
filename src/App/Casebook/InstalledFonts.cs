using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Kyodo.App.Casebook;

/// <summary>Which font files stand behind the names in casebook.css: the same bytes are drawn only by the same fonts.</summary>
internal static class InstalledFonts
{
    private static readonly string[] Used = ["BIZ UDPGothic", "BIZ UDPGothic:bold", "BIZ UDPMincho"];

    public static async Task<SortedDictionary<string, string>> FindAsync(CancellationToken stop)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var font in Used)
        {
            if (await MatchAsync(font, stop) is { } match)
                found[$"font {font}"] = match;
        }
        return found;
    }

    private static async Task<string?> MatchAsync(string font, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("fc-match", ["-f", "%{family[0]}\n%{fontversion}\n%{file}", font])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var lines = (await process.StandardOutput.ReadToEndAsync(stop)).Split('\n');
            await process.WaitForExitAsync(stop);
            if (lines.Length < 3 || !int.TryParse(lines[1], CultureInfo.InvariantCulture, out var version) || !File.Exists(lines[2]))
                return null;
            await using var file = File.OpenRead(lines[2]);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
            // The version of a font is a fixed point number, 16 bits before the point and 16 behind.
            return string.Create(CultureInfo.InvariantCulture, $"{lines[0]} {version / 65536m:0.###} sha256:{hash}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kyodo.App.Casebook;

/// <summary>
/// Two prints of the same pages differ only in the times that the PDF says it was made at. They become the time of release, in place and of the
/// same length, so that no offset in the file moves.
/// </summary>
public static partial class PdfTime
{
    public static byte[] Set(byte[] pdf, DateTimeOffset time)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"D:{time.UtcDateTime:yyyyMMddHHmmss}+00'00'");
        var text = Encoding.Latin1.GetString(pdf);
        foreach (Match date in Written().Matches(text))
        {
            var at = date.Groups["time"];
            if (at.Length != stamp.Length)
                throw new InvalidOperationException($"The PDF's time {at.Value} has not the length of {stamp}.");
            Encoding.Latin1.GetBytes(stamp, pdf.AsSpan(at.Index));
        }
        return pdf;
    }

    [GeneratedRegex(@"/(CreationDate|ModDate) \((?<time>D:[0-9+\-Z']+)\)", RegexOptions.ExplicitCapture, 10000)]
    private static partial Regex Written();
}

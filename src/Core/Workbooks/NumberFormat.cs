using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Kyodo.Workbooks;

/// <summary>What a number format makes of a number: <paramref name="Shape"/>, and how many digits are filled up with zeros (formats such as 000000, used for codes).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NumberFormat(NumberShape Shape, int ZeroPadding = 0)
{
    /// <summary>The formats that have a number only; 27 to 36 and 50 to 58 are the Japanese dates.</summary>
    public static NumberFormat BuiltIn(int id) => new(id switch
    {
        14 or 15 or 16 or 17 or 22 => NumberShape.Date,
        18 or 19 or 20 or 21 or 45 or 46 or 47 => NumberShape.Time,
        32 or 33 => NumberShape.Time,
        >= 27 and <= 36 or >= 50 and <= 58 => NumberShape.Date,
        _ => NumberShape.Number,
    });

    public static NumberFormat Parse(string code)
    {
        var letters = Bare(code);
        if (letters.Length > 1 && letters.AsSpan().Trim('0').IsEmpty)
            return new(NumberShape.Number, Math.Min(letters.Length, 30));
        var marks = letters.Replace("GENERAL", "", StringComparison.Ordinal).Replace("G/標準", "", StringComparison.Ordinal)
            .Replace("E+", "", StringComparison.Ordinal).Replace("E-", "", StringComparison.Ordinal);
        if (marks.AsSpan().ContainsAny("YDGEB") || marks.Contains("AAA", StringComparison.Ordinal))
            return new(NumberShape.Date);
        if (marks.AsSpan().ContainsAny("HS"))
            return new(NumberShape.Time);
        return new(marks.Contains('M', StringComparison.Ordinal) ? NumberShape.Date : NumberShape.Number);
    }

    public string Text(double number) => Shape == NumberShape.Time ? TimeText(number) : PlainText(number).PadZeros(number, ZeroPadding);

    /// <summary>As Excel shows it in a wide cell: at most 15 digits, no exponent within what a decimal holds.</summary>
    public static string PlainText(double number) => Math.Abs(number) switch
    {
        0 => "0",
        >= 1e-9 and < 1e21 => ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture),
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TimeText(double days)
    {
        if (Math.Abs(days) > 1e6)
            return PlainText(days);
        var seconds = (long)Math.Round(Math.Abs(days) * 86_400);
        var sign = days < 0 && seconds > 0 ? "-" : "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds / 3600}:{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{seconds % 60:00}");
    }

    /// <summary>The first section in upper case, without quoted and escaped text and without brackets, except the hours of [h]:mm.</summary>
    private static string Bare(string code)
    {
        var bare = new StringBuilder(code.Length);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = End(code, i, '"');
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var end = End(code, i, ']');
                    if (code.AsSpan(i + 1, Math.Max(0, end - i - 1)).Trim("hHmMsS").IsEmpty)
                        bare.Append("HS");
                    i = end;
                    break;
                default:
                    bare.Append(char.ToUpperInvariant(code[i]));
                    break;
            }
        }
        return bare.ToString();
    }

    private static int End(string code, int start, char mark)
    {
        var end = code.IndexOf(mark, start + 1);
        return end < 0 ? code.Length : end;
    }
}

internal enum NumberShape
{
    Number,
    Date,
    Time,
}

file static class ZeroPaddingText
{
    public static string PadZeros(this string text, double number, int digits) =>
        digits > 1 && number >= 0 && Math.Floor(number) == number ? text.PadLeft(digits, '0') : text;
}

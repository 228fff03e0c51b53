using System.Globalization;
using System.Text.RegularExpressions;

namespace Kyodo.Common;

/// <summary>Numbers and amounts as clerks write them: １，２００, 1,200千円, 120万円, ▲300.</summary>
public static partial class Quantity
{
    /// <summary>A plain number: full width, separators and a minus as ▲ or △ are read; anything beside it is not.</summary>
    public static bool TryNumber(string? text, out decimal number)
    {
        var folded = TextForms.Fold(text).Replace("▲", "-", StringComparison.Ordinal).Replace("△", "-", StringComparison.Ordinal)
            .Replace("−", "-", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        number = 0;
        return Plain().IsMatch(folded)
            && decimal.TryParse(folded.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>An amount in yen. A number without a unit counts in <paramref name="unitInYen"/> (1,000 where the column says 千円); a unit in the cell wins.</summary>
    public static bool TryYen(string? text, long unitInYen, out long yen)
    {
        yen = 0;
        var folded = TextForms.Fold(text);
        foreach (var (unit, inYen) in Units)
        {
            if (folded.EndsWith(unit, StringComparison.Ordinal))
            {
                folded = folded[..^unit.Length];
                unitInYen = inYen;
                break;
            }
        }
        if (!TryNumber(folded, out var number) || Math.Abs(number) > 1_000_000_000_000m)
            return false;
        var amount = number * unitInYen;
        if (amount != decimal.Truncate(amount) || Math.Abs(amount) > long.MaxValue)
            return false;
        yen = (long)amount;
        return true;
    }

    /// <summary>1,234.5 without trailing zeros.</summary>
    public static string Grouped(decimal number) => number.ToString("#,0.##########", CultureInfo.InvariantCulture);

    private static readonly (string Unit, long InYen)[] Units =
        [("億円", 100_000_000), ("百万円", 1_000_000), ("万円", 10_000), ("千円", 1_000), ("円", 1)];

    [GeneratedRegex(@"^[+-]?(\d{1,3}(,\d{3})+|\d{1,18})(\.\d{1,10})?$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Plain();
}

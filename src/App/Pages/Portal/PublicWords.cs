using System.Globalization;
using Kyodo.Common;

namespace Kyodo.App.Pages.Portal;

/// <summary>The public pages' words for what the records name in short.</summary>
public static class PublicWords
{
    public static string Year(FiscalYear year, bool en) => en ? $"FY{year.Year} ({year.Japanese})" : year.InBothCalendars;

    public static string Status(string status, bool en) => status switch
    {
        "new" => en ? "New" : "新規",
        "continued" => en ? "Continued" : "継続",
        "ended" => en ? "Ended" : "終了",
        _ => status,
    };

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Cases(int count, bool en) => en ? $"{Number(count)} {(count == 1 ? "case" : "cases")}" : $"{Number(count)}件";

    /// <summary>Who with whom, in a line: 道路保全課 × 白川をきれいにする会 ほか3団体.</summary>
    public static string Who(string unit, IReadOnlyList<Editions.PublishedPartner> partners, bool en) => partners.Count switch
    {
        0 => unit,
        <= 2 => $"{unit} × {string.Join(en ? ", " : "、", partners.Select(p => p.Name))}",
        _ => $"{unit} × {partners[0].Name}{(en ? $" and {partners.Count - 1} others" : $" ほか{partners.Count - 1}団体")}",
    };

    public static string FileSize(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };
}

using System.Text.RegularExpressions;
using Kyodo.Organizations;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>依頼文 as one sheet: to one unit, or to all of them at once.</summary>
public sealed partial record LetterSheet(Round Round, OrgUnit? To)
{
    private const string Ki = "記";

    private IReadOnlyList<string> Lines => field ??= [.. Round.Letter.Body.Split('\n').Select(line => line.Trim())];

    private int KiAt => Lines.ToList().IndexOf(Ki);

    public IReadOnlyList<string> Addressees =>
        To is not null ? [Letter.Addressee(To.Name)]
        : Round.Inquiries.Count == 1 ? [Letter.Addressee(Round.Inquiries[0].Unit.Name)]
        : [.. Round.Inquiries.Select(i => i.Unit.Kind).Distinct().Order().Select(ToAll)];

    public IEnumerable<string> Paragraphs => (KiAt < 0 ? Lines : Lines.Take(KiAt)).Where(line => line.Length > 0);

    /// <summary>What stands below 記, without the numbers that were typed: the sheet counts by itself.</summary>
    public IEnumerable<string> Items => KiAt < 0 ? [] : Lines.Skip(KiAt + 1).Where(line => line.Length > 0 && line != "以上").Select(line => Numbered().Replace(line, ""));

    private static string ToAll(OrgUnitKind kind) => kind switch
    {
        OrgUnitKind.Department => "各部局長　様",
        OrgUnitKind.Division => "各課（室）長　様",
        OrgUnitKind.RegionalBureau => "各地域振興局長　様",
        _ => "各市町村長　様",
    };

    [GeneratedRegex(@"^[（(]?[0-9０-９]{1,2}[）)．.、]?[\s　]*", RegexOptions.None, 500)]
    private static partial Regex Numbered();
}

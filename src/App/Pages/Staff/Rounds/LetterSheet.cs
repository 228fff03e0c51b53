using System.Text.RegularExpressions;
using Kyodo.Organizations;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>依頼文, or 通知文 of the results, as one sheet: to one unit, or to all of them at once.</summary>
public sealed partial record LetterSheet(Round Round, OrgUnit? To, bool IsNotice = false)
{
    private const string Ki = "記";

    public Letter Letter => IsNotice ? Round.Notice : Round.Letter;

    public string Name => IsNotice ? "通知文" : "依頼文";

    public string Title => IsNotice ? $"{Round.Title}の結果について（通知）" : $"{Round.Title}について（依頼）";

    private IReadOnlyList<string> Lines => field ??= [.. Letter.Body.Split('\n').Select(line => line.Trim())];

    private int KiAt => Lines.ToList().IndexOf(Ki);

    public IReadOnlyList<string> Addressees =>
        To is not null ? [Kyodo.Rounds.Letter.Addressee(To.Name)]
        : Asked is [var only] ? [Kyodo.Rounds.Letter.Addressee(only.Name)]
        : [.. Asked.Select(unit => unit.Kind).Distinct().Order().Select(ToAll)];

    private List<OrgUnit> Asked => [.. Round.Inquiries.Where(i => i.ParentId is null || IsNotice).Select(i => i.Unit)];

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

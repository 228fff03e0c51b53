using System.Text;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Storage;
using Kyodo.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Partners;

/// <summary>What a row of an official list is to the register.</summary>
public enum ListMatch
{
    New,
    Same,

    /// <summary>The same partner; the list knows its 法人番号, reading or municipality.</summary>
    Filled,

    /// <summary>The same 法人番号 under another name: the name of before stays as such.</summary>
    Renamed,

    /// <summary>A name like one of the register: somebody must say which it is.</summary>
    Like,
    Wrong,
}

/// <param name="Row">The row in the file, the header being 1.</param>
/// <param name="Other">The partner of the register that it is, or may be.</param>
public sealed record ListRow(int Row, PartnerEntry Entry, ListMatch Match, SimilarPartner? Other = null, string? Wrong = null);

/// <summary>
/// An official list of organisations (所轄庁のNPO法人一覧, 国税庁の法人番号データ) as CSV: each row is matched with the register by 法人番号, else by name, and shown before
/// anything is saved. Reading the same list again changes nothing.
/// </summary>
public sealed partial class PartnerList
{
    public const string TakeAsNew = "new";
    private const int MostRows = 20_000;
    private const int LongestSource = 200;

    private static readonly Dictionary<string, string[]> Headers = new(StringComparer.Ordinal)
    {
        ["名称"] = ["name", "法人名", "法人の名称", "名称", "団体名", "商号又は名称"],
        ["法人番号"] = ["corporate_number", "法人番号", "corporatenumber"],
        ["読み"] = ["furigana", "フリガナ", "ふりがな", "読み", "法人名カナ"],
        ["市町村"] = ["city_name", "市町村", "市区町村", "所在市町村", "cityname"],
    };

    private PartnerList(string text, bool wasShiftJis, IReadOnlyDictionary<string, string> columns, IReadOnlyList<ListRow> rows) =>
        (Text, WasShiftJis, Columns, Rows) = (text, wasShiftJis, columns, rows);

    /// <summary>The list in UTF-8, to be read once more when it is saved.</summary>
    public string Text { get; }

    public bool WasShiftJis { get; }

    /// <summary>The header that was taken for each item.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; }

    public IReadOnlyList<ListRow> Rows { get; }

    public int Count(ListMatch match) => Rows.Count(row => row.Match == match);

    public static async Task<PartnerList> CheckAsync(AppDb db, ReadOnlyMemory<byte> file, Actor by, CancellationToken stop = default)
    {
        Refusal.If(Partner.WhyNotKeep(by));
        var (utf8, wasShiftJis) = CsvFile.AsUtf8(file);
        var sheet = CsvFile.Sheet(utf8);
        var header = sheet.Rows is [var first, ..] ? first.Cells : [];
        var columns = Headers.Select(part => (part.Key, Cell: header.FirstOrDefault(cell => part.Value.Contains(TextForms.Key(cell.Text))))).Where(part => part.Cell is not null).ToDictionary(part => part.Key, part => part.Cell!, StringComparer.Ordinal);
        Refusal.If(!columns.ContainsKey("名称") ? $"名称の列が見つかりません。見出しを「{string.Join("」か「", Headers["名称"].Skip(1).Take(3))}」にしてください。"
            : sheet.Rows.Count < 2 ? "見出しのほかに行がありません。"
            : sheet.Rows.Count > MostRows ? $"1度に読めるのは{MostRows:N0}行までです。分けてください。"
            : null);
        var partners = await db.Partners.AsNoTracking().Where(p => p.MergedIntoId == null).ToListAsync(stop);
        var byNumber = partners.Where(p => p.CorporateNumber is not null && p.Branch is null).ToLookup(p => p.CorporateNumber!, StringComparer.Ordinal);
        var byId = partners.ToDictionary(p => p.Id, StringComparer.Ordinal);
        var names = await SimilarNames.LoadAsync(db, stop);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<ListRow>();
        foreach (var row in sheet.Rows.Skip(1))
        {
            string? Of(string part) => columns.TryGetValue(part, out var column) ? row.Cells.FirstOrDefault(cell => cell.Column == column.Column)?.Text : null;
            var entry = new PartnerEntry(Of("名称") ?? "", KindOf(Of("名称") ?? ""), Of("法人番号"), Reading: Of("読み"), Municipality: Town(Of("市町村")));
            if (row.Cells.Count == 0)
                continue;
            try
            {
                entry = entry.Checked();
                rows.Add(!seen.Add(entry.CorporateNumber ?? Partner.KeyOf(entry.Name)) ? new ListRow(row.Number, entry, ListMatch.Wrong, Wrong: "同じ法人番号（ないときは同じ名前）の行が、上にあります。")
                    : Match(row.Number, entry, byNumber, byId, names));
            }
            catch (Refusal refusal)
            {
                rows.Add(new ListRow(row.Number, entry, ListMatch.Wrong, Wrong: string.Join("", refusal.Problems.Select(problem => problem.Message))));
            }
        }
        return new PartnerList(Encoding.UTF8.GetString(utf8.Span), wasShiftJis, columns.ToDictionary(part => part.Key, part => part.Value.Text, StringComparer.Ordinal), rows);
    }

    /// <summary>Saves what is new and what is known better now, as one; rows that are wrong and like ones without a choice are left out.</summary>
    /// <param name="choices">By row, of those that are like: <see cref="TakeAsNew"/>, or the id of the partner that it is.</param>
    /// <param name="source">出典: where the list comes from, with its credit.</param>
    public static async Task<(int Entered, int Described)> SaveAsync(AppDb db, ReadOnlyMemory<byte> file, IReadOnlyDictionary<int, string> choices, string? source, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(Partner.WhyNotKeep(by));
        source = TextForms.Clean(source).ReplaceLineEndings(" ").Trim();
        Refusal.If(source.Length is 0 or > LongestSource ? $"一覧の出典を{LongestSource}字以内で書いてください。例: 熊本県 NPO法人一覧（2026年4月1日現在）" : null);
        await using var transaction = await db.BeginAloneAsync(stop);
        var list = await CheckAsync(db, file, by, stop);
        var ids = list.Rows.Where(row => row.Other is not null).Select(row => row.Other!.Id).ToHashSet(StringComparer.Ordinal);
        var known = (await db.Partners.Where(p => p.MergedIntoId == null).ToListAsync(stop)).Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, StringComparer.Ordinal);
        var formerly = (await db.PartnerNames.AsNoTracking().Select(n => new { n.PartnerId, n.NameKey }).ToListAsync(stop)).Select(n => (n.PartnerId, n.NameKey)).ToHashSet();
        var (entered, described) = (0, 0);
        foreach (var row in list.Rows)
        {
            var choice = row.Match is ListMatch.Like ? choices.GetValueOrDefault(row.Row, "") : "";
            if (row.Match is ListMatch.New || choice == TakeAsNew)
            {
                var partner = new Partner(row.Entry.Name, row.Entry.Kind, row.Entry.CorporateNumber) { Reading = row.Entry.Reading, Municipality = row.Entry.Municipality, Source = source };
                partner.Enter(by, now, $"一覧から登録: {source}");
                db.Partners.Add(partner);
                entered++;
            }
            else if (row.Match is ListMatch.Filled or ListMatch.Renamed || (row.Match is ListMatch.Like && choice == row.Other!.Id))
            {
                var partner = known[row.Other!.Id];
                var (name, key) = (partner.Name, partner.NameKey);
                partner.Describe(Beside(partner, row.Entry), by, now);
                if (partner.NameKey != key && formerly.Add((partner.Id, key)))
                    db.PartnerNames.Add(new PartnerName(partner, name));
                described++;
            }
        }
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return (entered, described);
    }

    private static ListRow Match(int number, PartnerEntry entry, ILookup<string, Partner> byNumber, Dictionary<string, Partner> byId, SimilarNames names)
    {
        if (entry.CorporateNumber is { } corporate && byNumber[corporate].FirstOrDefault() is { } same)
        {
            var other = new SimilarPartner(same.Id, same.Name, same.Kind, same.Municipality, same.CorporateNumber, Similarity.SameName, 1);
            return new ListRow(number, entry, same.NameKey != Partner.KeyOf(entry.Name) ? ListMatch.Renamed : same.ChangesTo(Beside(same, entry)).Count > 0 ? ListMatch.Filled : ListMatch.Same, other);
        }
        // Two numbers are two organisations, however alike their names are.
        var like = names.Find(entry.Name, entry.Reading).FirstOrDefault(one => one.CorporateNumber is null || entry.CorporateNumber is null || one.CorporateNumber == entry.CorporateNumber);
        return like is null ? new ListRow(number, entry, ListMatch.New)
            : like.Similarity is Similarity.SameName ? new ListRow(number, entry, byId[like.Id].ChangesTo(Beside(byId[like.Id], entry)).Count > 0 ? ListMatch.Filled : ListMatch.Same, like)
            : new ListRow(number, entry, ListMatch.Like, like);
    }

    /// <summary>What the register says, with what the list knows beside it: its kind, its branch and what somebody has written stay.</summary>
    private static PartnerEntry Beside(Partner partner, PartnerEntry listed) => new(
        partner.NameKey == Partner.KeyOf(listed.Name) ? partner.Name : listed.Name, partner.Kind, partner.CorporateNumber ?? listed.CorporateNumber, partner.Branch, partner.Reading ?? listed.Reading, partner.Municipality ?? listed.Municipality);

    private static string KindOf(string name) =>
        TextForms.OrganisationKey(name) is var key && key.Contains("npo法人", StringComparison.Ordinal) ? "NPO法人"
        : PartnersType.Kinds.FirstOrDefault(kind => kind.Contains("公益", StringComparison.Ordinal)) is { } publicBenefit && CorporationForm().IsMatch(name) ? publicBenefit
        : PartnersType.Kinds[^1];

    // 熊本市東区 is in 熊本市, 阿蘇郡高森町 is 高森町.
    private static string? Town(string? city) => city is null ? null : CityAround().Replace(city.Trim(), "$2$3");

    [GeneratedRegex(@"^(?:(.+?郡)(.+)|(.+?市).+区)$", RegexOptions.None, 500)]
    private static partial Regex CityAround();

    [GeneratedRegex("(公益|一般)(社団|財団)法人", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex CorporationForm();
}

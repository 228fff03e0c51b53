using System.Globalization;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>What was read of a cell, and what to tell of it; <paramref name="Text"/> is null when nothing could be read.</summary>
internal readonly record struct MappedValue(string? Text, string? Warning = null, string? Error = null)
{
    public static MappedValue Nothing { get; } = new("");
}

/// <summary>Cells that say that nothing is there.</summary>
internal static class MappedBlank
{
    public static bool Is(string text) => TextForms.Key(text) is "" or "-" or "―" or "—" or "–" or "ー" or "‐" or "−" or "─" or "…" or "..." or "・" or "/" or "n/a" or "*" or "**" or "***" or "なし" or "該当なし" or "無";
}

/// <summary>Amounts as lists have them: 1,000千円, 3億5千万円, 114,,848,000（減額…）, ¥1,200-.</summary>
internal static partial class MappedAmount
{
    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["円"] = 1,
        ["千円"] = 1_000,
        ["万円"] = 10_000,
        ["百万円"] = 1_000_000,
        ["億円"] = 100_000_000,
    };

    public static long Unit(string name) => Units[name];

    public static string NameOf(long unit) => Units.First(pair => pair.Value == unit).Key;

    public static bool IsNumber(string text) => Quantity.TryNumber(text, out _);

    /// <summary>The text that an amount's question reads: the number in yen, with its unit.</summary>
    public static MappedValue Read(Cell cell, long unit)
    {
        if (MappedBlank.Is(cell.Text))
            return MappedValue.Nothing;
        if (cell.Kind is CellKind.Number && cell.Number is { } number && Math.Abs(number) < 1e15)
            return Yen((decimal)number * unit, null);
        var folded = TextForms.Fold(cell.Text).Replace('−', '-').Replace('、', ',');
        var bare = InBrackets().Replace(folded, " ").Trim();
        var hasNote = bare.Length != folded.Length;
        var numbers = Number().Matches(bare);
        if (numbers.Count == 0 || UnitPrice().IsMatch(folded))
            return new(null, Error: $"「{Shorten(cell.Text)}」は金額として読めません（単価や文章のようです）。金額だけを書いてください。");
        var first = numbers[0];
        if (Around().Replace(Number().Replace(bare, ""), "").Length > 0)
            return new(null, Error: $"「{Shorten(cell.Text)}」は金額として読めません。金額だけを書いてください。");
        if (!TryYen(first, unit, out var yen))
            return new(null, Error: $"「{Shorten(cell.Text)}」は金額として読めません。桁区切りを確かめてください。");
        return Yen(yen,
            numbers.Count > 1 ? $"金額が{numbers.Count}つあります。はじめの「{first.Value.Trim()}」を読みました: {Shorten(cell.Text)}"
            : first.Value.Contains(",,", StringComparison.Ordinal) ? $"桁区切りが二重になっています。{Quantity.Grouped(yen)}円と読みました: {Shorten(cell.Text)}"
            : hasNote ? $"注記は金額として読まず、{Quantity.Grouped(yen)}円と読みました: {Shorten(cell.Text)}"
            : null);
    }

    private static MappedValue Yen(decimal yen, string? warning)
    {
        var whole = Math.Round(yen, 4);
        return whole == decimal.Truncate(whole)
            ? new(decimal.Truncate(whole).ToString(CultureInfo.InvariantCulture) + "円", warning)
            : new(null, Error: $"{Quantity.Grouped(yen)}円は1円に満たない端数を含みます。単位（円・千円など）を確かめてください。");
    }

    // 3億5千万円 is a sum of steps; a last number without unit is in the column's.
    private static bool TryYen(Match match, long unit, out decimal yen)
    {
        yen = 0;
        var sign = match.Groups["sign"].Length > 0 ? -1 : 1;
        foreach (Match step in Step().Matches(match.Groups["steps"].Value))
        {
            if (!decimal.TryParse(step.Groups["digits"].Value.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000_000_000_000m)
                return false;
            decimal size = step.Groups["size"].Value switch
            {
                "億" => 100_000_000,
                "千万" => 10_000_000,
                "百万" => 1_000_000,
                "万" => 10_000,
                "千" => 1_000,
                _ => step.Groups["yen"].Length > 0 || yen > 0 ? 1 : unit,
            };
            yen += number * size;
        }
        yen *= sign;
        return true;
    }

    private static string Shorten(string text) => text.Replace("\n", " ", StringComparison.Ordinal) is var line && line.Length <= 60 ? line : line[..60] + "…";

    [GeneratedRegex(@"\([^()]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕|\([^()]*$|※[^\n]*", RegexOptions.None, 500)]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"(?<sign>[-▲△]\s?)?[¥\\]?\s?(?<steps>((\d[\d,]*(\.\d+)?\s?(億|千万|百万|万|千)\s?)+(\d[\d,]*)?|\d[\d,]*(\.\d+)?)\s?円?)(-(?!\d))?", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<digits>\d[\d,]*(\.\d+)?)\s?(?<size>億|千万|百万|万|千)?\s?(?<yen>円)?", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Step();

    [GeneratedRegex(@"@|単価|/|×|以内で|当たり|あたり", RegexOptions.None, 500)]
    private static partial Regex UnitPrice();

    [GeneratedRegex(@"約|金|計|税込み?|税抜き?|消費税込|ほか|他|\s|[,.:;]", RegexOptions.None, 500)]
    private static partial Regex Around();
}

/// <summary>Dates and periods as lists have them: 平19.4.1, real dates, a day with a note, two days in one cell, H19.4～H20.3, 通年.</summary>
internal static partial class MappedDate
{
    public static bool IsOne(string text) => PartialDate.TryParse(text, out _);

    /// <summary>The one day of a cell.</summary>
    public static MappedValue Read(Cell cell)
    {
        if (MappedBlank.Is(cell.Text))
            return MappedValue.Nothing;
        if (cell.Kind is CellKind.Number && FromNumber(cell) is { } counted)
            return counted;
        var bare = Bare(cell.Text, out var hasNote);
        var found = Tokens(bare);
        if (found.Count == 0)
            return new(null, Error: $"「{Shorten(cell.Text)}」は日付として読めません。例: 平成19年4月1日、H19.4.1、2007-04-01");
        var warning = found.Count > 1 ? $"日付が{found.Count}つあります。はじめの{found[0].Date.Japanese}を読みました: {Shorten(cell.Text)}"
            : found[0].IsWholeYear ? $"「{Shorten(cell.Text)}」は{found[0].Date.Japanese}と読みました。"
            : hasNote || found[0].Beside.Length > 0 ? $"{found[0].Date.Japanese}と読み、ほかの文字は読みませんでした: {Shorten(cell.Text)}"
            : null;
        return new(found[0].Date.Japanese, warning);
    }

    /// <summary>From and to of a cell.</summary>
    public static (MappedValue From, MappedValue To) ReadPeriod(Cell cell, FiscalYear year)
    {
        var key = TextForms.Key(cell.Text);
        if (MappedBlank.Is(cell.Text))
            return (MappedValue.Nothing, MappedValue.Nothing);
        if (key is "通年" or "年間" or "年度内" or "周年")
            return (new(year.Japanese), new(year.Japanese));
        if (cell.Kind is CellKind.Number && FromNumber(cell) is { } counted)
            return (counted, MappedValue.Nothing);
        var bare = Bare(cell.Text, out _);
        var cut = Until().Match(bare);
        var dates = Tokens(bare);
        if (dates.Count == 0)
            return (new(null, Error: $"「{Shorten(cell.Text)}」は期間として読めません。例: H19.4.1～H20.3.31、平成19年度"), MappedValue.Nothing);
        var first = dates[0].Date;
        var warning = dates.Count > 2 ? $"日付が{dates.Count}つあります。はじめの2つを読みました: {Shorten(cell.Text)}" : null;
        if (dates.Count > 1)
            return (new(first.Japanese, warning), new(dates[1].Date.Japanese));
        if (cut.Success && cut.Index < dates[0].Index)
            return (MappedValue.Nothing, new(first.Japanese));
        if (!cut.Success)
            return (new(first.Japanese), first.Month is null ? new(first.Japanese) : MappedValue.Nothing);
        // H19.4～3月: the year goes on from the first.
        return MonthOnly().Match(bare[(cut.Index + cut.Length)..]) is { Success: true } month && Later(first, month) is { } last
            ? (new(first.Japanese, warning), new(last))
            : (new(first.Japanese, warning), MappedValue.Nothing);
    }

    private static string? Later(PartialDate first, Match month)
    {
        var number = int.Parse(month.Groups["month"].Value, CultureInfo.InvariantCulture);
        var year = first.Month is { } from && number < from ? first.Year + 1 : first.Month is null && number < 4 ? first.Year + 1 : first.Year;
        var text = month.Groups["day"].Success ? $"{year}-{number:00}-{int.Parse(month.Groups["day"].Value, CultureInfo.InvariantCulture):00}" : $"{year}-{number:00}";
        return PartialDate.TryParse(text, out var date) ? date.Japanese : null;
    }

    // A day whose cell lost its format, or 20070401.
    private static MappedValue? FromNumber(Cell cell)
    {
        if (cell.Number is not { } number || number != Math.Truncate(number))
            return null;
        if (number is >= 18_680_101 and <= 22_001_231 && PartialDate.TryParse(string.Create(CultureInfo.InvariantCulture, $"{number / 10000:0000}").Length == 4 ? string.Create(CultureInfo.InvariantCulture, $"{(int)number / 10000:0000}-{(int)number / 100 % 100:00}-{(int)number % 100:00}") : "", out var written))
            return new(written.Japanese);
        return number is >= 20_000 and < 80_000 && DateSerial.ToDate(number, is1904: false) is { } date
            ? new(PartialDate.Of(DateOnly.FromDateTime(date)).Japanese, $"数値の {cell.Text} を、書式の外れた日付（{date:yyyy-MM-dd}）として読みました。")
            : null;
    }

    private static string Bare(string text, out bool hasNote)
    {
        var folded = TextForms.Fold(text);
        var bare = InBrackets().Replace(folded, " ").Trim();
        hasNote = bare.Length != folded.Length;
        // All of it in brackets: then they hold the date.
        return Token().IsMatch(bare) ? bare : folded;
    }

    private static List<(PartialDate Date, int Index, bool IsWholeYear, string Beside)> Tokens(string text)
    {
        var found = new List<(PartialDate, int, bool, string)>();
        var rest = TextForms.Key(Around().Replace(Token().Replace(text, " "), ""));
        foreach (Match token in Token().Matches(text))
        {
            var written = token.Value.Trim();
            var isYear = token.Groups["year"].Success;
            if (isYear)
                written = written.TrimEnd('年', '度') + "年度";
            if (PartialDate.TryParse(written.Replace(" ", "", StringComparison.Ordinal), out var date))
                found.Add((date, token.Index, isYear && !token.Value.Contains('度', StringComparison.Ordinal), rest));
        }
        return found;
    }

    private static string Shorten(string text) => text.Replace("\n", " ", StringComparison.Ordinal) is var line && line.Length <= 60 ? line : line[..60] + "…";

    [GeneratedRegex(@"\([^()]*\)|【[^】]*】|\[[^\]]*\]|\([^()]*$", RegexOptions.None, 500)]
    private static partial Regex InBrackets();

    [GeneratedRegex(
        @"(?<![\d.])((明治|大正|昭和|平成|令和|明|大|昭|平|令|(?<![a-z])[mtshr])[. ]?(元|\d{1,2})|\d{4})"
        + @"(\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?|\s?[年./-]\s?\d{1,2}(\s?月)?(?!\d)|(?<year>\s?年度?)|(?<year>(?=\s*(~|〜|-|から|$))))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Token();

    [GeneratedRegex(@"~|〜|から|より|-(?=\s|[^\d]|$)|→", RegexOptions.None, 500)]
    private static partial Regex Until();

    [GeneratedRegex(@"^\s?(?<month>\d{1,2})\s?月\s?((?<day>\d{1,2})\s?日)?", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex MonthOnly();

    [GeneratedRegex(@"~|〜|から|まで|より|締結|契約|[\s,、。:;\-]", RegexOptions.None, 500)]
    private static partial Regex Around();
}

/// <summary>Who is on the other side, from one cell: a name with its address, its 法人番号, ほか 計50団体.</summary>
internal sealed partial record MappedPartners(IReadOnlyList<string> Names, IReadOnlyList<string> Numbers, int? Count)
{
    private static readonly string[] LegalForms =
    [
        "公益財団法人", "公益社団法人", "一般財団法人", "一般社団法人", "財団法人", "社団法人", "特定非営利活動法人", "npo法人", "社会福祉法人", "学校法人",
        "医療法人", "株式会社", "有限会社", "合同会社", "(公財)", "(公社)", "(一財)", "(一社)", "(株)", "(有)", "(特非)", "(福)", "(財)", "(社)",
    ];

    /// <param name="text">The cell.</param>
    /// <param name="withAddress">The header says that the address stands in the cell too: it is left out.</param>
    public static MappedPartners Read(string text, bool withAddress)
    {
        var numbers = Labelled().Matches(TextForms.Fold(text)).Select(match => match.Groups["number"].Value.Replace("-", "", StringComparison.Ordinal)).ToList();
        var names = new List<string>();
        int? count = null;
        foreach (var piece in Spaces().Split(TextForms.Clean(text)).SelectMany(piece => withAddress ? BeforeAddress().Split(piece) : [piece]))
        {
            var name = TextForms.Clean(WithoutNumber().Replace(piece, ""));
            if (And().Match(TextForms.Fold(name)) is { Success: true } and)
            {
                if (int.TryParse(and.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var said))
                    count = said;
                name = TextForms.Clean(TextForms.Fold(name)[..and.Index]);
            }
            name = name.Trim('、', ',', '，', ' ', '\u3000');
            if (name.Length == 0)
                continue;
            if (withAddress && names.Count > 0 && !IsLegalForm(names[^1]))
                break;
            if (names.Count > 0 && IsLegalForm(names[^1]))
                names[^1] += name;
            else
                names.AddRange(withAddress ? [name] : name.Split(['、', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return new MappedPartners(names, numbers, count);
    }

    private static bool IsLegalForm(string name) => LegalForms.Contains(TextForms.Key(name));

    [GeneratedRegex(@"法人番号\s?[:：]?\s?(?<number>[\d-]{10,20})", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"[(（]?\s*法人番号\s*[:：]?\s*[0-9０-９\-－]*\s*[)）]?", RegexOptions.None, 500)]
    private static partial Regex WithoutNumber();

    [GeneratedRegex(@"\n|[ \u3000]{3,}|\t", RegexOptions.None, 500)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \u3000]+(?=〒|北海道|東京都|京都府|大阪府|[^\s\u3000]{2,3}県|[^\s\u3000]{1,6}市)", RegexOptions.None, 500)]
    private static partial Regex BeforeAddress();

    [GeneratedRegex(@"\s?、?(ほか|他|外)\s?(計|全)?\s?((?<number>\d{1,6})\s?(団体|社|者|名|法人|組織)?)?\s?$|\s?(計|全)\s?(?<number>\d{1,6})\s?団体$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex And();
}

/// <summary>A 法人番号 in a cell of its own, and how to know one that a spreadsheet has destroyed.</summary>
internal static class MappedNumber
{
    public static MappedValue Read(Cell cell)
    {
        if (MappedBlank.Is(cell.Text))
            return MappedValue.Nothing;
        var text = TextForms.Key(cell.Text).Replace("-", "", StringComparison.Ordinal).Replace("法人番号", "", StringComparison.Ordinal).Trim(':', '(', ')', '.');
        if (text.Contains("e+", StringComparison.Ordinal) || (text.Length >= 13 && text.All(char.IsAsciiDigit) && text.EndsWith("000000", StringComparison.Ordinal)))
            return new(null, Error: $"法人番号「{cell.Text}」は、Excelの表示（1.23E+12 など）のまま保存されて下の桁が失われています。正しい13桁を文字列として書くか、法人番号の列を使わないでください。");
        if (text.Length == 12 && text.All(char.IsAsciiDigit))
            return new(null, Error: $"「{cell.Text}」は12桁です（会社法人等番号か、先頭の桁が落ちたものです）。13桁の法人番号を書くか、空欄にしてください。");
        return new(text);
    }
}

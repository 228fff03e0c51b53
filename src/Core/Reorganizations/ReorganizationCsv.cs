using System.Text;
using CsvHelper;
using Kyodo.Common;
using Kyodo.Organizations;

namespace Kyodo.Reorganizations;

/// <summary>
/// A change set as CSV, one line a change: 変更, 変更前コード, 変更後コード, 名称, 上の組織コード, 種類. UTF-8, or Shift_JIS as Excel saves it; the columns in
/// any order, known by their headers.
/// </summary>
public static class ReorganizationCsv
{
    private const int MostBytes = 1 << 20;

    private static readonly string[] Headers = ["変更", "変更前コード", "変更後コード", "名称", "上の組織コード", "種類"];

    private static readonly Dictionary<string, OrgUnitKind> Kinds = new(StringComparer.Ordinal)
    {
        ["部局"] = OrgUnitKind.Department,
        ["課"] = OrgUnitKind.Division,
        ["地域振興局"] = OrgUnitKind.RegionalBureau,
        ["市町村"] = OrgUnitKind.Municipality,
    };

    public static string Name(OrgUnitKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>All lines of the file; or a refusal that names each cell that cannot be read, and nothing is taken.</summary>
    public static IReadOnlyList<ReorganizationLine> Read(ReadOnlySpan<byte> file)
    {
        Refusal.If(file.Length > MostBytes ? "CSVが大きすぎます。1 MBまでにしてください。" : null);
        var text = JapaneseText.Read(file) ?? throw new Refusal("文字コードがUTF-8でもShift_JISでもありません。Excelの「CSV UTF-8（コンマ区切り）」で保存し直してください。");
        Refusal.If(text.Text.Contains('\0', StringComparison.Ordinal) || text.Text.Count(c => c == '"') % 2 != 0 ? "CSVとして読めません。引用符（\"）の対応を確かめてください。" : null);
        var rows = Rows(text.Text);
        if (rows.Count == 0)
            throw new Refusal($"CSVに見出しの行がありません。1行目を「{string.Join(',', Headers)}」にしてください。");
        var places = rows[0].Select(TextForms.Key).ToList();
        var columns = Headers.ToDictionary(header => header, header => places.IndexOf(TextForms.Key(header)), StringComparer.Ordinal);
        if (columns["変更"] < 0)
            throw new Refusal($"CSVの見出しに「変更」がありません。1行目を「{string.Join(',', Headers)}」にしてください。");
        var (lines, problems) = (new List<ReorganizationLine>(), new List<Problem>());
        for (var i = 1; i < rows.Count; i++)
        {
            string? Cell(string header) => columns[header] is >= 0 and var at && at < rows[i].Count && TextForms.Clean(rows[i][at]) is { Length: > 0 } cell ? cell : null;
            void Wrong(string header, string message) => problems.Add(new Problem(Severity.Error, message, Cell: $"{i + 1}行目「{header}」"));
            if (Array.TrueForAll(Headers, header => Cell(header) is null))
                continue;
            var word = Cell("変更") ?? "";
            if (Changes().FirstOrDefault(c => ReorganizationStates.Name(c) == word) is var change && ReorganizationStates.Name(change) != word)
                Wrong("変更", $"「{word}」は変更として読めません。{string.Join("、", Changes().Select(ReorganizationStates.Name))}のどれかにしてください。");
            OrgUnitKind? kind = Cell("種類") is { } typed && Kinds.TryGetValue(typed, out var known) ? known : null;
            if (Cell("種類") is { } other && kind is null)
                Wrong("種類", $"「{other}」は組織の種類として読めません。{string.Join("、", Kinds.Keys)}のどれかにしてください。");
            lines.Add(new ReorganizationLine(change, Code(Cell("変更前コード")), Code(Cell("変更後コード")), Cell("名称"), Code(Cell("上の組織コード")), kind));
        }
        if (problems.Count > 0)
            throw new Refusal("CSVに読めないところがあります。まだ何も変えていません。", problems);
        return lines;
    }

    /// <summary>UTF-8 with BOM, so that Excel opens it as it is.</summary>
    public static byte[] Write(IReadOnlyList<ReorganizationLine> lines)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', Headers).Append("\r\n");
        foreach (var line in lines)
            text.AppendJoin(',', new[] { ReorganizationStates.Name(line.Change), line.From, line.To, line.Name, line.Parent, line.Kind is { } kind ? Name(kind) : null }.Select(Quoted)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static ReorganizationChange[] Changes() => Enum.GetValues<ReorganizationChange>();

    // Full-width digits and letters, as a Japanese keyboard writes them.
    private static string? Code(string? cell) => cell is null ? null : cell.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    // A cell that begins like a formula is not handed to a spreadsheet as one.
    private static string Quoted(string? cell) => cell is null ? "" : $"\"{(cell[0] is '=' or '+' or '-' or '@' ? "'" : "")}{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<List<string>> Rows(string text)
    {
        try
        {
            using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(text), new CsvReaderOptions { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty });
            var rows = new List<List<string>>();
            while (csv.Read())
                rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).TrimStart('\uFEFF'))]);
            return rows;
        }
        catch (CsvFormatException)
        {
            throw new Refusal("CSVとして読めません。引用符（\"）の対応を確かめてください。");
        }
    }
}

using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Workbooks;

namespace Kyodo.Federation;

/// <summary>What a plain list does not say of itself.</summary>
public sealed record ForeignListAbout(string ProgrammeKey, string Name, FiscalYear Year, string Licence);

/// <summary>
/// A government's list as plain CSV (UTF-8 or Excel's Shift_JIS): columns found by their headers or by a mapping from part to header.
/// Every column that has no place of its own is kept under its header.
/// </summary>
public static class ForeignList
{
    public const int LargestFile = 20_000_000;

    private static readonly Dictionary<string, string[]> Headers = new(StringComparer.Ordinal)
    {
        ["id"] = ["番号", "no", "no.", "id", "case_id", "事例番号", "整理番号"],
        ["title"] = ["事業名", "事例名", "タイトル", "名称", "取組名", "事業の名称", "title"],
        ["summary"] = ["概要", "事業概要", "事業の概要", "内容", "取組内容", "取組概要", "summary"],
        ["unit"] = ["担当課", "担当", "所属", "課名", "部局", "担当部署", "所管課", "unit"],
        ["form"] = ["協働形態", "形態", "協働の形態", "form"],
        ["partners"] = ["相手方", "協働の相手方", "団体名", "協働相手", "パートナー", "partners"],
        ["municipalities"] = ["市町村", "実施場所", "場所", "地域", "municipalities"],
        ["themes"] = ["分野", "テーマ", "活動分野", "themes"],
        ["status"] = ["新規・継続", "区分", "新規継続", "status"],
    };

    public static IReadOnlyCollection<string> Parts => Headers.Keys;

    /// <param name="mapping">Header by part; null guesses them.</param>
    public static ForeignEdition Read(ReadOnlyMemory<byte> file, ForeignListAbout about, IReadOnlyDictionary<string, string>? mapping, string governmentCode, DateTimeOffset now)
    {
        Refusal.If(!ForeignEdition.IsKey(about.ProgrammeKey) ? "制度の短い名前は、小文字の英数字とハイフンで40字までです。例: kyodo"
            : about.Name.Trim().Length is 0 or > 100 ? "制度の名前を100字以内で書いてください。"
            : about.Licence.Trim().Length is 0 or > 200 ? "利用条件を書いてください。例: CC BY 4.0"
            : mapping?.Keys.FirstOrDefault(part => !Headers.ContainsKey(part)) is { } unknown ? $"対応の「{unknown}」は知らない名前です。使えるのは {string.Join("、", Headers.Keys)} です。"
            : null);
        var sheet = CsvFile.Sheet(CsvFile.AsUtf8(file).Utf8);
        if (sheet.Rows.Count < 2)
            throw new Refusal("見出しの行と、1行以上の事例が要ります。");
        var header = sheet.Rows[0].Cells.ToDictionary(cell => cell.Column, cell => cell.Text.Trim());
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (part, names) in Headers)
        {
            var wanted = mapping is null ? names : mapping.TryGetValue(part, out var said) ? [said] : [];
            var found = header.FirstOrDefault(cell => wanted.Contains(TextForms.Fold(cell.Value).ToLowerInvariant()) || wanted.Contains(cell.Value));
            if (found.Value is not null && !columns.ContainsValue(found.Key))
                columns[part] = found.Key;
            else if (mapping?.ContainsKey(part) == true)
                throw new Refusal($"「{mapping[part]}」という見出しの列がありません。見出しは {string.Join("、", header.Values.Take(20))} です。");
        }
        if (!columns.ContainsKey("title"))
            throw new Refusal($"事業名の列が分かりません。--mapping で title の見出しを示してください。見出しは {string.Join("、", header.Values.Take(20))} です。");
        var (cases, problems) = (new List<FederatedCase>(), new List<Problem>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in sheet.Rows.Skip(1).Where(row => row.Cells.Count > 0))
        {
            string Of(string part) => columns.TryGetValue(part, out var column) ? TextForms.Clean(row.Cells.FirstOrDefault(cell => cell.Column == column)?.Text) : "";
            var title = Of("title").ReplaceLineEndings(" ").Trim();
            var key = Of("id") is { Length: > 0 } id ? id : title;
            var wrong = title.Length is 0 or > PublishedCase.LongestTitle ? $"事業名は1字から{PublishedCase.LongestTitle}字までです。"
                : row.Cells.Any(cell => cell.Text.Length > 20_000) ? "20,000字を超えるセルがあります。"
                : !seen.Add(key) ? $"「{TextForms.UpTo(60, key)}」の行がもうあります。番号の列（id）で区別してください。"
                : null;
            if (wrong is not null)
            {
                problems.Add(new Problem(Severity.Error, wrong, "CSV", $"A{row.Number}"));
                continue;
            }
            cases.Add(new FederatedCase
            {
                CaseId = ForeignEdition.IdOf(governmentCode, about.ProgrammeKey, about.Year.ToString(), key),
                ProjectId = ForeignEdition.IdOf(governmentCode, about.ProgrammeKey, TextForms.Key(title)),
                SourceId = Of("id") is { Length: > 0 } number ? TextForms.UpTo(100, number) : null,
                Order = cases.Count + 1,
                Year = about.Year,
                Title = title,
                Summary = Of("summary"),
                UnitName = TextForms.UpTo(100, Of("unit").ReplaceLineEndings(" ")),
                Lineage = "unknown",
                Status = Of("status") is var status && status.Contains('新') ? "new" : status.Contains('終') ? "ended" : "continued",
                MunicipalitiesJson = ForeignEdition.Texts(Listed(Of("municipalities"))),
                ThemesJson = ForeignEdition.Texts(Listed(Of("themes"))),
                PartnersJson = JsonSerializer.Serialize(Listed(Of("partners")).Take(200).Select(name => new PublishedPartner(ForeignEdition.IdOf(governmentCode, TextForms.OrganisationKey(name)), TextForms.UpTo(200, name), "")), Json.Plain),
                AnswersJson = JsonSerializer.Serialize(row.Cells.Where(cell => !columns.ContainsValue(cell.Column) || cell.Column == columns.GetValueOrDefault("form"))
                    .Select(cell => new AnswerAsRead(TextForms.UpTo(200, header.GetValueOrDefault(cell.Column, "（見出しなし）")), "", [.. TextForms.Clean(cell.Text).Split('\n').Where(line => line.Length > 0)])), Json.Plain),
            });
        }
        if (problems.Count > 0)
            throw new Refusal($"{problems.Count}行に直すところがあります。何も取り込んでいません。", problems);
        Refusal.If(cases.Count > ForeignEdition.MostCases ? $"1つの年度版は{ForeignEdition.MostCases:N0}件までです。" : null);
        return new ForeignEdition
        {
            ProgrammeKey = about.ProgrammeKey,
            NameJa = TextForms.Clean(about.Name).Trim(),
            Year = about.Year,
            ReleasedAt = now,
            Licence = TextForms.Clean(about.Licence).Trim(),
            Cases = cases,
            ManifestHash = ForeignEdition.HashOf(file.Span),
            IsPlainList = true,
        };
    }

    private static IEnumerable<string> Listed(string text) => text.Split(['\n', '、', '，', ';', '；', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);
}

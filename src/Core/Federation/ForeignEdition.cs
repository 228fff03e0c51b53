using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Questions;

namespace Kyodo.Federation;

/// <summary>
/// Another government's edition as its files say it, read whole and verified before anything of it is kept: <c>cases.json</c> must be what
/// <c>manifest.json</c> lists. Nothing in it is trusted: every text is shown as text, and what is too long or of no known shape is refused.
/// </summary>
public sealed record ForeignEdition
{
    public const int LargestManifest = 4_000_000;
    public const int LargestCases = 200_000_000;
    public const int MostCases = 20_000;
    private const int LongestLine = 20_000;
    private const int LongestCase = 200_000;

    // They have places of their own on the page of a case.
    private static readonly string[] Placed = ["title", "summary", "partners", "theme", "declared"];

    public required string ProgrammeKey { get; init; }

    public required string NameJa { get; init; }

    public string NameEn { get; init; } = "";

    public required FiscalYear Year { get; init; }

    public int No { get; init; } = 1;

    public required DateTimeOffset ReleasedAt { get; init; }

    public string? Erratum { get; init; }

    public string? Remark { get; init; }

    public required string Licence { get; init; }

    public IReadOnlyList<PublishedForm> Forms { get; init; } = [];

    public required IReadOnlyList<FederatedCase> Cases { get; init; }

    public required string ManifestHash { get; init; }

    /// <summary>The government redacted files of this revision (非公開措置), so that they are not those that were released.</summary>
    public bool MayDiffer { get; init; }

    public bool IsPlainList { get; init; }

    public static string HashOf(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <param name="governmentCode">Whose edition it is: ids of partners are made its own, so that no file can pass for a partner known here.</param>
    public static ForeignEdition Read(ReadOnlyMemory<byte> manifestFile, ReadOnlyMemory<byte> casesFile, string governmentCode)
    {
        var manifest = Parsed<Manifest>(manifestFile, Manifest.FileName);
        var listed = manifest.Files?.FirstOrDefault(file => file?.Name == CasesJson.FileName) ?? throw new Refusal("目録（manifest.json）に cases.json が載っていません。年度版のフォルダーをまるごと渡してください。");
        if (HashOf(casesFile.Span) is var hash && hash != listed.Sha256)
            throw new Refusal($"cases.json の中身が目録と違います（目録 {TextForms.UpTo(12, listed.Sha256 ?? "")}…、実際 {hash[..12]}…）。途中で変わったか、別の版のものです。公表元から取り直してください。");
        var file = Parsed<FileOfCases>(casesFile, CasesJson.FileName);
        var edition = file.Edition ?? throw Unreadable(CasesJson.FileName, "edition がありません");
        var name = $"{edition.Programme}/{edition.FiscalYear}";
        if (manifest.Edition != name || manifest.Revision != edition.Revision)
            throw new Refusal($"目録は「{TextForms.UpTo(60, manifest.Edition ?? "")}」第{manifest.Revision}版のもの、cases.json は「{TextForms.UpTo(60, name)}」第{edition.Revision}版のものです。同じ版のファイルを揃えてください。");
        if (!IsKey(edition.Programme))
            throw Unreadable(CasesJson.FileName, "edition.programme は、小文字の英数字とハイフンで40字までです");
        if (string.IsNullOrWhiteSpace(edition.Licence))
            throw new Refusal("利用条件（edition.licence）が書かれていません。利用条件のない年度版は載せられません。");
        if (edition.FiscalYear.Year is < 1947 or > 2200)
            throw Unreadable(CasesJson.FileName, "edition.fiscal_year は1947年度から2200年度までです");
        if (file.Cases is null || file.Cases.Contains(null) || file.Cases.Count > MostCases)
            throw Unreadable(CasesJson.FileName, $"cases は{MostCases:N0}件までの一覧です");
        var questions = (file.Questions ?? []).Where(q => q is { Visibility: Visibility.Public } && !Placed.Contains(q.Key) && q.Type is not "file" and not "form" && AnswerType.Exists(q.Type)).ToList();
        var forms = (file.Forms ?? []).Where(form => form is not null).Take(100).ToList();
        var read = new ForeignEdition
        {
            ProgrammeKey = edition.Programme,
            NameJa = Required(edition.Name, 100, "edition.name"),
            NameEn = TextForms.UpTo(100, TextForms.Clean(edition.NameEn)),
            Year = edition.FiscalYear,
            No = edition.Revision is > 0 and < 1000 ? edition.Revision : throw Unreadable(CasesJson.FileName, "edition.revision は1から999までです"),
            ReleasedAt = edition.ReleasedAt,
            Erratum = Optional(edition.Erratum, 2000),
            Remark = Optional(edition.Remark, 400),
            Licence = TextForms.UpTo(200, TextForms.Clean(edition.Licence)),
            Forms = forms,
            ManifestHash = HashOf(manifestFile.Span),
            MayDiffer = manifest.Redactions is { Count: > 0 },
            Cases = [.. file.Cases.Select((one, i) => CaseOf(one!, i, edition.FiscalYear, questions, governmentCode))],
        };
        if (read.Cases.Select(one => one.CaseId).Distinct(StringComparer.Ordinal).Count() != read.Cases.Count)
            throw Unreadable(CasesJson.FileName, "同じ case_id の事例が2件あります");
        return read;
    }

    private static FederatedCase CaseOf(CaseOfFile one, int place, FiscalYear year, IReadOnlyList<Question?> questions, string governmentCode)
    {
        var where = $"{place + 1}件目の事例";
        if (!PublicId.IsOne(one.CaseId))
            throw Unreadable(CasesJson.FileName, $"{where}の case_id が正しくありません");
        var answers = new List<AnswerAsRead>();
        foreach (var question in questions)
        {
            if (one.Answers?[question!.Key] is { } value && Lines(question, value, where) is { Count: > 0 } lines)
                answers.Add(new AnswerAsRead(TextForms.UpTo(200, TextForms.Clean(question.LabelJa)), TextForms.UpTo(200, TextForms.Clean(question.LabelEn)), lines));
        }
        if (answers.Sum(answer => answer.Lines.Sum(line => line.Length)) > LongestCase)
            throw Unreadable(CasesJson.FileName, $"{where}の文が長すぎます（{LongestCase:N0}字まで）");
        return new FederatedCase
        {
            CaseId = one.CaseId,
            ProjectId = TextForms.UpTo(40, one.ProjectId ?? ""),
            SourceId = one.SourceId is { Length: > 0 } source ? TextForms.UpTo(100, source) : null,
            Order = place + 1,
            Year = year,
            Title = Required(one.Title, PublishedCase.LongestTitle, $"{where}の title"),
            Summary = Summary(one.Answers, where),
            FormNo = one.FormNo,
            UnitCode = TextForms.UpTo(40, one.UnitCode ?? ""),
            UnitName = TextForms.UpTo(100, TextForms.Clean(one.Unit)),
            Declared = TextForms.UpTo(20, one.Declared ?? ""),
            Lineage = one.Lineage is "new" or "continued" or "ended" ? one.Lineage : "unknown",
            Status = one.Status is "new" or "continued" or "ended" ? one.Status : "continued",
            BudgetYen = one.BudgetYen,
            MunicipalitiesJson = Texts(one.Municipalities),
            ThemesJson = Texts(one.Themes),
            PartnersJson = JsonSerializer.Serialize((one.Partners ?? []).Where(p => p?.Name is { Length: > 0 }).Take(200)
                .Select(p => new PublishedPartner(IdOf(governmentCode, p.Id ?? p.Name), TextForms.UpTo(200, TextForms.Clean(p.Name)), TextForms.UpTo(40, TextForms.Clean(p.Kind)))), Json.Plain),
            AnswersJson = JsonSerializer.Serialize(answers, Json.Plain),
        };
    }

    /// <summary>The id that something of a government has here: always the same, and never one that was given out here.</summary>
    internal static string IdOf(params string[] of) => PublicId.Of(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', of)))));

    internal static string Texts(IEnumerable<string?>? texts) =>
        JsonSerializer.Serialize((texts ?? []).OfType<string>().Where(text => text.Length > 0).Take(100).Select(text => TextForms.UpTo(60, TextForms.Clean(text))), Json.Plain);

    internal static bool IsKey(string? key) => key is { Length: > 0 and <= 40 } && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    // A summary is a public answer like any other; a file of another make may have none.
    private static string Summary(JsonObject? answers, string where)
    {
        var summary = answers?["summary"] is JsonValue value && value.TryGetValue<string>(out var text) ? TextForms.Clean(text) : "";
        return summary.Length <= LongestLine ? summary : throw Unreadable(CasesJson.FileName, $"{where}の summary が長すぎます（{LongestLine:N0}字まで）");
    }

    private static List<string> Lines(Question question, JsonNode value, string where)
    {
        try
        {
            var lines = question.AnswerType.Show(question, value).Select(line => TextForms.Clean(line)).Where(line => line.Length > 0).ToList();
            return lines.Count <= 1000 && lines.TrueForAll(line => line.Length <= LongestLine) ? lines : throw Unreadable(CasesJson.FileName, $"{where}の「{question.Key}」が長すぎます");
        }
        catch (Exception broken) when (broken is not (Refusal or OperationCanceledException))
        {
            throw Unreadable(CasesJson.FileName, $"{where}の「{question.Key}」が、{question.Type} の形をしていません");
        }
    }

    private static string Required(string? text, int most, string what) =>
        TextForms.Clean(text).ReplaceLineEndings(" ").Trim() is { Length: > 0 } clean && clean.Length <= most ? clean : throw Unreadable(CasesJson.FileName, $"{what} は1字から{most}字までです");

    private static string? Optional(string? text, int most) => string.IsNullOrWhiteSpace(text) ? null : TextForms.UpTo(most, TextForms.Clean(text));

    private static T Parsed<T>(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(file.Span is [0xEF, 0xBB, 0xBF, ..] ? file.Span[3..] : file.Span, Json.Plain) ?? throw Unreadable(name, "中身がありません");
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw Unreadable(name, broken is JsonException { Path: { } path } ? $"{TextForms.UpTo(80, path)} のところ" : "JSONとして正しくありません");
        }
    }

    private static Refusal Unreadable(string file, string why) => new($"{file} が読めません（{why}）。何も取り込んでいません。");

    private sealed record FileOfCases(EditionOfCases? Edition, List<PublishedForm>? Forms, List<Question?>? Questions, List<CaseOfFile?>? Cases);

    private sealed record EditionOfCases(string Programme, string? Name, string? NameEn, FiscalYear FiscalYear, int Revision, DateTimeOffset ReleasedAt, string? Erratum, string? Remark, string? Licence);

    private sealed record CaseOfFile(
        string CaseId, string? ProjectId, string? SourceId, string? Title, int FormNo, string? Declared, string? Lineage, string? Status, string? UnitCode, string? Unit,
        List<string?>? Municipalities, List<string?>? Themes, List<PublishedPartner>? Partners, long? BudgetYen, JsonObject? Answers);
}

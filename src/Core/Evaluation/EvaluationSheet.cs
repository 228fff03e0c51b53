using System.Text.Json;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Scores;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

/// <summary>
/// 評価シート: one version of the criteria with their scale, as data. A draft may be edited; from its first use on it never changes, and a
/// change is the next version.
/// </summary>
public sealed partial class EvaluationSheet : Record
{
    public const int MostCriteria = 40;
    public const int LongestText = 120;

    private EvaluationSheet()
    {
    }

    private EvaluationSheet(int version, Definition definition) => (Version, DefinitionJson) = (version, JsonSerializer.Serialize(definition, Json.Plain));

    public long Id { get; private set; }

    public int Version { get; private set; }

    public SheetStatus Status { get; private set; }

    public string DefinitionJson { get; private set; } = "";

    public DateTimeOffset? FrozenAt { get; private set; }

    public Scale Scale => new(Read.Scale);

    public IReadOnlyList<Criterion> Criteria => Read.Criteria;

    public override string AuditName => $"evaluation-sheet/{Version}";

    private Definition Read => field is { } read && ReferenceEquals(read.From, DefinitionJson) ? read : field = JsonSerializer.Deserialize<Definition>(DefinitionJson, Json.Plain)! with { From = DefinitionJson };

    /// <summary>The criteria that a form asks at a phase, each with its place in the marks.</summary>
    public IEnumerable<(Criterion Criterion, int Place)> Asked(SheetForm form, EvaluationPhase phase) =>
        Criteria.Select((criterion, place) => (criterion, place)).Where(pair => pair.criterion.IsAsked(form, phase));

    /// <summary>The twenty criteria and the short form of five that the program brings along.</summary>
    public static EvaluationSheet BuiltIn(Actor by, DateTimeOffset now)
    {
        using var stream = typeof(EvaluationSheet).Assembly.GetManifestResourceStream("Kyodo.Evaluation.BuiltInSheet.json")!;
        var sheet = new EvaluationSheet(1, JsonSerializer.Deserialize<Definition>(stream, Json.Plain)!);
        sheet.Happened(by, now, "sheet-entered");
        return sheet;
    }

    public static string? WhyNotWrite(Actor by) => by.Is(Role.Coordinator) ? null : "評価シートを変えられるのは、協働の担当課だけです。";

    public string? WhyNotEdit(Actor by) =>
        WhyNotWrite(by) is { } not ? not
        : !EvaluationStates.Sheets.Allows(Status, SheetVerb.Edit) ? $"評価シート第{Version}版は評価に使っているため、変えられません。次の版を作って、そちらを直してください。"
        : null;

    /// <summary>The next version, a draft with the same words.</summary>
    public EvaluationSheet Next(int newest, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWrite(by));
        var next = new EvaluationSheet(newest + 1, Read);
        next.Happened(by, now, "sheet-entered", $"第{Version}版から");
        return next;
    }

    public void Edit(IReadOnlyList<Criterion> criteria, IReadOnlyList<string> scale, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotEdit(by));
        var clean = criteria.Select(c => c with { No = TextForms.Fold(c.No), TextJa = TextForms.Clean(c.TextJa), TextEn = TextForms.Clean(c.TextEn), Basis = TextForms.Clean(c.Basis) }).ToList();
        var labels = scale.Select(TextForms.Clean).Where(label => label.Length > 0).ToList();
        if (WhyNotUse(clean, labels) is { Count: > 0 } wrong)
            throw new Refusal("評価シートを保存できませんでした", wrong);
        DefinitionJson = JsonSerializer.Serialize(new Definition(labels, clean), Json.Plain);
        Happened(by, now, "sheet-edited", $"{clean.Count}項目、{labels.Count}段階");
    }

    internal void Use(Actor by, DateTimeOffset now)
    {
        Status = EvaluationStates.Sheets.After(Status, SheetVerb.Use)!.Value;
        if (FrozenAt is not null)
            return;
        FrozenAt = now;
        Happened(by, now, "sheet-frozen");
    }

    private static List<Problem> WhyNotUse(List<Criterion> criteria, List<string> labels)
    {
        var wrong = new List<Problem>();
        void Say(string words, string field) => wrong.Add(new Problem(Severity.Error, words, Field: field));
        if (criteria.Count is 0 or > MostCriteria)
            Say($"評価項目は1から{MostCriteria}までにしてください。", "criteria");
        if (labels.Count is < 2 or > 7)
            Say("段階は2から7までにしてください。1行に1つ、低いほうから書きます。", "scale");
        if (labels.Exists(label => label.Length > 20))
            Say("段階の言葉は20字以内にしてください。", "scale");
        if (!criteria.Exists(c => c.IsShort))
            Say("簡易版に入れる項目を1つ以上選んでください。", "criteria");
        foreach (var (criterion, i) in criteria.Select((criterion, i) => (criterion, i)))
        {
            if (!Number().IsMatch(criterion.No))
                Say($"{i + 1}番目の項目の番号「{criterion.No}」は、英字1字と数字で書いてください。例: K21", $"no-{i}");
            if (criterion.TextJa.Length is 0 or > LongestText)
                Say($"{criterion.No}の文を1字以上{LongestText}字以内で書いてください。", $"text-{i}");
            if (criterion.TextEn.Length > 200 || criterion.Basis.Length > 200)
                Say($"{criterion.No}の英語の文と出典は200字以内で書いてください。", $"text-{i}");
        }
        foreach (var twice in criteria.GroupBy(c => c.No).Where(g => g.Count() > 1))
            Say($"番号{twice.Key}が2つあります。", "criteria");
        return wrong;
    }

    [GeneratedRegex("^[A-Z][0-9]{1,3}$", RegexOptions.None, 500)]
    private static partial Regex Number();

    private sealed record Definition(IReadOnlyList<string> Scale, IReadOnlyList<Criterion> Criteria)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public string? From { get; init; }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<EvaluationSheet>
    {
        public void Configure(EntityTypeBuilder<EvaluationSheet> builder)
        {
            builder.ToTable("evaluation_sheets");
            builder.Ignore(s => s.Scale);
            builder.Ignore(s => s.Criteria);
            builder.HasIndex(s => s.Version).IsUnique();
        }
    }
}

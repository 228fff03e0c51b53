using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kyodo.Common;
using Kyodo.Editions.Files;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>How a case of a revision stands to the revision before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    [JsonStringEnumMemberName("added")]
    Added,

    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    [JsonStringEnumMemberName("changed")]
    Changed,
}

/// <summary>前の版との違い, by case and field. Exactly the JSON of <c>changes.json</c>; of a first revision it lists nothing.</summary>
public sealed record EditionChanges(
    string Edition, int Revision, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Previous, DateTimeOffset ReleasedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Erratum, ChangeTotals Totals, IReadOnlyList<CaseChange> Cases)
{
    public const string FileName = "changes.json";

    /// <summary>What the copy holds, against the same readership's copy of the revision before.</summary>
    /// <param name="withdrawn">Ids of the cases that were withdrawn.</param>
    public static EditionChanges Of(EditionCopy copy, EditionCopy? before, IReadOnlySet<string>? withdrawn = null)
    {
        var revision = copy.Revision;
        var old = before?.Cases.ToDictionary(one => one.CaseId, StringComparer.Ordinal) ?? [];
        var now = copy.Cases.Select(one => one.CaseId).ToHashSet(StringComparer.Ordinal);
        var cases = before is null ? [] : copy.Cases.Select(one => Change(copy, one, before, old.GetValueOrDefault(one.CaseId))).OfType<CaseChange>()
            .Concat(before.Cases.Where(one => !now.Contains(one.CaseId))
                .Select(one => new CaseChange(one.CaseId, one.Title, withdrawn?.Contains(one.CaseId) is true ? ChangeKind.Withdrawn : ChangeKind.Removed, [])))
            .ToList();
        int Count(params ChangeKind[] kinds) => cases.Count(one => kinds.Contains(one.Change));
        var totals = new ChangeTotals(Count(ChangeKind.Added), Count(ChangeKind.Removed, ChangeKind.Withdrawn), Count(ChangeKind.Changed), before is null ? 0 : copy.Cases.Count - Count(ChangeKind.Added, ChangeKind.Changed));
        return new EditionChanges($"{revision.ProgrammeKey}/{revision.Year}", revision.No, before?.Revision.No, revision.ReleasedAt, revision.Erratum, totals, cases);
    }

    /// <summary>What one revision of an edition holds against any other, for everybody; null where one of them is not there.</summary>
    public static async Task<EditionChanges?> BetweenAsync(AppDb db, string programme, FiscalYear year, int from, int to, CancellationToken stop = default)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == programme && r.Year == year && (r.No == from || r.No == to)).ToListAsync(stop);
        if (revisions.Find(r => r.No == from) is not { } old || revisions.Find(r => r.No == to) is not { } now)
            return null;
        var withdrawn = (await db.WithdrawalsAsync(programme, year, stop)).Select(w => w.CaseId).ToHashSet(StringComparer.Ordinal);
        return Of(EditionCopy.Public(await RevisionDraft.OfAsync(db, now, stop)), EditionCopy.Public(await RevisionDraft.OfAsync(db, old, stop)), withdrawn);
    }

    public static EditionChanges? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<EditionChanges>(json, Json.Plain);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Task WriteAsync(EditionCopy copy, Stream output, CancellationToken stop = default) =>
        output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Json.WholeFile(Of(copy, copy.Before, copy.Draft.Withdrawn))), stop).AsTask();

    private static string Best(EditionCopy copy, PublishedCase one) => copy.Draft.Bests.FirstOrDefault(best => best.CaseId == one.CaseId)?.Reason ?? "";

    private static string Evaluated(EditionCopy copy, PublishedCase one) =>
        copy.Draft.Evaluations.FirstOrDefault(evaluation => evaluation.CaseId == one.CaseId) is { IsShown: true } shown ? string.Join("、", shown.Partners.Select(partner => partner.Name)) : "";

    private static CaseChange? Change(EditionCopy copy, PublishedCase one, EditionCopy before, PublishedCase? old)
    {
        if (old is null)
            return new CaseChange(one.CaseId, one.Title, ChangeKind.Added, []);
        var fields = new List<FieldChange>();
        var questions = copy.Questions.Concat(before.Questions.Where(q => copy.Questions.All(own => own.Key != q.Key)));
        foreach (var question in questions)
        {
            var (was, isNow) = (before.Answer(old, question), copy.Answer(one, question));
            if (!JsonNode.DeepEquals(was, isNow))
                fields.Add(new FieldChange(question.Key, question.LabelJa, question.LabelEn, was?.DeepClone(), isNow?.DeepClone(), before.Shown(question, was), copy.Shown(question, isNow)));
        }
        void Compare(string field, string ja, string en, string was, string isNow)
        {
            if (was != isNow)
                fields.Add(new FieldChange(field, ja, en, was, isNow, was, isNow));
        }
        Compare("unit", "担当の組織", "unit", old.UnitName, one.UnitName);
        Compare("status", "新規・継続・終了（前年度との比較）", "new, continued or ended (against the year before)", CaseStatus.Japanese(old.Status), CaseStatus.Japanese(one.Status));
        Compare("best", "優良事例", "best case", Best(before, one), Best(copy, one));
        Compare("evaluation", "協働評価の公表", "published evaluation", Evaluated(before, one), Evaluated(copy, one));
        return fields.Count == 0 ? null : new CaseChange(one.CaseId, one.Title, ChangeKind.Changed, fields);
    }
}

public sealed record ChangeTotals(int Added, int Removed, int Changed, int Unchanged);

public sealed record CaseChange(string CaseId, string Title, ChangeKind Change, IReadOnlyList<FieldChange> Fields);

/// <summary>One field: the values as <c>cases.json</c> has them (null: not answered), and as people read them.</summary>
public sealed record FieldChange(
    string Field, string LabelJa, string LabelEn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonNode? Before, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonNode? After,
    string BeforeText, string AfterText);

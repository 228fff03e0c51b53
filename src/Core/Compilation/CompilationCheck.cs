using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation.Checks;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Compilation;

/// <summary>All answers of a programme and year side by side, with what the checks say of them (取りまとめ).</summary>
public sealed record CompilationTable(
    Programme Programme, FiscalYear Year, IReadOnlyList<Question> Questions, IReadOnlyList<CompiledReply> Replies, IReadOnlyList<CompiledCase> Cases, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why this cannot be published; null when it can. A rule of the release, in words.</summary>
    public string? WhyNotRelease =>
        Replies.Count == 0 ? $"{Year.Japanese}の{Programme.NameJa}の照会がまだ送られていません。"
        : Publishable.Count == 0 ? "受理した事例が1件もありません。"
        : Findings.Count(f => f.Severity is Severity.Error) is > 0 and var errors ? $"エラーが{errors}件あります。直すまで公表できません: {Findings.First(f => f.Severity is Severity.Error).Message}"
        : Findings.Count(f => f.Note is null) is > 0 and var warnings ? $"説明のない注意が{warnings}件あります。直すか、このままでよい理由を書いてください: {Findings.First(f => f.Note is null).Message}"
        : null;

    /// <summary>What may leave: cases of accepted replies, at the very version that was approved.</summary>
    public IReadOnlyList<CompiledCase> Publishable => field ??= [.. Cases.Where(c => c.IsPublishable)];
}

public sealed record CompiledReply(long InquiryId, string UnitCode, string UnitName, bool IsBureau, InquiryStatus Status, string? NilReason);

/// <summary>
/// A case with its reply. Approved is the very version that the unit's approvers saw, or one that differs from it only by amendments they
/// confirmed; <paramref name="Unconfirmed"/> counts those they have not yet.
/// </summary>
public sealed record CompiledCase(CaseContents Case, CaseFacts Facts, CompiledReply Reply, bool IsApproved, int Unconfirmed)
{
    public bool IsPublishable => IsApproved && Reply.Status is InquiryStatus.Accepted;

    /// <summary>Was approved at some version, and has changed since other than by a confirmed amendment.</summary>
    public bool IsChangedAfterApproval => !IsApproved && Reply.Status is (InquiryStatus.Answered or InquiryStatus.Accepted);

    internal Finding Find(string kind, Severity severity, string message, string? field = null) =>
        new($"{kind}/{Case.Id}", severity, message, Case.Id, Facts.Title, Reply.UnitName, Field: field);
}

public static class CompilationCheck
{
    /// <param name="memory">Keeps what was read from one call to the next.</param>
    /// <param name="withChecks">False for the table alone: what the checks say of each case by itself is there all the same.</param>
    public static async Task<CompilationTable> CompileAsync(this AppDb db, string programmeKey, FiscalYear year, CompilationMemory? memory = null, bool withChecks = true, CancellationToken stop = default)
    {
        var programme = await db.ProgrammeAsync(programmeKey, stop);
        var inquiries = await db.Inquiries.AsNoTracking()
            .Where(i => i.Round.ProgrammeKey == programmeKey && i.Round.Year == year && i.Round.Status != RoundStatus.Draft)
            .OrderBy(i => i.Unit.Order)
            .Select(i => new AskedUnit(i.UnitId, i.RoundId, i.Round.QuestionnaireId, new CompiledReply(i.Id, i.Unit.Code, i.Unit.Name, i.Unit.Kind == OrgUnitKind.RegionalBureau, i.Status, i.NilReason)))
            .ToListAsync(stop);
        // With two phases a unit has two inquiries: the later one is its reply.
        var latest = inquiries.GroupBy(i => i.UnitId).Select(g => g.MaxBy(i => i.RoundId)!).Where(i => !InquiryStates.IsGone(i.Reply.Status)).ToList();
        var replies = latest.ToDictionary(i => i.UnitId, i => i.Reply);
        var questionnaire = latest.MaxBy(i => i.RoundId) is { } newest ? programme.Questionnaires.First(q => q.Id == newest.QuestionnaireId) : programme.Questionnaire;
        var context = await ContextAsync(db, programme, year, questionnaire, stop);
        var read = await ReadAsync(db, programmeKey, year, questionnaire.Id, context, memory, stop);
        var approved = await ApprovedAsync(db, latest, stop);
        var unitOrder = latest.Select((i, order) => (i.UnitId, order)).ToDictionary(pair => pair.UnitId, pair => pair.order);
        var cases = read.Where(c => replies.ContainsKey(c.Contents.UnitId)).OrderBy(c => unitOrder[c.Contents.UnitId])
            .Select(c => approved.Look(c.Contents, c.Facts, replies[c.Contents.UnitId])).ToList();
        var findings = withChecks ? await FindAsync(db, programme, year, [.. replies.Values], cases, questionnaire.Id, context, memory, stop) : [];
        return new CompilationTable(programme, year, questionnaire.Questions, [.. replies.Values], cases, findings);
    }

    private static async Task<CheckContext> ContextAsync(AppDb db, Programme programme, FiscalYear year, Questionnaire questionnaire, CancellationToken stop) => new(
        year, questionnaire.Questions, programme.FormsIn(year),
        programme.Forms.Where(f => f.PartnerKinds is not null).ToDictionary(f => f.No, f => (IReadOnlyList<string>)f.PartnerKinds!.Split('、')),
        (await db.MunicipalityNamesAsync(year, stop)).ToHashSet(StringComparer.Ordinal));

    /// <summary>The cases in the order they were begun; only those not in the memory are read whole.</summary>
    private static async Task<IReadOnlyList<(CaseContents Contents, CaseFacts Facts)>> ReadAsync(
        AppDb db, string programmeKey, FiscalYear year, long questionnaire, CheckContext context, CompilationMemory? memory, CancellationToken stop)
    {
        var all = db.Cases.AsNoTracking().Of(programmeKey, year).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);
        IQueryable<CaseContents> Whole(IQueryable<Case> some) => some.Select(c => new CaseContents(c.Id, c.Version, c.ProjectId, c.SourceId, c.UnitId, c.Year, c.Title, c.TitleKey, c.AnswersJson));
        if (memory is null)
            return [.. (await Whole(all).ToListAsync(stop)).AsParallel().AsOrdered().WithCancellation(stop).Select(c => (c, CaseFacts.Of(c, context)))];
        var heads = await all.Select(c => new { c.Id, c.Version }).ToListAsync(stop);
        var unread = heads.Where(h => memory.Find(h.Id, h.Version, questionnaire) is null).Select(h => h.Id).ToList();
        // The first look takes them all in one go; later ones, those that were written since.
        foreach (var some in unread.Count > heads.Count / 2 ? [all] : unread.Chunk(500).Select(ids => db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id))))
        {
            (await Whole(some).ToListAsync(stop)).AsParallel().WithCancellation(stop).ForAll(contents => memory.Keep(questionnaire, contents, CaseFacts.Of(contents, context)));
        }
        // One that was changed between the two looks is in the next table.
        return [.. heads.Select(h => memory.Find(h.Id, h.Version, questionnaire)).OfType<(CaseContents, CaseFacts)>()];
    }

    private static async Task<ApprovedVersions> ApprovedAsync(AppDb db, List<AskedUnit> latest, CancellationToken stop)
    {
        var ids = latest.ConvertAll(i => i.Reply.InquiryId);
        var requests = await db.ApprovalRequests.AsNoTracking().Where(a => ids.Contains(a.InquiryId)).OrderBy(a => a.Id).Select(a => new { a.InquiryId, a.Status, a.CasesJson }).ToListAsync(stop);
        var newest = requests.GroupBy(a => a.InquiryId).Select(g => g.Last()).Where(a => a.Status is ApprovalStatus.Approved)
            .SelectMany(a => ApprovalRequest.SeenIn(a.CasesJson)).ToDictionary(seen => seen.CaseId, seen => seen.Version, StringComparer.Ordinal);
        var amended = await db.Amendments.AsNoTracking().Where(a => ids.Contains(a.InquiryId))
            .Select(a => new AmendedVersion(a.CaseId, a.ToVersion, a.RestoredVersion, a.Status)).ToListAsync(stop);
        return new ApprovedVersions(newest, amended.ToLookup(a => a.CaseId, StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(
        AppDb db, Programme programme, FiscalYear year, IReadOnlyList<CompiledReply> replies, List<CompiledCase> cases, long questionnaire, CheckContext context, CompilationMemory? memory, CancellationToken stop)
    {
        var before = await ReadAsync(db, programme.Key, year.Previous, questionnaire, context with { Year = year.Previous }, memory, stop);
        var registered = await db.RegisteredNamesAsync(stop);
        var history = await db.HistoryOfAsync([.. cases.Where(c => c.Reply.Status is InquiryStatus.Accepted).Select(c => (c.Case.Id, c.Case.ProjectId, c.Case.Year))], stop);
        var notes = (await db.Set<WarningNote>().AsNoTracking().Where(n => n.ProgrammeKey == programme.Key && n.Year == year).OrderBy(n => n.Id).ToListAsync(stop))
            .GroupBy(n => n.FindingKey).ToDictionary(g => g.Key, g => g.Last().Note, StringComparer.Ordinal);
        return [.. Check(replies, cases, before, history, registered)
            .Select(f => f with { Note = f.Severity is Severity.Warning ? notes.GetValueOrDefault(f.Key) : null })
            .OrderBy(f => f.Severity).ThenBy(f => f.Note is not null)];
    }

    private static IEnumerable<Finding> Check(
        IReadOnlyList<CompiledReply> replies, IReadOnlyList<CompiledCase> cases, IReadOnlyList<(CaseContents, CaseFacts)> before,
        IReadOnlyDictionary<string, CaseHistory> history, IReadOnlyDictionary<string, string> registered)
    {
        foreach (var reply in replies.Where(r => r.Status is not InquiryStatus.Accepted))
        {
            yield return new Finding($"not-accepted/{reply.InquiryId}", Severity.Warning,
                $"{reply.UnitName}の回答は「{InquiryStates.Name(reply.Status)}」です。この版には入りません。", Unit: reply.UnitName);
        }
        var accepted = cases.Where(c => c.Reply.Status is InquiryStatus.Accepted).ToList();
        foreach (var one in accepted.Where(c => !c.IsApproved))
        {
            yield return one.Unconfirmed > 0
                ? one.Find("unconfirmed", Severity.Error, $"取りまとめで直した{one.Unconfirmed}か所を、{one.Reply.UnitName}の決裁者がまだ確認していません。")
                : one.Find("unapproved", Severity.Error, "決裁のあとに変えられています。もう一度、提出と決裁が必要です。");
        }
        foreach (var one in accepted)
        {
            foreach (var hit in one.Facts.Hits)
                yield return one.Find(hit.Kind is "missing" or "personal" or "home-address" or "personal-name" or "placeholder" or "copied-help" ? $"{hit.Kind}/{hit.Field}" : hit.Kind, hit.Severity, hit.Message, hit.Field);
        }
        foreach (var finding in AcrossChecks.Look(accepted, registered).Concat(LastYearChecks.Look(accepted, before, history)))
            yield return finding;
    }

    private sealed record AskedUnit(long UnitId, long RoundId, long QuestionnaireId, CompiledReply Reply);

    private sealed record ApprovedVersions(Dictionary<string, int> Approved, ILookup<string, AmendedVersion> Amended)
    {
        public CompiledCase Look(CaseContents contents, CaseFacts facts, CompiledReply reply)
        {
            var isApproved = Approved.TryGetValue(contents.Id, out var version) && AmendedVersion.Bridge(version, contents.Version, [.. Amended[contents.Id]]);
            return new CompiledCase(contents, facts, reply, isApproved, isApproved ? 0 : Amended[contents.Id].Count(a => a.Status is AmendmentStatus.Proposed && a.ToVersion > version));
        }
    }
}

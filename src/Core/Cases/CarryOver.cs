using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases;

/// <summary>What was said this year of a case of an earlier year.</summary>
public enum CarryDecision
{
    None,
    Carried,
    Ended,
    Merged,
}

/// <summary>A case of an earlier year and what was decided of it.</summary>
/// <param name="NowId">The case in this year that continues or holds it.</param>
/// <param name="LinkId">The entry of the project's history that says it ended or was merged, by which that can be undone.</param>
public sealed record PastCase(string Id, string ProjectId, string ProgrammeKey, FiscalYear Year, long UnitId, string Title)
{
    public CarryDecision Decision { get; init; }

    public string? NowId { get; init; }

    public string? NowTitle { get; init; }

    public long? LinkId { get; init; }

    public string? Reason { get; init; }

    /// <summary>The programme in which it continues, where that is another one.</summary>
    public string? NowProgramme { get; init; }
}

/// <summary>
/// The unit's cases of the newest year that it answered before this round's (前回の事例): those of the same programme, and those of other
/// programmes, which may have been given a budget or lost it.
/// </summary>
/// <param name="Before">The answers that this year's carried cases were carried from, by the case's id.</param>
public sealed record LastYear(FiscalYear? Year, IReadOnlyList<PastCase> Cases, IReadOnlyList<PastCase> OfOtherProgrammes, IReadOnlyDictionary<string, Answers> Before)
{
    public static LastYear Nothing { get; } = new(null, [], [], new Dictionary<string, Answers>());

    public IReadOnlyList<PastCase> Undecided => field ??= [.. Cases.Where(one => one.Decision is CarryDecision.None)];

    /// <summary>
    /// Why the reply cannot go to approval: a case of the year just before about which nothing was said. A nil return says of all that they
    /// ended. Where years lie between, nobody asks what became of each.
    /// </summary>
    public string? WhyNotSubmit(Inquiry inquiry) =>
        inquiry.NilReason is null && Year == inquiry.Round.Year.Previous && Undecided.Count > 0
            ? $"昨年度の事例{Undecided.Count}件について、変更なし・変更あり・終了のどれかを選んでください: {string.Join("", Undecided.Take(3).Select(one => $"「{one.Title}」"))}{(Undecided.Count > 3 ? "ほか" : "")}"
            : null;

    /// <summary>The questions of a case that changed so much against the year before that a reason is asked.</summary>
    public IReadOnlyList<Question> Unexplained(Case one, IEnumerable<Question> questions) =>
        Before.TryGetValue(one.Id, out var before) ? CaseDifference.Unexplained(before, one.Answers, questions) : [];
}

/// <summary>Last year's cases stand ready (引継ぎ): listed, not created, until somebody decides.</summary>
public static class CarryOver
{
    /// <param name="withAnswers">Also what this year's cases were carried from, for their differences.</param>
    public static async Task<LastYear> LastYearAsync(this AppDb db, Inquiry inquiry, bool withAnswers = false, CancellationToken stop = default)
    {
        var (programme, year, unit) = (inquiry.Round.ProgrammeKey, inquiry.Round.Year, inquiry.UnitId);
        var before = withAnswers ? await BeforeAsync(db, inquiry, stop) : new Dictionary<string, Answers>(StringComparer.Ordinal);
        var arrived = db.Inquiries.Where(i => i.UnitId == unit && i.Round.Year < year && (i.Status == InquiryStatus.Answered || i.Status == InquiryStatus.Accepted));
        var past = db.Cases.AsNoTracking().Where(c => c.UnitId == unit && c.Year < year && c.RemovedAt == null
            && arrived.Any(i => i.Round.ProgrammeKey == c.ProgrammeKey && i.Round.Year == c.Year));
        var answered = await past.Select(c => new { c.ProgrammeKey, c.Year }).Distinct().ToListAsync(stop);
        if (answered.Count == 0)
            return LastYear.Nothing with { Before = before };
        var last = answered.OrderByDescending(a => a.ProgrammeKey == programme).ThenByDescending(a => a.Year).First().Year;
        var found = await past.Where(c => c.Year == last).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)
            .Select(c => new PastCase(c.Id, c.ProjectId, c.ProgrammeKey, c.Year, c.UnitId, c.Title)).ToListAsync(stop);
        var decided = await DecidedAsync(db, found, year, stop);
        return new LastYear(last, [.. decided.Where(c => c.ProgrammeKey == programme)], [.. decided.Where(c => c.ProgrammeKey != programme && c.NowProgramme != c.ProgrammeKey)], before);
    }

    /// <summary>What has been decided in the year about the cases of an earlier one.</summary>
    private static async Task<List<PastCase>> DecidedAsync(AppDb db, List<PastCase> cases, FiscalYear year, CancellationToken stop)
    {
        var projects = cases.Select(c => c.ProjectId).ToList();
        var now = await db.Cases.AsNoTracking().Where(c => c.Year == year && c.RemovedAt == null && projects.Contains(c.ProjectId))
            .Select(c => new { c.Id, c.ProjectId, c.Title, c.ProgrammeKey }).ToDictionaryAsync(c => c.ProjectId, StringComparer.Ordinal, stop);
        var links = await db.ProjectLinks.AsNoTracking()
            .Where(l => l.UndoneAt == null && l.Year == year && (l.Kind == ProjectLinkKind.Ended || l.Kind == ProjectLinkKind.Merged) && projects.Contains(l.FromId))
            .Select(l => new { l.Id, l.FromId, l.ToId, l.Kind, l.Note }).ToListAsync(stop);
        var into = links.Select(l => l.ToId).ToList();
        var holding = await db.Cases.AsNoTracking().Where(c => c.Year == year && c.RemovedAt == null && into.Contains(c.ProjectId))
            .Select(c => new { c.Id, c.ProjectId, c.Title }).ToDictionaryAsync(c => c.ProjectId, StringComparer.Ordinal, stop);
        return cases.ConvertAll(one =>
            now.TryGetValue(one.ProjectId, out var carried) ? one with { Decision = CarryDecision.Carried, NowId = carried.Id, NowTitle = carried.Title, NowProgramme = carried.ProgrammeKey }
            : links.Find(l => l.FromId == one.ProjectId) is not { } link ? one
            : link.Kind is ProjectLinkKind.Ended ? one with { Decision = CarryDecision.Ended, LinkId = link.Id, Reason = link.Note }
            : holding.GetValueOrDefault(link.ToId!) is var whole ? one with { Decision = CarryDecision.Merged, LinkId = link.Id, NowId = whole?.Id, NowTitle = whole?.Title, Reason = link.Note }
            : one);
    }

    private static async Task<Dictionary<string, Answers>> BeforeAsync(AppDb db, Inquiry inquiry, CancellationToken stop)
    {
        var pairs = await db.Cases.AsNoTracking().InReplyTo(inquiry).Where(c => c.CarriedFromId != null)
            .Join(db.Cases, c => c.CarriedFromId, past => past.Id, (c, past) => new { c.Id, past.AnswersJson }).ToListAsync(stop);
        return pairs.ToDictionary(pair => pair.Id, pair => Answers.Parse(pair.AnswersJson), StringComparer.Ordinal);
    }

    /// <summary>
    /// Carries cases of an earlier year into the reply, each as it is but for what a new year changes. The caller saves; where somebody was
    /// quicker, the refusal says so.
    /// </summary>
    public static async Task<IReadOnlyList<(Case Case, IReadOnlyList<Question> Left)>> CarryAsync(
        this AppDb db, Inquiry inquiry, IReadOnlyCollection<string> caseIds, ReadingContext context, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(inquiry.WhyNotAnswer(by, now));
        var cases = await db.Cases.Include(c => c.Project).Where(c => caseIds.Contains(c.Id)).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(stop);
        if (cases.Count != caseIds.Count)
            throw new Refusal("引き継ぐ事例が見つかりません。一覧を開き直してください。");
        var carried = new List<(Case, IReadOnlyList<Question>)>();
        var askedBefore = new Dictionary<(string, FiscalYear), IReadOnlyList<Question>>();
        foreach (var before in cases)
        {
            Refusal.If(Case.WhyNotCarry(before, inquiry, by, now) ?? await db.WhyNotContinueAsync(before, inquiry.Round.Year, stop) ?? await db.WhyNotNameAsync(inquiry, null, before.Title, stop));
            var key = (before.ProgrammeKey, before.Year);
            if (!askedBefore.TryGetValue(key, out var asked))
                askedBefore[key] = asked = await QuestionsOfAsync(db, before, stop);
            var answers = CarriedAnswers.Of(before.Answers, asked, inquiry.Round.Questionnaire.Questions, context, inquiry.Round.Year.Year - before.Year.Year, before.ProgrammeKey == inquiry.Round.ProgrammeKey);
            var one = Case.Carry(before, answers.Answers, inquiry, by, now);
            db.Cases.Add(one);
            carried.Add((one, answers.Left));
        }
        return carried;
    }

    /// <summary>Why an earlier case's project cannot have a case in the year: it has one, or it was said to have ended or been merged.</summary>
    public static async Task<string?> WhyNotContinueAsync(this AppDb db, Case before, FiscalYear year, CancellationToken stop = default) =>
        await DecidedAsync(db, [new PastCase(before.Id, before.ProjectId, before.ProgrammeKey, before.Year, before.UnitId, before.Title)], year, stop) is [{ Decision: not CarryDecision.None } decided]
            ? decided.Decision switch
            {
                CarryDecision.Carried => $"「{before.Title}」は、{year.Japanese}の事例「{decided.NowTitle}」にもう引き継がれています。",
                CarryDecision.Ended => $"「{before.Title}」は終了としています。引き継ぐには、先に終了を取り消してください。",
                _ => $"「{before.Title}」は「{decided.NowTitle}」に統合しています。引き継ぐには、先に統合を取り消してください。",
            }
            : null;

    private static Task<IReadOnlyList<Question>> QuestionsOfAsync(AppDb db, Case one, CancellationToken stop) => db.QuestionsAskedAsync(one.ProgrammeKey, one.Year, stop);

    /// <summary>What the newest round of a programme and year asked; nothing where there was none.</summary>
    public static async Task<IReadOnlyList<Question>> QuestionsAskedAsync(this AppDb db, string programmeKey, FiscalYear year, CancellationToken stop = default) =>
        await db.Rounds.AsNoTracking().Where(r => r.ProgrammeKey == programmeKey && r.Year == year && r.Status != RoundStatus.Draft)
            .OrderByDescending(r => r.Id).Select(r => r.Questionnaire.Definition).FirstOrDefaultAsync(stop) is { } definition
            ? Question.Deserialize(definition)
            : [];
}

using Kyodo.App.Pages.Staff.Approval;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Meetings;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Kyodo.Year;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Year;

/// <summary>今年度: to each role what waits for it, and the one next thing.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<YearLine> Lines { get; private set; } = [];

    public IReadOnlyList<MyInquiry> Inquiries { get; private set; } = [];

    /// <summary>What units have asked about a round, and nobody has answered.</summary>
    public IReadOnlyList<MyQuestions> Questions { get; private set; } = [];

    /// <summary>What units below have answered, to be checked.</summary>
    public IReadOnlyList<MyCheck> Checks { get; private set; } = [];

    public IReadOnlyList<MyApproval> Approvals { get; private set; } = [];

    /// <summary>What else waits for the approver, in few words with its count: amendments to confirm, what was decided in absence, what may be decided ahead.</summary>
    public IReadOnlyList<(string Words, string Path)> AlsoToApprove { get; private set; } = [];

    /// <summary>The respondent's next thing: what is due first.</summary>
    public MyInquiry? NextInquiry => Inquiries.FirstOrDefault(i => i.IsMyTurn);

    /// <summary>What was said in meetings and waits: without an answer, or past its day.</summary>
    public (int Open, int Late) Opinions { get; private set; }

    /// <summary>The units whose year somebody can look at as their own.</summary>
    public IReadOnlyList<(string Code, string Name)> MyUnits { get; private set; } = [];

    public bool Answers => Me.Is(Role.Respondent);

    public bool Approves => Me.Is(Role.Approver);

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        if (Me.SeesAllUnits)
            Lines = await Db.YearLinesAsync(Today);
        var (mine, today) = (Me.UnitIds.ToList(), Today);
        MyUnits = [.. (await Db.OrgUnits.AsNoTracking().Where(u => mine.Contains(u.Id)).OrderBy(u => u.Order).Select(u => new { u.Code, u.Name }).ToListAsync()).Select(u => (u.Code, u.Name))];
        if (Me.SeesAllUnits)
            Opinions = (await Db.Opinions.CountAsync(o => o.Status == OpinionStatus.Open), await Db.Opinions.CountAsync(o => o.Status == OpinionStatus.Answered && o.Due < today));
        if (MayCoordinate)
            Questions = await MyQuestionsAsync();
        if (Answers)
        {
            Inquiries = await MyInquiriesAsync();
            Checks = await MyChecksAsync();
        }
        if (Approves)
            await ReadApprovalsAsync();
    }

    public static (string Words, string Path) Link(YearLine line) => line.Next switch
    {
        NextStep.PrepareRound => ("照会をつくる", $"/staff/rounds/new?programme={line.Figures.ProgrammeKey}"),
        NextStep.SendRound => ("照会を仕上げる", $"/staff/rounds/{line.Figures.RoundId}"),
        NextStep.AskTheLate => ("遅れている組織を見る", $"/staff/rounds/{line.Figures.RoundId}?state=late"),
        NextStep.Accept => ("回答を確かめる", $"/staff/compilation/{line.Figures.ProgrammeKey}/{line.Figures.Year}"),
        NextStep.WaitForAnswers => ("進み具合を見る", $"/staff/rounds/{line.Figures.RoundId}"),
        NextStep.Publish => ("取りまとめを開く", $"/staff/compilation/{line.Figures.ProgrammeKey}/{line.Figures.Year}"),
        NextStep.AskForEvaluation => ("協働評価を始める", "/staff/evaluation/new"),
        NextStep.WaitForEvaluation => ("協働評価を開く", "/staff/evaluation"),
        NextStep.AskForBest or NextStep.DecideBest => ("優良事例の選定を開く", "/staff/selection"),
        NextStep.PublishAgain => ("第2版を用意する", $"/staff/editions/{line.Figures.ProgrammeKey}/{line.Figures.Year}"),
        NextStep.Train => ("研修を開く", "/staff/training"),
        _ => ("公表した版を見る", $"/staff/editions/{line.Figures.ProgrammeKey}/{line.Figures.Year}"),
    };

    private async Task<IReadOnlyList<MyInquiry>> MyInquiriesAsync()
    {
        var units = Me.Duties.Where(d => d.Role is Role.Respondent).Select(d => d.UnitId).ToList();
        var (today, cases) = (Today, Db.Cases);
        var found = await Db.Inquiries.AsNoTracking().SeenBy(Me)
            .Where(i => units.Contains(i.UnitId) && i.Status != InquiryStatus.Prepared)
            .OrderByDescending(i => i.Round.Year).ThenByDescending(i => i.RoundId)
            .Select(i => new
            {
                i.Id,
                i.Status,
                i.Round.Title,
                Unit = i.Unit.Name,
                Due = i.ExtendedTo ?? i.OwnDue ?? i.Round.Due,
                IsOpen = i.Round.Status == RoundStatus.Open,
                i.ReturnedBecause,
                i.Round.Year,
                UnitUntil = i.Unit.LastYear,
                LastDay = i.ReturnedBecause == null ? i.Round.LastNew : i.Round.LastCorrection,
                IsNil = i.NilReason != null,
                Cases = cases.Count(c => c.ProgrammeKey == i.Round.ProgrammeKey && c.Year == i.Round.Year && c.UnitId == i.UnitId && c.RemovedAt == null),
            })
            .Take(40)
            .ToListAsync();
        return [.. found.Select(i => new MyInquiry(i.Id, i.Title, i.Unit, i.Status, i.Due, i.IsOpen, i.IsNil, i.Cases, i.ReturnedBecause, today)
            {
                IsAbolished = i.UnitUntil < FiscalYear.Of(today) || i.UnitUntil < i.Year,
                IsOver = today > (i.Due > i.LastDay ? i.Due : i.LastDay),
            })
            .OrderBy(i => !i.IsMyTurn).ThenBy(i => i.IsMyTurn ? i.Due : DateOnly.MinValue)];
    }

    private async Task<IReadOnlyList<MyQuestions>> MyQuestionsAsync() =>
        await Db.RoundQuestions.AsNoTracking()
            .Where(q => q.Answer == null)
            .GroupBy(q => new { q.RoundId, q.Round.Title })
            .OrderByDescending(g => g.Key.RoundId)
            .Select(g => new MyQuestions(g.Key.RoundId, g.Key.Title, g.Count()))
            .ToListAsync();

    private async Task<IReadOnlyList<MyCheck>> MyChecksAsync()
    {
        var units = Me.Duties.Where(d => d.Role is Role.Respondent).Select(d => d.UnitId).ToList();
        return await Db.Inquiries.AsNoTracking()
            .Where(i => i.Status == InquiryStatus.AwaitingCheck && units.Contains(i.Checker!.UnitId))
            .GroupBy(i => new { i.CheckerId, i.Round.Title })
            .Select(g => new MyCheck(g.Key.CheckerId!.Value, g.Key.Title, g.Count()))
            .ToListAsync();
    }

    private async Task ReadApprovalsAsync()
    {
        var seen = Db.ApprovalRequests.AsNoTracking().WithInquiry().SeenBy(Me).AsSplitQuery();
        var pending = await seen.Where(a => a.Status == ApprovalStatus.Pending).OrderBy(a => a.SubmittedAt).ToListAsync();
        Approvals = [.. pending.Where(a => a.WhyNotApprove(Me) is null).Select(a => new MyApproval(a.Id, a.Inquiry.Round.Title, a.Inquiry.Unit.Name, a.SubmittedBy, a.SubmittedAt))];
        var amendments = await AmendmentsModel.CountAsync(Db, Me);
        var reviews = (await seen.AwaitingReview().ToListAsync()).Count(a => a.IsToReviewBy(Me));
        var ahead = pending.Count(a => a.WhyNotApprove(Me) is not null && (a.WhyNotEscalate(Me) is null || a.WhyNotSubstitute(Me) is null));
        (int Count, string Words, string Path)[] also =
        [
            (amendments, $"取りまとめで直されたものが{amendments}か所あります。元の内容と比べて、確認してください", "/staff/approval/amendments"),
            (reviews, $"不在のあいだに決まったものが{reviews}件あります。確かめて、後閲してください", "/staff/approval"),
            (ahead, $"代決・引上げ承認のできるものが{ahead}件あります", "/staff/approval"),
        ];
        AlsoToApprove = [.. also.Where(one => one.Count > 0).Select(one => (one.Words, one.Path))];
    }
}

public sealed record MyQuestions(long RoundId, string Title, int Count);

public sealed record MyCheck(long InquiryId, string Title, int Count);

public sealed record MyApproval(long Id, string Title, string Unit, string SubmittedBy, DateTimeOffset SubmittedAt);

public sealed record MyInquiry(long Id, string Title, string Unit, InquiryStatus Status, DateOnly Due, bool IsOpen, bool IsNil, int Cases, string? ReturnedBecause, DateOnly Today)
{
    /// <summary>The unit has ended, and another one takes the inquiry over.</summary>
    public bool IsAbolished { get; init; }

    /// <summary>The last day for this unit has passed.</summary>
    public bool IsOver { get; init; }

    public bool IsMyTurn => IsOpen && !IsAbolished && !IsOver && Status is (InquiryStatus.Sent or InquiryStatus.Received or InquiryStatus.Answering or InquiryStatus.Returned);

    public bool IsLate => IsOpen && Due < Today && InquiryStates.IsAwaited(Status);

    public string NextWords => !IsOpen && InquiryStates.IsAwaited(Status) ? "締め切られました。回答は届いていません。"
        : IsAbolished && InquiryStates.IsEditable(Status) ? "この組織はもうありません。協働の担当課が、後継の組織へ移送します。"
        : IsOver && InquiryStates.IsEditable(Status) ? "受付の最終日を過ぎました。協働の担当課に連絡してください。"
        : Status switch
        {
            InquiryStatus.Sent or InquiryStatus.Received => "照会の内容を確かめて、事例を書くか、「該当なし」と回答してください。",
            InquiryStatus.Answering when Cases == 0 && !IsNil => "事例を書くか、「該当なし」と回答してください。",
            InquiryStatus.Answering => "書き終えたら、決裁へ提出してください。",
            InquiryStatus.Returned => $"差し戻されています。「{ReturnedBecause}」を直して、もう一度提出してください。",
            InquiryStatus.AwaitingApproval => "決裁を待っています。",
            InquiryStatus.AwaitingCheck => "承認されました。上の組織の点検を待っています。",
            InquiryStatus.PassedOn => "別の組織へ移送しました。",
            InquiryStatus.Withdrawn => "再照会が取り下げられました。回答はいりません。",
            InquiryStatus.Answered => "回答は届いています。受理を待っています。",
            _ => "受理されました。",
        };

    public string Deadline => IsMyTurn ? DeadlineWords.Of(Due, Today) : "";
}

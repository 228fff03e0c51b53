using Kyodo.App.Components;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Approval;

/// <summary>One submission as the approver sees it: what changed since the last one, then every answer as it was submitted.</summary>
public sealed class RequestModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public sealed record Submitted(string CaseId, string Title, AnswerSheet Sheet, Answers? Before, IReadOnlyList<Question> Changed, (int Done, int All) Completeness)
    {
        /// <summary>The same project a year before, where it was answered; and what differs from it.</summary>
        public Answers? LastYear { get; init; }

        public IReadOnlyList<Question> ChangedSinceLastYear { get; init; } = [];
    }

    /// <summary>A comment of an earlier return, with the answer it was said of and the answer now.</summary>
    public sealed record SaidBefore(FieldComment Comment, string CaseTitle, string Label, TextDifference? Difference);

    [FromRoute(Name = "id")]
    public long Id { get; set; }

    public new ApprovalRequest Request { get; private set; } = null!;

    public ApprovalRequest? Previous { get; private set; }

    public IReadOnlyList<Submitted> Cases { get; private set; } = [];

    /// <summary>Titles of what the last submission held and this one does not.</summary>
    public IReadOnlyList<string> Removed { get; private set; } = [];

    public IReadOnlyList<SaidBefore> Said { get; private set; } = [];

    /// <summary>Those whose absence a later look will make up for.</summary>
    public IReadOnlyList<ApprovalDecision> ToReview => [.. Request.Decisions.Where(d => Request.WhyNotReview(d, Me) is null)];

    public string? Comment { get; private set; }

    /// <summary>The reason of an escalated or substitute approval, as typed.</summary>
    public string? Reason { get; private set; }

    public Round Round => Request.Inquiry.Round;

    public string? WhyNotApprove => Request.WhyNotApprove(Me);

    public string? WhyNotSendBack => Request.WhyNotSendBack(Me);

    /// <summary>The years that the cases were carried from; empty where none was.</summary>
    public string YearsBefore { get; private set; } = "";

    public string? WhyNotEscalate => Request.WhyNotEscalate(Me);

    public string? WhyNotSubstitute => Request.WhyNotSubstitute(Me);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync() => DecideAsync("承認しました。", async () => Request.Approve(Me, Now, await Db.AddressesOfAsync(Request, Today)));

    public Task<IActionResult> OnPostEscalateAsync(string? reason)
    {
        Reason = reason;
        return DecideAsync("引上げ承認しました。前の段階の決裁者が、あとで確かめます（後閲）。", async () => Request.Escalate(reason ?? "", Me, Now, await Db.AddressesOfAsync(Request, Today)));
    }

    public Task<IActionResult> OnPostSubstituteAsync(long absent, string? reason)
    {
        Reason = reason;
        return DecideAsync("代決しました。不在の決裁者が、あとで確かめます（後閲）。", async () => Request.Substitute(absent, reason ?? "", Me, Now, await Db.AddressesOfAsync(Request, Today)));
    }

    public Task<IActionResult> OnPostSendBackAsync(string? comment)
    {
        Comment = comment;
        return DecideAsync("差し戻しました。担当者にメールでお知らせしました。", async () =>
        {
            var respondents = await Db.MailAddressesAsync(Role.Respondent, [Request.Inquiry.UnitId], Today);
            var cases = await Db.Cases.AsNoTracking().InReplyTo(Request.Inquiry).ToListAsync();
            Refusal.If(WhyNotSendBack);
            var comments = Db.Comment(TypedComments, cases, Round.Questionnaire.Questions, Me, Now);
            Request.SendBack(FieldComment.ReasonOf(comment, comments), Me, Now, respondents[Request.Inquiry.UnitId]);
        });
    }

    public async Task<IActionResult> OnPostReviewAsync(long decision)
    {
        if (!await FindAsync() || Request.Decisions.Find(d => d.Id == decision) is not { } found)
            return NotFound();
        Request.Review(found, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/approval", $"「{Round.Title}」（{Request.Inquiry.Unit.Name}）を後閲しました。");
    }

    public override async Task LoadAsync()
    {
        await FindAsync();
        await ReadAsync();
    }

    public string TextOf(Question question, Answers answers) =>
        answers[question.Key] is { } value ? string.Join('\n', new AnswerToShow(question, value, Round.Programme.FormsIn(Round.Year)).Lines) : "（なし）";

    // Decided by somebody else meanwhile: the page says by whom, and nothing has gone wrong.
    private async Task<IActionResult> DecideAsync(string words, Func<Task> verb)
    {
        if (!await FindAsync())
            return NotFound();
        if (Request.Status is not ApprovalStatus.Pending && Request.Route.Steps.Any(step => step.Has(Me) || step.HasDeputy(Me)))
            return DoneAt($"/staff/approval/{Id}", $"この決裁は先に終わっていました（{ApprovalStates.Name(Request.Status)}、{Request.DecidedBy}）。変えたものはありません。");
        await verb();
        await Db.SaveChangesAsync();
        return DoneAt("/staff/approval", $"「{Round.Title}」（{Request.Inquiry.Unit.Name}）を{words}");
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.ApprovalRequests.WithInquiry().SeenBy(Me).AsSplitQuery().FirstOrDefaultAsync(a => a.Id == Id) is not { } found)
            return false;
        Request = found;
        return true;
    }

    private async Task ReadAsync()
    {
        Previous = await Db.ApprovalRequests.AsNoTracking().Where(a => a.InquiryId == Request.InquiryId && a.Id < Id).OrderByDescending(a => a.Id).FirstOrDefaultAsync();
        var (now, before) = (await AnswersAsync(Request), Previous is null ? [] : await AnswersAsync(Previous));
        var questions = Round.Questionnaire.Questions;
        var forms = Round.Programme.FormsIn(Round.Year);
        var lastYear = await LastYearAsync(Request);
        var comments = await Db.CommentsOnAsync(now.Keys);
        var commentForm = WhyNotSendBack is null ? "send-back-form" : null;
        Cases =
        [
            .. Request.Cases.Where(seen => now.ContainsKey(seen.CaseId)).Select(seen =>
            {
                var answers = now[seen.CaseId];
                var then = before.GetValueOrDefault(seen.CaseId);
                var past = lastYear.GetValueOrDefault(seen.CaseId);
                var sheet = new AnswerSheet(questions, key => answers[key], forms) { Level = 3, CaseId = seen.CaseId, Comments = comments, CommentForm = commentForm, TypedComments = TypedComments };
                var needed = questions.Count(q => q.Needed);
                return new Submitted(seen.CaseId, answers.Text("title"), sheet, then, Differing(answers, then), (needed - answers.Missing(questions).Count, needed))
                {
                    LastYear = past,
                    ChangedSinceLastYear = Differing(answers, past),
                };
            }),
        ];
        Said = await SaidAsync(comments, now);
        Removed = [.. before.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => pair.Value.Text("title"))];
    }

    private List<Question> Differing(Answers now, Answers? then)
    {
        var keys = (then is null ? [] : now.Differing(then)).ToHashSet(StringComparer.Ordinal);
        return [.. Round.Questionnaire.Questions.Where(q => keys.Contains(q.Key))];
    }

    // The cases carried from, by the id of the case now.
    private async Task<Dictionary<string, Answers>> LastYearAsync(ApprovalRequest request)
    {
        var ids = request.Cases.Select(seen => seen.CaseId).ToList();
        var carried = await Db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Join(Db.Cases, c => c.CarriedFromId, past => past.Id, (c, past) => new { c.Id, past.Year, past.AnswersJson })
            .ToListAsync();
        YearsBefore = string.Join("・", carried.Select(p => p.Year).Distinct().Order().Select(year => year == Round.Year.Previous ? $"前年度（{year.Japanese}）" : year.Japanese));
        return carried.ToDictionary(p => p.Id, p => Answers.Parse(p.AnswersJson), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<SaidBefore>> SaidAsync(IReadOnlyList<FieldComment> comments, Dictionary<string, Answers> now)
    {
        // What was settled before an earlier submission is no news.
        var since = Previous?.SubmittedAt ?? DateTimeOffset.MinValue;
        var said = comments.Where(c => c.At <= Request.SubmittedAt && (c.IsOpen || c.StruckAt >= since)).ToList();
        var ids = said.Select(c => c.CaseId).ToList();
        var versions = (await Db.Set<CaseVersion>().AsNoTracking().Where(v => ids.Contains(v.CaseId)).Select(v => new { v.CaseId, v.Version, v.AnswersJson }).ToListAsync())
            .ToDictionary(v => (v.CaseId, v.Version), v => v.AnswersJson);
        return [.. said.Select(c =>
        {
            var question = Round.Questionnaire.Questions.FirstOrDefault(q => q.Key == c.QuestionKey);
            var difference = question is not null && versions.GetValueOrDefault((c.CaseId, c.SeenVersion)) is { } then && Answers.Parse(then) is var old && Differing(now[c.CaseId], old).Contains(question)
                ? TextDifference.Between(TextOf(question, old), TextOf(question, now[c.CaseId]))
                : null;
            return new SaidBefore(c, now[c.CaseId].Text("title"), question?.LabelJa ?? c.QuestionKey, difference);
        })];
    }

    // As they were submitted, whatever was written since.
    private async Task<Dictionary<string, Answers>> AnswersAsync(ApprovalRequest request)
    {
        var ids = request.Cases.Select(seen => seen.CaseId).ToList();
        var versions = await Db.Set<CaseVersion>().AsNoTracking().Where(v => ids.Contains(v.CaseId)).Select(v => new { v.CaseId, v.Version, v.AnswersJson }).ToListAsync();
        return versions.Where(v => request.Cases.Contains(new CaseSeen(v.CaseId, v.Version))).ToDictionary(v => v.CaseId, v => Answers.Parse(v.AnswersJson), StringComparer.Ordinal);
    }
}

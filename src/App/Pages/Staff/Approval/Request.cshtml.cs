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
    public sealed record Submitted(string CaseId, string Title, AnswerSheet Sheet, Answers? Before, IReadOnlyList<Question> Changed, IReadOnlyList<Question> Missing);

    [FromRoute(Name = "id")]
    public long Id { get; set; }

    public new ApprovalRequest Request { get; private set; } = null!;

    public ApprovalRequest? Previous { get; private set; }

    public IReadOnlyList<Submitted> Cases { get; private set; } = [];

    /// <summary>Titles of what the last submission held and this one does not.</summary>
    public IReadOnlyList<string> Removed { get; private set; } = [];

    public string? Comment { get; private set; }

    public Round Round => Request.Inquiry.Round;

    public string? WhyNotApprove => Request.WhyNotApprove(Me);

    public string? WhyNotSendBack => Request.WhyNotSendBack(Me);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync() => DecideAsync("承認しました。", () =>
    {
        Request.Approve(Me, Now);
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostSendBackAsync(string? comment)
    {
        Comment = comment;
        return DecideAsync("差し戻しました。担当者にメールでお知らせしました。", async () =>
        {
            var respondents = await Db.MailAddressesAsync(Role.Respondent, [Request.Inquiry.UnitId], Today);
            Request.SendBack(comment ?? "", Me, Now, respondents[Request.Inquiry.UnitId]);
        });
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
        if (Request.Status is not ApprovalStatus.Pending && Me.Is(Role.Approver, Request.Inquiry.UnitId))
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
        Cases =
        [
            .. Request.Cases.Where(seen => now.ContainsKey(seen.CaseId)).Select(seen =>
            {
                var answers = now[seen.CaseId];
                var then = before.GetValueOrDefault(seen.CaseId);
                var keys = (then is null ? [] : answers.Differing(then)).ToHashSet(StringComparer.Ordinal);
                return new Submitted(seen.CaseId, answers.Text("title"), new AnswerSheet(questions, key => answers[key], forms) { Level = 3 }, then,
                    [.. questions.Where(q => keys.Contains(q.Key))], answers.Missing(questions));
            }),
        ];
        Removed = [.. before.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => pair.Value.Text("title"))];
    }

    // As they were submitted, whatever was written since.
    private async Task<Dictionary<string, Answers>> AnswersAsync(ApprovalRequest request)
    {
        var ids = request.Cases.Select(seen => seen.CaseId).ToList();
        var versions = await Db.Set<CaseVersion>().AsNoTracking().Where(v => ids.Contains(v.CaseId)).Select(v => new { v.CaseId, v.Version, v.AnswersJson }).ToListAsync();
        return versions.Where(v => request.Cases.Contains(new CaseSeen(v.CaseId, v.Version))).ToDictionary(v => v.CaseId, v => Answers.Parse(v.AnswersJson), StringComparer.Ordinal);
    }
}

using Kyodo.App.Components;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>One answer changed at the compilation. The original stays, and the unit is asked to confirm; a case changed meanwhile answers 409 with both.</summary>
public sealed class FieldModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "caseId")]
    public string CaseId { get; set; } = "";

    [FromRoute(Name = "question")]
    public string QuestionKey { get; set; } = "";

    [BindProperty(Name = "seen")]
    public int SeenVersion { get; set; }

    [BindProperty(Name = "amend-reason")]
    public string? Reason { get; set; }

    public Case Case { get; private set; } = null!;

    public Inquiry Inquiry { get; private set; } = null!;

    public Question Question { get; private set; } = null!;

    public CaseForm Form { get; private set; } = null!;

    public FieldToAsk Field { get; private set; } = null!;

    public string? WhyNotAmend => Case.WhyNotAmend(Inquiry, Me, Case.Version);

    public string ReplyAddress => $"/staff/compilation/{Case.ProgrammeKey}/{Case.Year}/replies/{Inquiry.Id}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        SeenVersion = Case.Version;
        Form = CaseForm.Of(Case.Answers, [Question]);
        await AskAsync(null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await ReadFormAsync();
        if (SeenVersion != Case.Version && Case.WhyNotAmend(Inquiry, Me, Case.Version) is null)
        {
            (SeenVersion, Response.StatusCode) = (Case.Version, StatusCodes.Status409Conflict);
            ModelState.Clear();
            await AskAsync(Case.Answers[QuestionKey] is { } now ? string.Join('\n', new AnswerToShow(Question, now, Inquiry.Round.Programme.FormsIn(Case.Year)).Lines) : "（なし）");
            return Page();
        }
        if (Form.Problems.Count > 0)
            throw new Refusal("直すところがあります。まだ保存していません。", Form.Problems);
        var approvers = await Db.MailAddressesAsync(Role.Approver, [Inquiry.UnitId], Today);
        if (Amendment.Propose(Case, Inquiry, Question, Form.Answers[QuestionKey], Reason ?? "", SeenVersion, Me, Now, approvers[Inquiry.UnitId]) is not { } amendment)
            return DoneAt(ReplyAddress, "元の内容と同じなので、変えていません。");
        Db.Amendments.Add(amendment);
        await Db.SaveChangesAsync();
        return DoneAt(ReplyAddress, $"「{Question.LabelJa}」を直しました。{Inquiry.Unit.Name}の決裁者に、確認をお願いするメールを送ります。");
    }

    public override async Task LoadAsync()
    {
        await FindAsync();
        await ReadFormAsync();
    }

    private async Task ReadFormAsync()
    {
        var context = Inquiry.Round.ReadingContext(await Db.MunicipalityNamesAsync(Case.Year));
        Form = CaseForm.Read(Request.Form, Case.Answers, [Question], context);
        await AskAsync(null);
    }

    private async Task AskAsync(string? theirs) =>
        Field = new FieldToAsk(Question, Form.Texts[QuestionKey], Inquiry.Round.ReadingContext(await Db.MunicipalityNamesAsync(Case.Year)), [.. Form.Problems], theirs);

    private async Task<bool> FindAsync()
    {
        if (await Db.Cases.Include(c => c.Project).FirstOrDefaultAsync(c => c.Id == CaseId && c.RemovedAt == null) is not { } one)
            return false;
        Case = one;
        var inquiry = await Db.Inquiries.WithRound()
            .Where(i => i.Round.ProgrammeKey == one.ProgrammeKey && i.Round.Year == one.Year && i.UnitId == one.UnitId && i.Round.Status != RoundStatus.Draft)
            .OrderByDescending(i => i.RoundId).FirstOrDefaultAsync();
        if (inquiry?.Round.Questionnaire.Questions.FirstOrDefault(q => q.Key == QuestionKey && q.Parts.Count > 0) is not { } question)
            return false;
        (Inquiry, Question) = (inquiry, question);
        return true;
    }
}

using Kyodo.App.Components;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>One unit's reply as the partnership division reads it: accepted, asked back with comments on its answers, or changed one by one.</summary>
public sealed class ReplyModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public sealed record Read(Case Case, AnswerSheet Sheet);

    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    [FromRoute(Name = "inquiryId")]
    public long InquiryId { get; set; }

    [BindProperty(Name = "version")]
    public long Version { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    public Inquiry Inquiry { get; private set; } = null!;

    public IReadOnlyList<Read> Cases { get; private set; } = [];

    public AmendedToShow Amended { get; private set; } = null!;

    public IReadOnlyList<AmendedToShow.Change> Declined { get; private set; } = [];

    public string Overview => $"/staff/compilation/{ProgrammeKey}/{YearNumber}";

    public string Address => $"{Overview}/replies/{InquiryId}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Version = Inquiry.RowVersion;
        await ReadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostAcceptAsync() => DoAsync("の回答を受理しました。", () => Inquiry.Accept(Me, Now));

    public Task<IActionResult> OnPostUnacceptAsync() => DoAsync("の回答の受理を取り消しました。", () => Inquiry.Unaccept(Me, Now));

    public async Task<IActionResult> OnPostAskBackAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Expect(Inquiry, Version);
        var respondents = await Db.MailAddressesAsync(Role.Respondent, [Inquiry.UnitId], Today);
        var cases = await Db.Cases.AsNoTracking().InReplyTo(Inquiry).ToListAsync();
        Refusal.If(Inquiry.WhyNotAskBack(Me));
        var comments = Db.Comment(TypedComments, cases, Inquiry.Round.Questionnaire.Questions, Me, Now);
        Inquiry.AskBack(FieldComment.ReasonOf(Comment, comments), Me, Now, respondents[Inquiry.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt(Overview, $"{Inquiry.Unit.Name}に再照会しました。回答担当にメールでもお知らせします。");
    }

    public override async Task LoadAsync()
    {
        await FindAsync();
        Version = Inquiry.RowVersion;
        await ReadAsync();
    }

    private async Task<IActionResult> DoAsync(string words, Action verb)
    {
        if (!await FindAsync())
            return NotFound();
        Expect(Inquiry, Version);
        verb();
        await Db.SaveChangesAsync();
        return DoneAt(Address, Inquiry.Unit.Name + words);
    }

    private async Task<bool> FindAsync()
    {
        if (YearNumber is < 1900 or > 2200)
            return false;
        var year = new FiscalYear(YearNumber);
        if (await Db.Inquiries.WithRound().FirstOrDefaultAsync(i => i.Id == InquiryId && i.Round.ProgrammeKey == ProgrammeKey && i.Round.Year == year && i.Round.Status != RoundStatus.Draft) is not { } found)
            return false;
        Inquiry = found;
        return true;
    }

    private async Task ReadAsync()
    {
        var cases = await Db.Cases.AsNoTracking().InReplyTo(Inquiry).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync();
        var comments = await Db.CommentsOnAsync(cases.Select(c => c.Id));
        var forms = Inquiry.Round.Programme.FormsIn(Inquiry.Round.Year);
        var mayAskBack = Inquiry.WhyNotAskBack(Me) is null;
        var mayAmend = MayCoordinate && Inquiry.Status is InquiryStatus.Answered or InquiryStatus.Accepted;
        Cases = [.. cases.Select(one => new Read(one, new AnswerSheet(Inquiry.Round.Questionnaire.Questions, key => one.Answers[key], forms)
        {
            Level = 3,
            CaseId = one.Id,
            Comments = comments,
            CommentForm = mayAskBack ? "ask-back" : null,
            AmendAt = mayAmend && MayCoordinate ? $"/staff/compilation/fields/{one.Id}" : null,
            TypedComments = TypedComments,
        }))];
        Amended = await AmendedToShow.OfAsync(Db, Inquiry, Me);
        Declined = AmendedToShow.Of(await Db.Amendments.AsNoTracking().WithCase().Where(a => a.InquiryId == InquiryId && a.Status == AmendmentStatus.Declined).OrderByDescending(a => a.Id).Take(20).ToListAsync(), Me).Changes;
    }
}

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

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The task list of one unit's reply.</summary>
public sealed class InquiryModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    /// <summary>What somebody did at one moment: eight cases from one workbook are one deed.</summary>
    public sealed record Deed(DateTimeOffset At, string PersonName, string Words);

    private const int MostPast = 20;

    public IReadOnlyList<Case> Cases { get; private set; } = [];

    public ApprovalRequest? Newest { get; private set; }

    public IReadOnlyList<Deed> History { get; private set; } = [];

    /// <summary>The way that a submission would go today.</summary>
    public FrozenRoute Route { get; private set; } = null!;

    /// <summary>What was said of single answers, with the way to each.</summary>
    public (string Address, IReadOnlyList<Question> Questions, IReadOnlyList<(string CaseId, string Title, IReadOnlyList<FieldComment> Comments)> Cases) OpenComments { get; private set; }

    /// <summary>The cases whole, for those whose turn it is to check; empty for everybody else.</summary>
    public IReadOnlyList<(Case Case, AnswerSheet Sheet)> ToCheck { get; private set; } = [];

    public AmendedToShow Amended { get; private set; } = null!;

    /// <summary>What was typed as the reason of a nil return.</summary>
    public string? Reason { get; private set; }

    /// <summary>The unit that took the inquiry over, where it was passed on.</summary>
    public string? PassedOnTo { get; private set; }

    public IReadOnlyList<RoundAttachment> Attachments { get; private set; } = [];

    public IReadOnlyList<RoundQuestion> Enquiries { get; private set; } = [];

    /// <summary>The same programme and year asked at another time: the same cases, handed in again.</summary>
    public IReadOnlyList<Inquiry> OtherPhases { get; private set; } = [];

    /// <summary>Units that stand below and may be asked.</summary>
    public int UnitsBelow { get; private set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    [BindProperty(Name = "extendTo")]
    public string? ExtendTo { get; set; }

    [BindProperty(Name = "extendBecause")]
    public string? ExtendBecause { get; set; }

    [BindProperty(Name = "enquiry")]
    public string? EnquiryText { get; set; }

    [BindProperty(Name = "anonymous")]
    public bool IsAnonymous { get; set; }

    /// <summary>Reads it for the unit above, and not as one of the unit itself.</summary>
    public bool FromAbove => !Me.SeesAllUnits && !Me.UnitIds.Contains(Inquiry.UnitId);

    /// <summary>Looks at another unit's inquiry for the partnership division: what comes next is theirs to do, and not the unit's.</summary>
    public bool Coordinates => MayCoordinate && !Me.UnitIds.Contains(Inquiry.UnitId);

    /// <summary>What this unit asked the partnership division and still waits for.</summary>
    public int Unanswered => Enquiries.Count(one => one.InquiryId == InquiryId && one.Answer is null);

    public FieldComment? FirstOpenComment => OpenComments.Cases.SelectMany(one => one.Comments).FirstOrDefault(one => one.IsOpen);

    public string? WhyNotRelay => Inquiry.WhyNotRelay(Me, Now);

    public string? WhyNotPassOn => Inquiry.WhyNotPassOn(Me, Now);

    public LastYear LastYear { get; private set; } = LastYear.Nothing;

    public LastYearView LastYearView => new(LastYear, Inquiry, Address, WhyNotAnswer, Cases, MostPast);

    public Completeness CompletenessOf(Case one) => Completeness.Of(one.Answers, Questions, Round.Year, LastYear.Unexplained(one, Questions));

    public string? WhyNotSubmit => ApprovalRequest.WhyNotSubmit(Inquiry, Cases, Me, Now, LastYear, Route);

    public string? WhyNotRecall => Newest?.WhyNotRecall(Me);

    public string? WhyNotReceive => Inquiry.WhyNotReceive(Me);

    public IReadOnlyList<Case> Lacking => [.. Cases.Where(c => c.Answers.Missing(Questions).Count > 0)];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostReceiveAsync() => DoAsync("受け取りました。", () => Inquiry.Receive(Me, Now));

    public Task<IActionResult> OnPostNilAsync(string? reason)
    {
        Reason = reason;
        return DoAsync("「該当なし」と記録しました。決裁へ提出すると回答になります。", () => Inquiry.SayNil(reason ?? "", Me, Now));
    }

    public Task<IActionResult> OnPostWithdrawNilAsync() => DoAsync("「該当なし」を取り消しました。", () => Inquiry.WithdrawNil(Me, Now));

    public Task<IActionResult> OnPostRecallAsync() => DoAsync("引き戻しました。直してから、もう一度提出してください。", () =>
    {
        Refusal.If(Newest is null ? "まだ提出していません。" : null);
        Newest!.Recall(Me, Now);
    });

    public async Task<IActionResult> OnPostCheckAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        Expect(Inquiry, SeenVersion);
        Inquiry.Check(Me, Now, await Db.MailAddressesAsync(Role.Respondent, NextChecking(Inquiry), Today));
        await Db.SaveChangesAsync();
        return DoneAt(Address, "点検済みにしました。");
    }

    public async Task<IActionResult> OnPostReturnAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        Expect(Inquiry, SeenVersion);
        Inquiry.ReturnFromCheck(Comment ?? "", Me, Now, await RespondentsAsync());
        Db.Comment(TypedComments, await CasesAsync(), Questions, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, $"{Inquiry.Unit.Name}に戻しました。回答担当にメールでもお知らせします。");
    }

    public async Task<IActionResult> OnPostExtendAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var to = DateField.Read(ExtendTo, "延ばす先の日", "extend-to") ?? throw new Refusal("延ばす先の日を書いてください。");
        Inquiry.Extend(to, ExtendBecause ?? "", Me, Now, await RespondentsAsync());
        await Db.SaveChangesAsync();
        return DoneAt(Address, $"{Inquiry.Unit.Name}の回答期限を{PartialDate.Of(to).Japanese}まで延ばしました。回答担当にメールでもお知らせします。");
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        var coordinators = await Db.CoordinatorAddressesAsync(Today);
        return await DoAsync("問い合わせを送りました。答えは、この画面とメールでお知らせします。", () =>
            Db.RoundQuestions.Add(new RoundQuestion(Inquiry, EnquiryText, IsAnonymous, Me, Now, coordinators)));
    }

    public async Task<IActionResult> OnPostSubmitAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await Db.SubmitAsync(Inquiry, await CasesAsync(), Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, "決裁へ提出しました。決裁者にメールでお知らせしました。");
    }

    public override async Task LoadAsync()
    {
        await FindInquiryAsync();
        await ReadAsync();
    }

    private async Task<IActionResult> DoAsync(string words, Action verb)
    {
        if (!await FindInquiryAsync())
            return NotFound();
        Newest = await NewestRequestAsync();
        verb();
        await Db.SaveChangesAsync();
        return DoneAt(Address, words);
    }

    private async Task ReadAsync()
    {
        Cases = await CasesAsync();
        LastYear = await Db.LastYearAsync(Inquiry, withAnswers: true);
        Newest = await NewestRequestAsync();
        History = await HistoryAsync();
        PassedOnTo = await Db.Inquiries.Where(i => i.PassedFromId == InquiryId && i.RoundId == Inquiry.RoundId && i.Status != InquiryStatus.PassedOn).Select(i => i.Unit.Name).FirstOrDefaultAsync();
        Attachments = await Db.RoundAttachments.AsNoTracking().Where(a => a.RoundId == Inquiry.RoundId).OrderBy(a => a.Id).ToListAsync();
        Enquiries = await Db.RoundQuestions.AsNoTracking().Include(q => q.Inquiry).ThenInclude(i => i.Unit).Where(q => q.RoundId == Inquiry.RoundId).OrderByDescending(q => q.AskedAt).ToListAsync();
        OtherPhases = await Db.Inquiries.AsNoTracking().Include(i => i.Round)
            .Where(i => i.UnitId == Inquiry.UnitId && i.RoundId != Inquiry.RoundId && i.Round.ProgrammeKey == Round.ProgrammeKey && i.Round.Year == Round.Year && i.Status != InquiryStatus.Prepared)
            .OrderBy(i => i.RoundId).ToListAsync();
        UnitsBelow = (await Db.UnitsToAskAsync(Round.Year)).Count(unit => unit.IsBelow(Inquiry.UnitId));
        Route = await Db.RouteForAsync(Inquiry, Cases, Me, Today);
        var said = await Db.CommentsOnAsync(Cases.Select(c => c.Id));
        if (Inquiry.WhyNotCheck(Me) is null)
            ToCheck = [.. Cases.Select(c => (c, new AnswerSheet(Questions, key => c.Answers[key], Context.Forms) { Level = 3, CaseId = c.Id, Comments = said, CommentForm = "check-return-form", TypedComments = TypedComments }))];
        var comments = said.ToLookup(c => c.CaseId);
        OpenComments = (Address, Questions, [.. Cases.Select(c => (c.Id, c.Title, (IReadOnlyList<FieldComment>)[.. comments[c.Id]]))]);
        Amended = await AmendedToShow.OfAsync(Db, Inquiry, Me);
    }

    private async Task<IEnumerable<string>> RespondentsAsync() => (await Db.MailAddressesAsync(Role.Respondent, [Inquiry.UnitId], Today))[Inquiry.UnitId];

    private async Task<List<Deed>> HistoryAsync()
    {
        var titles = await Db.Cases.AsNoTracking()
            .Where(c => c.ProgrammeKey == Round.ProgrammeKey && c.Year == Round.Year && c.UnitId == Inquiry.UnitId)
            .ToDictionaryAsync(c => c.AuditName, c => c.Title);
        var subjects = titles.Keys.Append(Inquiry.AuditName).ToList();
        var entries = await Db.AuditTrail.AsNoTracking()
            .Where(e => subjects.Contains(e.Subject) && e.Verb != "case-edited" && e.Verb != "case-begun")
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(200)
            .ToListAsync();
        return [.. entries.GroupBy(e => (e.At, e.PersonName, e.Verb)).Select(g => new Deed(g.Key.At, g.Key.PersonName, AuditWords.Of(g.Key.Verb) + About([.. g])))];

        string About(List<AuditEntry> deeds) =>
            deeds[0].Subject == Inquiry.AuditName ? deeds[0].Reason is { } reason ? $"「{reason}」" : ""
            : deeds.Count == 1 ? $"「{titles[deeds[0].Subject]}」"
            : $"（{deeds.Count}件）";
    }
}

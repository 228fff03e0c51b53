using Kyodo.App.Components;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The task list of one unit's reply.</summary>
public sealed class InquiryModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    /// <summary>What somebody did at one moment: eight cases from one workbook are one deed.</summary>
    public sealed record Deed(DateTimeOffset At, string PersonName, string Words);

    public IReadOnlyList<Case> Cases { get; private set; } = [];

    public ApprovalRequest? Newest { get; private set; }

    public IReadOnlyList<Deed> History { get; private set; } = [];

    /// <summary>The way that a submission would go today.</summary>
    public FrozenRoute Route { get; private set; } = null!;

    /// <summary>What was said of single answers, with the way to each.</summary>
    public (string Address, IReadOnlyList<Question> Questions, IReadOnlyList<(string CaseId, string Title, IReadOnlyList<FieldComment> Comments)> Cases) OpenComments { get; private set; }

    public AmendedToShow Amended { get; private set; } = null!;

    /// <summary>What was typed as the reason of a nil return.</summary>
    public string? Reason { get; private set; }

    public string? WhyNotSubmit => ApprovalRequest.WhyNotSubmit(Inquiry, Cases, Me, Now, Route);

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
        Newest = await NewestRequestAsync();
        History = await HistoryAsync();
        Route = await Db.RouteForAsync(Inquiry, Cases, Me, Today);
        var comments = (await Db.CommentsOnAsync(Cases.Select(c => c.Id))).ToLookup(c => c.CaseId);
        OpenComments = (Address, Questions, [.. Cases.Select(c => (c.Id, c.Title, (IReadOnlyList<FieldComment>)[.. comments[c.Id]]))]);
        Amended = await AmendedToShow.OfAsync(Db, Inquiry, Me);
    }

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

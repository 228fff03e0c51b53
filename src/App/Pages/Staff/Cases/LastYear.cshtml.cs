using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The unit's cases of the last year that it answered, as a page and as the inquiry's first section.</summary>
/// <param name="Now">This year's cases, into one of which a past one may have been merged.</param>
/// <param name="Most">How many undecided ones are listed; the others stand on the page of their own.</param>
public sealed record LastYearView(LastYear LastYear, Inquiry Inquiry, string Address, string? WhyNotAnswer, IReadOnlyList<Case> Now, int Most)
{
    public bool MayWrite => WhyNotAnswer is null;

    /// <summary>昨年度 where it is the year just before.</summary>
    public string YearWords => LastYear.Year == Inquiry.Round.Year.Previous ? "昨年度" : LastYear.Year!.Value.Japanese;

    public IReadOnlyList<PastCase> Decided => [.. LastYear.Cases.Where(one => one.Decision is not CarryDecision.None)];
}

/// <summary>Last year's cases stand ready (引継ぎ): no change, change, ended; one by one or all at once.</summary>
public sealed class LastYearModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    private const int Attempts = 3;

    public LastYearView View { get; private set; } = null!;

    /// <summary>What was typed as the reason of an end, and of which case.</summary>
    public (string CaseId, string Reason)? Typed { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    /// <summary>変更なし, or 変更あり: the same, and on to the form.</summary>
    public Task<IActionResult> OnPostCarryAsync(string caseId, bool edit) => DoAsync(async () =>
    {
        var (one, left) = (await CarryAsync([caseId]))[0];
        return (edit ? $"{Address}/{one.Id}" : Address, $"「{one.Title}」を引き継ぎました。{LeftWords(left)}{(edit ? "変わったところを直してください。" : "")}");
    });

    public Task<IActionResult> OnPostCarryAllAsync() => DoAsync(async () =>
    {
        var undecided = (await Db.LastYearAsync(Inquiry)).Undecided;
        if (undecided.Count == 0)
            throw new Refusal("残っている事例はありません。");
        var carried = await CarryAsync([.. undecided.Select(one => one.Id)]);
        var lacking = carried.Count(one => one.Left.Any(q => q.Needed));
        return (Address, $"残りの{carried.Count}件を「変更なし」で引き継ぎました。{(lacking > 0 ? $"うち{lacking}件は、今年度の選択肢に合わない項目を書き直してください。" : "")}");
    });

    /// <summary>終了: it has no case this year, or this year's is its last, or it goes on within another.</summary>
    public Task<IActionResult> OnPostEndAsync(string caseId, string? how, string? reason, string? into)
    {
        Typed = (caseId, reason ?? "");
        return DoAsync(async () =>
        {
            switch (how)
            {
                case "gone":
                    await Db.EndAsync(Inquiry, caseId, reason ?? "", Me, Now);
                    return (Address, "終了としました。今年度の事例には入りません。");
                case "last":
                    if (TextForms.Clean(reason) is not { Length: > 0 and <= 400 } clean)
                        throw new Refusal("終了の理由、または何が残ったかを400字以内で書いてください。");
                    var (one, _) = (await CarryAsync([caseId]))[0];
                    one.Edit(one.Answers.With("declared", "終了").WithReason("declared", clean), Inquiry, one.Version, Case.CarriedOrigin, Me, Now);
                    return ($"{Address}/{one.Id}", $"「{one.Title}」を、今年度で終わる事例として引き継ぎました。成果と学びを書いてください。");
                case "merged":
                    await Db.MergeAsync(Inquiry, caseId, into ?? "", reason ?? "", Me, Now);
                    return (Address, "ほかの事例に統合したことを記録しました。");
                default:
                    throw new Refusal("終わり方を選んでください。");
            }
        });
    }

    /// <summary>Takes back that a case ended, was merged or joined.</summary>
    public Task<IActionResult> OnPostUndoAsync(long linkId) => DoAsync(async () =>
    {
        await Db.UndoAsync(linkId, Inquiry, Me, Now);
        return (Address, "取り消しました。");
    });

    /// <summary>Yes: the new case is an earlier project. Back to the form it was asked on.</summary>
    public Task<IActionResult> OnPostJoinAsync(string caseId, string pastId) => DoAsync(async () =>
    {
        await Db.JoinAsync(await OneAsync(caseId), pastId, Inquiry, Me, Now);
        return ($"{Address}/{caseId}", "同じ事業としてつなげました。前の年度からの違いが、項目ごとに見られます。");
    });

    /// <summary>No: they are two.</summary>
    public Task<IActionResult> OnPostDifferentAsync(string caseId, string pastId) => DoAsync(async () =>
    {
        await Db.SayDifferentAsync(await OneAsync(caseId), pastId, Inquiry, Me, Now);
        return ($"{Address}/{caseId}", "別の事業として覚えました。");
    });

    public override async Task LoadAsync()
    {
        if (await FindInquiryAsync())
            await ReadAsync();
    }

    // Somebody was quicker: look again, and say what stands there now.
    private async Task<IActionResult> DoAsync(Func<Task<(string To, string Words)>> verb)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await FindInquiryAsync())
                return NotFound();
            try
            {
                var (to, words) = await verb();
                await Db.SaveChangesAsync();
                return DoneAt(to, words);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
            }
        }
    }

    private Task<IReadOnlyList<(Case Case, IReadOnlyList<Question> Left)>> CarryAsync(IReadOnlyCollection<string> caseIds) =>
        Db.CarryAsync(Inquiry, caseIds, Context, Me, Now);

    private async Task<Case> OneAsync(string caseId) =>
        await Db.Cases.Include(c => c.Project).InReplyTo(Inquiry).FirstOrDefaultAsync(c => c.Id == caseId) ?? throw new Refusal("その事例は、この回答にありません。");

    private async Task ReadAsync() => View = new LastYearView(await Db.LastYearAsync(Inquiry), Inquiry, Address, WhyNotAnswer, await CasesAsync(), int.MaxValue);

    private static string LeftWords(IReadOnlyList<Question> left) =>
        left.Count > 0 ? $"{string.Join("", left.Select(q => $"「{q.LabelJa}」"))}は今年度の選択肢に合わないため、書き直してください。" : "";
}

using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Readers;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Casebook;

/// <summary>A published case with what only staff may read: the internal answers, who used it, and what was asked about it.</summary>
public sealed class CaseModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "unit")]
    public long? UnitId { get; set; }

    [BindProperty(Name = "note")]
    public string? Note { get; set; }

    [BindProperty(Name = "own")]
    public string? OwnId { get; set; }

    [BindProperty(Name = "use")]
    public long? UseId { get; set; }

    [BindProperty(Name = "question")]
    public long? QuestionId { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    [BindProperty(Name = "answer")]
    public string? Answer { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public PublishedCase Case { get; private set; } = null!;

    public AnswerSheet Sheet { get; private set; } = null!;

    /// <summary>The same project's cases of other years.</summary>
    public IReadOnlyList<PublishedCase> OtherYears { get; private set; } = [];

    /// <summary>Who used the project, in whichever of its years.</summary>
    public IReadOnlyList<CaseUse> Uses { get; private set; } = [];

    public SpreadNode Spread { get; private set; } = null!;

    public IReadOnlyList<CaseQuestion> Questions { get; private set; } = [];

    /// <summary>The units in whose name the visitor may say that they used it.</summary>
    public IReadOnlyList<OrgUnit> MyUnits { get; private set; } = [];

    /// <summary>Their own published cases, one a project, to name what came from this one.</summary>
    public IReadOnlyList<PublishedCase> OwnCases { get; private set; } = [];

    /// <summary>How often this project's cases were opened within the office.</summary>
    public int Readings { get; private set; }

    public string Address => $"/staff/casebook/cases/{Id}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return await Db.WithdrawalAsync(Id) is null ? NotFound() : StatusCode(StatusCodes.Status410Gone);
        await Db.CountReadingAsync(Id, Me, Now);
        return Page();
    }

    public async Task<IActionResult> OnPostUseAsync()
    {
        if (await PublishedAsync(Id) is not { } one || await Db.OrgUnits.FirstOrDefaultAsync(u => u.Id == UnitId) is not { } unit)
            return NotFound();
        var own = string.IsNullOrEmpty(OwnId) ? null : await PublishedAsync(OwnId) ?? throw new Refusal("「そこから生まれた事例」が見つかりません。一覧から選び直してください。");
        await Db.UseAsync(one, unit, Note, own, Me, Now);
        return DoneAt($"{Address}#spread", "参考にしたことを記録しました。");
    }

    public async Task<IActionResult> OnPostTakeBackAsync()
    {
        if (await PublishedAsync(Id) is not { } one || await Db.CaseUses.FirstOrDefaultAsync(u => u.Id == UseId && u.ProjectId == one.ProjectId) is not { } use)
            return NotFound();
        use.TakeBack(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}#spread", "参考にした記録を取り消しました。");
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        if (await PublishedAsync(Id) is not { } one)
            return NotFound();
        var unit = await Db.UnitInChargeAsync(one);
        var mine = Me.UnitIds.ToList();
        var from = await Db.OrgUnits.Where(u => mine.Contains(u.Id)).OrderBy(u => u.Order).Select(u => u.Name).FirstOrDefaultAsync() ?? "";
        Db.Add(new CaseQuestion(one, unit, from, Text, Me, Now, await AddressesAsync(unit)));
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}#questions", $"{one.UnitName}に質問しました。答えがあると、メールでお知らせします。");
    }

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        if (await Db.CaseQuestions.FirstOrDefaultAsync(q => q.Id == QuestionId && q.CaseId == Id) is not { } question)
            return NotFound();
        Expect(question, SeenVersion);
        question.Reply(Answer, Me, Now, await Db.People.Where(p => p.Id == question.PersonId).Select(p => p.Email).FirstOrDefaultAsync());
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}#questions", "質問に答えました。");
    }

    public override Task LoadAsync() => FindAsync();

    private Task<PublishedCase?> PublishedAsync(string id) => Db.LatestCases.Include(c => c.Revision).FirstOrDefaultAsync(c => c.CaseId == id);

    // Where nobody answers for the unit any more, the partnership division hears of it.
    private async Task<IReadOnlyList<string>> AddressesAsync(OrgUnit? unit) =>
        unit is not null && (await Db.MailAddressesAsync(Role.Respondent, [unit.Id], Today))[unit.Id].Distinct(StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } own
            ? own : await Db.CoordinatorAddressesAsync(Today);

    private async Task<bool> FindAsync()
    {
        if (await PublishedAsync(Id) is not { } found)
            return false;
        Case = found;
        var staff = (await Db.StaffAnswers.AsNoTracking().FirstOrDefaultAsync(s => s.RevisionId == found.RevisionId && s.CaseId == Id))?.Answers;
        Sheet = new AnswerSheet(
            [.. found.Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal && q.Key is not "title" and not "summary")],
            key => found.Answers[key] ?? staff?[key],
            [.. found.Revision.Forms.Select(form => new NumberedForm(form.No, form.NameJa, false))])
        { AnsweredOnly = true };
        OtherYears = await Db.LatestCases.Where(c => c.ProjectId == found.ProjectId && c.CaseId != Id).OrderBy(c => c.Year).ToListAsync();
        await FindReadersAsync(found);
        return true;
    }

    private async Task FindReadersAsync(PublishedCase found)
    {
        Uses = await Db.CaseUses.AsNoTracking().Include(u => u.Unit).Where(u => u.ProjectId == found.ProjectId && u.TakenBackAt == null).OrderBy(u => u.UsedAt).ToListAsync();
        Spread = await Db.SpreadOfAsync(found);
        var years = OtherYears.Select(c => c.CaseId).Append(Id).ToList();
        Questions = await Db.CaseQuestions.AsNoTracking().Where(q => years.Contains(q.CaseId)).OrderBy(q => q.AskedAt).ToListAsync();
        Readings = await Db.CaseReadings.Where(r => years.Contains(r.CaseId)).SumAsync(r => r.Times);
        var mine = Me.Duties.Select(duty => duty.UnitId).Distinct().ToList();
        MyUnits = [.. (await Db.OrgUnits.AsNoTracking().Where(u => mine.Contains(u.Id)).OrderBy(u => u.Order).ToListAsync()).Where(unit => CaseUse.WhyNotUse(found, unit, null, Me) is null)];
        var codes = MyUnits.Select(u => u.Code).ToList();
        OwnCases = codes.Count == 0 ? [] : [.. (await Db.LatestCases.Where(c => codes.Contains(c.UnitCode) && c.ProjectId != found.ProjectId).OrderByDescending(c => c.Year).ThenBy(c => c.Order).Take(500).ToListAsync()).DistinctBy(c => c.ProjectId)];
    }
}

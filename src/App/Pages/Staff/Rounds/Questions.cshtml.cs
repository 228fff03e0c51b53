using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>問い合わせ: what the units ask about the round, those without an answer first.</summary>
public sealed class QuestionsModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    [BindProperty(Name = "question")]
    public long? QuestionId { get; set; }

    [BindProperty(Name = "answer")]
    public string? Answer { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<RoundQuestion> Questions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Rounds.AnyAsync(r => r.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await WithUnit.FirstOrDefaultAsync(q => q.Id == QuestionId && q.RoundId == Id) is not { } question)
            return NotFound();
        Expect(question, SeenVersion);
        var respondents = await Db.MailAddressesAsync(Role.Respondent, [question.Inquiry.UnitId], Today);
        question.Reply(Answer, Me, Now, respondents[question.Inquiry.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}/questions", $"{question.Inquiry.Unit.Name}の問い合わせに答えました。");
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().FirstAsync(r => r.Id == Id);
        Questions = await WithUnit.AsNoTracking().Where(q => q.RoundId == Id).OrderBy(q => q.Answer != null).ThenByDescending(q => q.AskedAt).ToListAsync();
    }

    private IQueryable<RoundQuestion> WithUnit => Db.RoundQuestions.Include(q => q.Round).ThenInclude(r => r.Programme).Include(q => q.Inquiry).ThenInclude(i => i.Unit);
}

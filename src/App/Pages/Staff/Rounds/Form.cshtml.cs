using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Cases;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>The round as one of its units will see it: the real fields of the answering form, to be read only.</summary>
public sealed class FormModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private CaseForm _form = null!;
    private ReadingContext _context = null!;

    [FromRoute]
    public long Id { get; set; }

    [FromQuery(Name = "unit")]
    public string? UnitCode { get; set; }

    public Round Round { get; private set; } = null!;

    public OrgUnit Unit { get; private set; } = null!;

    /// <summary>Titles of the cases that an earlier phase of the year has left.</summary>
    public IReadOnlyList<string> ReadyCases { get; private set; } = [];

    public FieldToAsk FieldOf(Question question) => new(question, _form.Texts[question.Key], _context, [], null);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Rounds.AnyAsync(r => r.Id == Id && r.Inquiries.Count > 0))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().Include(r => r.Attachments).FirstAsync(r => r.Id == Id);
        var units = Round.Inquiries.Select(i => i.Unit).OrderBy(unit => unit.Order).ToList();
        Unit = units.Find(unit => unit.Code == UnitCode) ?? units[0];
        _context = Round.ReadingContext(await Db.MunicipalityNamesAsync(Round.Year));
        _form = CaseForm.Of(Answers.None, Round.Questionnaire.Questions);
        ReadyCases = await Db.Cases.Of(Round.ProgrammeKey, Round.Year).Where(c => c.UnitId == Unit.Id).OrderBy(c => c.CreatedAt).Select(c => c.Title).ToListAsync();
    }
}

using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Organizations;
using Kyodo.Search;
using Kyodo.Questions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>What stands beside the form: the year before, what to write next, the same project elsewhere, good examples. None of it is read while saving.</summary>
public sealed partial class EditModel
{
    private const int MostExamples = 3;

    private Dictionary<string, AnswerDifference> _since = new(StringComparer.Ordinal);

    /// <summary>The case that this one was carried from.</summary>
    public Case? Before { get; private set; }

    public string BeforeWords => Before!.Year == Round.Year.Previous ? "昨年度" : Before.Year.Japanese;

    public Completeness Completeness => Completeness.Of(Form.Answers, Questions, Round.Year, Before is null ? [] : CaseDifference.Unexplained(Before.Answers, Form.Answers, Questions));

    public IReadOnlyList<ProjectOffer> Offers { get; private set; } = [];

    /// <summary>The entry by which the case joined its project, while that can be undone here.</summary>
    public ProjectLink? Joined { get; private set; }

    public IReadOnlyList<SimilarCase> Similar { get; private set; } = [];

    public IReadOnlyList<CaseCard> Examples { get; private set; } = [];

    /// <summary>Only the part that changes while somebody writes.</summary>
    public async Task<IActionResult> OnGetBesideAsync()
    {
        if (!await FindAsync() || Case is null)
            return NotFound();
        Form = CaseForm.Of(Case.Answers, Questions);
        await ReadBesideAsync();
        return Partial("_Beside", this);
    }

    /// <summary>Called by the page once the form is known, whichever way it came to be drawn.</summary>
    public async Task ReadBesideAsync()
    {
        if (Case?.CarriedFromId is { } past)
        {
            Before = await Db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == past);
            _since = Before is null ? _since : CaseDifference.Between(Before.Answers, Form.Answers, Questions).ToDictionary(d => d.Question.Key, StringComparer.Ordinal);
            Joined = await Db.ProjectLinks.AsNoTracking().Where(l => l.FromId == Case.ProjectId && l.Year == Case.Year && l.UndoneAt == null
                && (l.Kind == ProjectLinkKind.Renamed || l.Kind == ProjectLinkKind.MovedUnit || l.Kind == ProjectLinkKind.BecameBudgeted || l.Kind == ProjectLinkKind.BecameZeroBudget)).FirstOrDefaultAsync();
        }
        else if (Case is not null)
            Offers = await Db.OffersForAsync(Case, Inquiry, await Db.LastYearAsync(Inquiry));
        var title = Form.Answers.Text("title");
        if (title.Length == 0)
            return;
        Similar = await Db.SimilarCasesAsync(Round.Year, title, Case?.Id);
        var found = await index.FindAsync(new CaseQuery { Text = title, WithFacets = false, Size = MostExamples * 3 });
        var own = await Db.OrgUnits.Where(u => u.Id == Inquiry.UnitId).Select(u => u.Name).FirstAsync();
        Examples = [.. found.Page.Items.Where(card => card.ProjectId != Case?.ProjectId && card.UnitName != own).DistinctBy(card => card.ProjectId).Take(MostExamples)];
    }

    private SinceLastYear? SinceLastYear(Question question)
    {
        if (Before is null)
            return null;
        var difference = _since.GetValueOrDefault(question.Key);
        var limit = Before.Answers[question.Key] is null ? null : question.ChangeLimit;
        return difference is null && limit is null ? null
            : new SinceLastYear(question, BeforeWords, TextOf(question, Before.Answers), TextOf(question, Form.Answers), difference, limit, Form.Answers.ReasonFor(question.Key));
    }
}

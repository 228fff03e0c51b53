using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Casebook;

/// <summary>The casebook within the office: the published cases, searched with what only staff may read.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Size = 30;

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "programme")]
    public string? Programme { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public Page<PublishedCase> Found { get; private set; } = new([], 0, 1, Size);

    public IReadOnlyList<Revision> Editions { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        Editions = await Db.Revisions.AsNoTracking().Where(r => r.IsLatest).OrderByDescending(r => r.Year).ThenBy(r => r.ProgrammeKey).ToListAsync();
        var wanted = Db.LatestCases;
        if (!string.IsNullOrEmpty(Programme))
            wanted = wanted.Where(c => c.ProgrammeKey == Programme);
        var notes = Db.StaffAnswers;
        foreach (var word in TextForms.Clean(Search).Split([' ', '　', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            wanted = wanted.Where(c => c.Title.Contains(word) || c.Summary.Contains(word) || c.UnitName.Contains(word) || c.PartnersJson.Contains(word)
                || notes.Any(s => s.RevisionId == c.RevisionId && s.CaseId == c.CaseId && s.AnswersJson.Contains(word)));
        }
        var total = await wanted.CountAsync();
        var number = Math.Clamp(Number, 1, Math.Max(1, (total + Size - 1) / Size));
        var items = await wanted.Include(c => c.Revision).OrderByDescending(c => c.Year).ThenBy(c => c.ProgrammeKey).ThenBy(c => c.Order).Skip((number - 1) * Size).Take(Size).ToListAsync();
        Found = new Page<PublishedCase>(items, total, number, Size);
    }

    public string AddressOf(int page) => "/staff/casebook" + QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Search, ["programme"] = Programme, ["page"] = $"{page}" }.Where(pair => !string.IsNullOrEmpty(pair.Value)));
}

using Kyodo.Common;
using Kyodo.App.Hosting;
using Kyodo.Editions;
using Kyodo.Readers;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Casebook;

/// <summary>The casebook within the office: the published cases, searched with what only staff may read.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Size = 30;
    private const int MostNews = 10;

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "programme")]
    public string? Programme { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public Page<PublishedCase> Found { get; private set; } = new([], 0, 1, Size);

    public IReadOnlyList<Revision> Editions { get; private set; } = [];

    /// <summary>When the visitor's last visit began; null on the first.</summary>
    public DateTimeOffset? LastVisit { get; private set; }

    public IReadOnlyList<Revision> NewEditions { get; private set; } = [];

    public IReadOnlyList<CaseQuestion> NewQuestions { get; private set; } = [];

    public IReadOnlyList<(CaseUse Use, string Title)> NewUses { get; private set; } = [];

    public bool HasNews => NewEditions.Count + NewQuestions.Count + NewUses.Count > 0;

    public bool MayOversee => Access.RolesOf(Access.Overseeing).Any(Me.Is);

    public async Task OnGetAsync()
    {
        LastVisit = await Db.VisitCasebookAsync(Me, Now);
        await LoadAsync();
        if (LastVisit is { } last)
            await FindNewsAsync(last);
    }

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

    private async Task FindNewsAsync(DateTimeOffset last)
    {
        NewEditions = [.. Editions.Where(r => r.ReleasedAt > last)];
        NewQuestions = await Db.CaseQuestions.AsNoTracking().Where(q => q.AskedAt > last || q.AnsweredAt > last).OrderByDescending(q => q.AnsweredAt ?? q.AskedAt).Take(MostNews).ToListAsync();
        var uses = await Db.CaseUses.AsNoTracking().Include(u => u.Unit).Where(u => u.UsedAt > last && u.TakenBackAt == null).OrderByDescending(u => u.UsedAt).Take(MostNews).ToListAsync();
        var ids = uses.ConvertAll(u => u.CaseId);
        var titles = await Db.LatestCases.Where(c => ids.Contains(c.CaseId)).ToDictionaryAsync(c => c.CaseId, c => c.Title);
        NewUses = [.. uses.Where(u => titles.ContainsKey(u.CaseId)).Select(u => (u, titles[u.CaseId]))];
    }

    public string AddressOf(int page) => "/staff/casebook" + QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Search, ["programme"] = Programme, ["page"] = $"{page}" }.Where(pair => !string.IsNullOrEmpty(pair.Value)));
}

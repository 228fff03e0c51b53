using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Projects;

/// <summary>A project over the years (年ごとの歩み): its names, units, programmes, budget and indicators, and what became of it.</summary>
public sealed class ProjectModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    /// <summary>One year of the project. <paramref name="PublishedAt"/>: where staff read it, once it is published.</summary>
    public sealed record YearRow(string CaseId, FiscalYear Year, string Title, string Unit, string Programme, string Declared, long? BudgetYen, IReadOnlyList<Indicator> Indicators, bool IsPublished, long? InquiryId);

    public sealed record LinkRow(ProjectLink Link, string OtherId, string OtherTitle, bool IsFrom);

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public Project Project { get; private set; } = null!;

    public IReadOnlyList<YearRow> Years { get; private set; } = [];

    public IReadOnlyList<LinkRow> Links { get; private set; } = [];

    /// <summary>Every series that any of its years told, newest telling first: a value told later corrects one told before.</summary>
    public IReadOnlyList<Indicator> Indicators =>
    [
        .. Years.SelectMany(year => year.Indicators).GroupBy(one => (Key: TextForms.Key(one.Name), one.Unit))
            .Select(g => new Indicator(g.Last().Name, g.Key.Unit, [.. g.SelectMany(one => one.Values).GroupBy(v => v.Year).Select(v => v.Last()).OrderBy(v => v.Year)])),
    ];

    /// <summary>What was typed to link it with another.</summary>
    public (string Other, string Reason) Typed { get; private set; } = ("", "");

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostLinkAsync(string? other, string? how, int year, string? reason)
    {
        Typed = (other ?? "", reason ?? "");
        if (!await FindAsync())
            return NotFound();
        var id = await OtherAsync(TextForms.Clean(other));
        var (from, to, kind) = how switch
        {
            "merged-into" => (Id, id, ProjectLinkKind.Merged),
            "merged-from" => (id, Id, ProjectLinkKind.Merged),
            "split-into" => (Id, id, ProjectLinkKind.Split),
            "split-from" => (id, Id, ProjectLinkKind.Split),
            _ => throw new Refusal("どうつながるかを選んでください。"),
        };
        await Db.LinkProjectsAsync(from, to, new FiscalYear(year), kind, reason ?? "", Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/projects/{Id}", $"{ProjectLinkWords.Name(kind)}を記録しました。");
    }

    public async Task<IActionResult> OnPostUndoAsync(long linkId)
    {
        if (!await FindAsync())
            return NotFound();
        Refusal.If(Links.All(row => row.Link.Id != linkId) ? "そのつながりはありません。" : null);
        await Db.UndoAsync(linkId, null, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/projects/{Id}", "つながりを取り消しました。記録には残っています。");
    }

    public override Task LoadAsync() => FindAsync();

    // By its address, or by the address of one of its cases, or by the number alone.
    private async Task<string> OtherAsync(string typed)
    {
        var id = typed.TrimEnd('/').Split('/')[^1];
        if (await Db.Projects.AnyAsync(p => p.Id == id))
            return id;
        return await Db.Cases.Where(c => c.Id == id).Select(c => c.ProjectId).FirstOrDefaultAsync() ?? throw new Refusal("相手の事業が見つかりません。相手の「年ごとの歩み」か事例のページのアドレスを貼り付けてください。");
    }

    /// <summary>A project is there for whoever may read one of its cases: its units, those who see all units, and everyone once it is published.</summary>
    private async Task<bool> FindAsync()
    {
        if (await Db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == Id) is not { } found)
            return false;
        Project = found;
        var published = await Db.LatestCases.Where(c => c.ProjectId == Id).Select(c => c.CaseId).ToListAsync();
        var cases = await Db.Cases.AsNoTracking().Where(c => c.ProjectId == Id && c.RemovedAt == null).OrderBy(c => c.Year).ToListAsync();
        var units = await Db.OrgUnits.AsNoTracking().Where(u => cases.Select(c => c.UnitId).Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name);
        var programmes = await Db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => p.NameJa);
        var inquiries = await Db.Inquiries.AsNoTracking().SeenBy(Me).Where(i => cases.Select(c => c.UnitId).Contains(i.UnitId) && i.Round.Status != RoundStatus.Draft)
            .Select(i => new { i.Id, i.UnitId, i.Round.ProgrammeKey, i.Round.Year }).ToListAsync();
        Years =
        [
            .. from one in cases
               let inquiry = inquiries.Where(i => i.UnitId == one.UnitId && i.ProgrammeKey == one.ProgrammeKey && i.Year == one.Year).MaxBy(i => i.Id)?.Id
               let isPublished = published.Contains(one.Id)
               where isPublished || inquiry is not null
               select new YearRow(one.Id, one.Year, one.Title, units[one.UnitId], programmes[one.ProgrammeKey], one.Answers.Text("declared"),
                   one.Answers["budget"] is System.Text.Json.Nodes.JsonObject budget ? BudgetType.LatestYen(budget) : null, IndicatorsType.Of(one.Answers["indicators"]), isPublished, inquiry),
        ];
        if (Years.Count == 0)
            return false;
        var links = await Db.ProjectLinks.AsNoTracking().Where(l => (l.FromId == Id || l.ToId == Id) && l.Kind != ProjectLinkKind.Different).OrderBy(l => l.Id).ToListAsync();
        var others = links.Select(l => l.FromId == Id ? l.ToId : l.FromId).OfType<string>().Distinct().ToList();
        var titles = await Db.Projects.AsNoTracking().Where(p => others.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title);
        Links = [.. links.Select(l => (Link: l, Other: l.FromId == Id ? l.ToId : l.FromId)).Select(pair => new LinkRow(pair.Link, pair.Other ?? "", pair.Other is null ? "" : titles[pair.Other], pair.Link.FromId == Id))];
        return true;
    }
}

using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>What my units have been asked; for those who see all units, what every unit has been asked.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, CompilationMemory memory) : StaffPage(db, clock)
{
    public sealed record Row(Inquiry Inquiry, WrittenSoFar Written);

    /// <summary>All rounds, the closed ones too.</summary>
    [FromQuery(Name = "all")]
    public bool All { get; set; }

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    public IReadOnlyList<IGrouping<Round, Row>> Rounds { get; private set; } = [];

    public int Hidden { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var wanted = TextForms.Key(Search);
        var seen = (await Db.Inquiries.AsNoTrackingWithIdentityResolution().Include(i => i.Unit).Include(i => i.Round).ThenInclude(r => r.Programme)
            .SeenBy(Me).Where(i => i.Round.Status != RoundStatus.Draft).AsSplitQuery().ToListAsync())
            .FindAll(i => wanted.Length == 0 || TextForms.Key(i.Unit.Name + i.Unit.Code + i.Round.Title).Contains(wanted, StringComparison.Ordinal));
        var shown = seen.FindAll(i => All || i.Round.Status is RoundStatus.Open);
        Hidden = seen.Count - shown.Count;
        var written = await Db.WrittenSoFarAsync(shown, memory);
        Rounds =
        [
            .. shown.OrderBy(i => i.Unit.Order).ThenBy(i => i.UnitId)
                .Select(i => new Row(i, written.GetValueOrDefault(i.Id)))
                .GroupBy(row => row.Inquiry.RoundId)
                .OrderBy(g => g.First().Inquiry.Round.Status).ThenByDescending(g => g.First().Inquiry.Round.Due).ThenBy(g => g.First().Inquiry.Round.Programme.Order)
                .SelectMany(g => g.GroupBy(_ => g.First().Inquiry.Round)),
        ];
    }
}

using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>A new round: programme, fiscal year and phase; the rest comes from the round before.</summary>
public sealed class NewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [BindProperty(Name = "programme", SupportsGet = true)]
    public string? ProgrammeKey { get; set; }

    [BindProperty(Name = "year", SupportsGet = true)]
    public string? YearText { get; set; }

    [BindProperty(Name = "phase")]
    public Phase Phase { get; set; } = Phase.StartOfYear;

    [BindProperty(Name = "from")]
    public string? From { get; set; }

    public IReadOnlyList<(string Key, string Name)> Programmes { get; private set; } = [];

    public IReadOnlyList<string> Earlier { get; private set; } = [];

    public bool TakesOver => From is null or "before";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!FiscalYear.TryParse(YearText, out var year))
        {
            throw new Refusal("照会をつくれません。次のところを直してください。",
                [new Problem(Severity.Error, $"年度「{YearText}」は読めません。例: 平成20、H20、2008", Field: "year")]);
        }
        var round = await Db.PrepareAsync(ProgrammeKey ?? "", year, Phase, asBefore: From == "before", Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{round.Id}/draft", round.Inquiries.Count > 0
            ? $"照会をつくりました。前の照会から、文面と照会先（{round.Inquiries.Count}組織）を引き継いでいます。文書番号と日付を書き、期限を確かめてください。"
            : "照会をつくりました。文面・期限・照会先を決めてください。");
    }

    public override async Task LoadAsync()
    {
        Programmes = [.. (await Db.Programmes.AsNoTracking().OrderBy(p => p.Order).Select(p => new { p.Key, p.NameJa }).ToListAsync()).Select(p => (p.Key, p.NameJa))];
        Earlier = await Db.Rounds.AsNoTracking().OrderByDescending(r => r.Year).ThenByDescending(r => r.Id).Select(r => r.Title).Take(6).ToListAsync();
        if (YearText is null && await Db.Rounds.OrderByDescending(r => r.Year).Select(r => (FiscalYear?)r.Year).FirstOrDefaultAsync() is { } newest)
            YearText = newest.Next.Japanese;
    }
}

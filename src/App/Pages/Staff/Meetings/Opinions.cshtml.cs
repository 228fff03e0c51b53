using System.Globalization;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.Meetings;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Meetings;

/// <summary>Every opinion with its answer, as a table: UTF-8 with BOM, a row each.</summary>
public sealed class OpinionsModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var all = await Db.Opinions.AsNoTracking().OrderBy(o => o.Meeting.On).ThenBy(o => o.Id)
            .Select(o => new { o.Meeting.On, o.Meeting.Title, o.Speaker, o.Text, o.Status, o.Answer, Unit = o.Unit!.Name, o.Due }).ToListAsync(stop);
        var csv = new CsvText("会議の日", "会議", "発言者", "意見", "状態", "回答", "担当", "期限");
        foreach (var one in all)
            csv.Row(Iso(one.On), one.Title, one.Speaker, one.Text, OpinionStates.Name(one.Status), one.Answer, one.Unit, one.Due is { } due ? Iso(due) : "");
        return File(csv.Take(), CsvText.Type, "opinions.csv");
    }

    public override Task LoadAsync() => Task.CompletedTask;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>回答票 of the unit for the year: a sheet for each programme that asks it.</summary>
public sealed class WorkbookModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var asked = await Db.Inquiries.WithRound().SeenBy(Me)
            .Where(i => i.UnitId == Inquiry.UnitId && i.Round.Year == Round.Year && (i.Round.Status == RoundStatus.Open || i.Id == InquiryId))
            .ToListAsync();
        var sheets = new List<UnitSheet>();
        // Two rounds of one programme share its cases: the sheet is that of the round at hand, or of the newer one.
        foreach (var inquiry in asked.GroupBy(i => i.Round.ProgrammeKey).Select(g => g.FirstOrDefault(i => i.Id == InquiryId) ?? g.MaxBy(i => i.Id)!).OrderBy(i => i.Round.Programme.Order))
        {
            var questions = inquiry.Round.Questionnaire.Questions;
            var cases = await Db.Cases.AsNoTracking().InReplyTo(inquiry).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync();
            // The workbook comes back with these versions: they are kept to be compared.
            await Db.HoldVersionsAsync(cases.Select(c => c.Id));
            sheets.Add(new UnitSheet(inquiry.Round.ProgrammeKey, inquiry.Round.Programme.NameJa, questions, inquiry.Round.ReadingContext(Context.Municipalities), cases.ConvertAll(c => UnitSheetRow.Of(c, questions)))
            {
                Past = await PastAsync(inquiry),
            });
        }
        var file = new MemoryStream();
        UnitWorkbook.Write(file, Inquiry.Unit.Code, Inquiry.Unit.Name, Round.Year, sheets, Now);
        file.Position = 0;
        Response.Headers.CacheControl = "no-store";
        return File(file, ContentType, $"回答票_{Inquiry.Unit.Name}_{Round.Year.Japanese}.xlsx");
    }

    private async Task<PastSheet?> PastAsync(Inquiry inquiry)
    {
        if (await Db.LastYearAsync(inquiry) is not { Year: { } year, Cases: { Count: > 0 } listed })
            return null;
        var ids = listed.Select(one => one.Id).ToList();
        var cases = await Db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync();
        var asked = await Db.QuestionsAskedAsync(inquiry.Round.ProgrammeKey, year);
        return new PastSheet(year, asked, new ReadingContext(year, inquiry.Round.Programme.FormsIn(year), []), cases.ConvertAll(one => UnitSheetRow.Of(one, asked)));
    }

    public override Task LoadAsync() => FindInquiryAsync();
}

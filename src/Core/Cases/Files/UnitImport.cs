using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Kyodo.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases.Files;

/// <summary>
/// A unit's workbook set against all inquiries of that unit and year that it has a sheet for: what was written on the sheet of another
/// programme is not left behind. A file that is no workbook of ours counts for the one inquiry it was handed in at.
/// </summary>
public sealed class UnitImport
{
    private UnitImport(IReadOnlyList<CaseImport> sheets) => Sheets = sheets;

    public IReadOnlyList<CaseImport> Sheets { get; }

    public IReadOnlyList<CheckedProblem> Problems => [.. Sheets.SelectMany(sheet => sheet.Check.Problems)];

    public bool HasErrors => Sheets.Any(sheet => sheet.Check.HasErrors);

    public IEnumerable<StaleCase> Stale => Sheets.SelectMany(sheet => sheet.Stale);

    /// <summary>Why not even the rows without errors can be saved; null where they can.</summary>
    public string? WhyNotLeaveOut => Sheets.Select(sheet => sheet.WhyNotLeaveOut).FirstOrDefault(why => why is not null);

    public bool ChangesNothing => Sheets.All(sheet => sheet.NewCases + sheet.ChangedCases == 0);

    public static async Task<UnitImport> CheckAsync(AppDb db, Inquiry inquiry, ReadOnlyMemory<byte> file, IReadOnlyList<string> municipalities, Actor by, DateTimeOffset now, ForeignReading? reading = null, MergeChoices? choices = null, CancellationToken stop = default)
    {
        var programmes = UnitWorkbook.SheetsFor(file);
        var others = await db.Inquiries.WithRound().SeenBy(by)
            .Where(i => i.UnitId == inquiry.UnitId && i.Round.Year == inquiry.Round.Year && i.Round.Status == RoundStatus.Open && i.Id != inquiry.Id
                && i.Round.ProgrammeKey != inquiry.Round.ProgrammeKey && programmes.Contains(i.Round.ProgrammeKey))
            .OrderBy(i => i.Id)
            .ToListAsync(stop);
        var sheets = new List<CaseImport>();
        foreach (var one in others.Prepend(inquiry))
            sheets.Add(await CaseImport.CheckAsync(db, one, file, municipalities, by, now, one == inquiry && programmes.Count == 0 ? reading : null, choices, stop));
        // Rows of another programme that are as they were downloaded say nothing, even where that inquiry is closed by now.
        var written = sheets.FindAll(sheet => sheet.Check.Rows > 0 && (sheet.Inquiry == inquiry || sheet.Check.Refused > 0 || sheet.NewCases + sheet.ChangedCases > 0));
        return new UnitImport(written.Count > 0 ? written : [sheets[0]]);
    }

    /// <summary>Saves all rows of all sheets, or nothing.</summary>
    /// <param name="leaveOut">Saves the rows that are right where others are wrong.</param>
    /// <param name="remember">Keeps how a foreign list was read, for the unit's next one with these headers.</param>
    public async Task SaveAsync(AppDb db, string origin, Actor by, DateTimeOffset now, bool leaveOut = false, bool remember = true, CancellationToken stop = default)
    {
        if (HasErrors && !leaveOut)
            throw new Refusal("直すところがあるため、何も保存していません。", [.. Problems.Select(p => new Problem(p.Severity, p.Message, p.Sheet, p.Cell))]);
        await using var transaction = await db.BeginAloneAsync(stop);
        foreach (var sheet in Sheets)
        {
            if (remember && sheet.Mapped is { } mapped)
                await db.RememberMappingAsync(sheet.Inquiry.UnitId, sheet.Inquiry.Round.ProgrammeKey, mapped, now, stop);
            await sheet.SaveAsync(db, origin, by, now, leaveOut, stop);
        }
        await transaction.CommitAsync(stop);
    }
}

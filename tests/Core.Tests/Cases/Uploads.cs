using System.IO.Compression;
using System.Text;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Kyodo.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.Cases;

/// <summary>Workbooks as a unit fills them in, and what is done to them before they come back.</summary>
internal static class Uploads
{
    public const int FirstRow = 4;

    public static byte[] Workbook(Inquiry inquiry, params Dictionary<string, string>[] rows) => Workbook(inquiry, inquiry.Unit.Code, Office.Year, rows);

    public static byte[] Workbook(Inquiry inquiry, string unitCode, FiscalYear year, params Dictionary<string, string>[] rows) =>
        Workbook(inquiry, unitCode, year, rows.Select(row => new UnitSheetRow(null, null, row)));

    public static byte[] Workbook(Inquiry inquiry, string unitCode, FiscalYear year, IEnumerable<UnitSheetRow> rows)
    {
        var programme = inquiry.Round.Programme;
        using var file = new MemoryStream();
        UnitWorkbook.Write(file, unitCode, inquiry.Unit.Name, year,
            [new UnitSheet(programme.Key, programme.NameJa, inquiry.Round.Questionnaire.Questions, inquiry.Round.ReadingContext(Office.Municipalities), [.. rows])],
            JapanTime.At(Office.Opened, 10));
        return file.ToArray();
    }

    /// <summary>The workbook that the unit would download now.</summary>
    public static async Task<byte[]> DownloadAsync(Office office, Inquiry inquiry) =>
        Workbook(inquiry, inquiry.Unit.Code, Office.Year, (await office.CasesAsync(inquiry)).Select(one => UnitSheetRow.Of(one, inquiry.Round.Questionnaire.Questions)));

    /// <summary>The cell of a part in the given row of cases, counted from 0.</summary>
    public static string Cell(Inquiry inquiry, string partKey, int row = 0)
    {
        var keys = inquiry.Round.Questionnaire.Questions.SelectMany(q => q.Parts.Select(q.PartKey)).Append("case_id").Append("version").ToList();
        return $"{CellAddress.ColumnName(keys.IndexOf(partKey) + 1)}{FirstRow + row}";
    }

    /// <summary>The same file with one part of it rewritten, as a hand or another program would.</summary>
    public static byte[] Rewritten(byte[] workbook, Func<string, string> rewrite, string part = "xl/worksheets/sheet1.xml")
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry(part)!;
            string before;
            using (var reader = new StreamReader(entry.Open()))
                before = reader.ReadToEnd();
            var after = rewrite(before);
            if (after == before)
                throw new InvalidOperationException("The file was not changed: the test would try nothing.");
            entry.Delete();
            using var writer = zip.CreateEntry(part).Open();
            writer.Write(Encoding.UTF8.GetBytes(after));
        }
        return file.ToArray();
    }

    extension(Office office)
    {
        public Task<CaseImport> CheckAsync(Inquiry inquiry, byte[] file, Actor? by = null, ForeignReading? reading = null) =>
            CaseImport.CheckAsync(office.Db, inquiry, CaseFile.ReadAll(new MemoryStream(file)), Office.Municipalities, by ?? office.RespondentOf(inquiry), office.Now, reading);

        public async Task<CaseImport> UploadAsync(Inquiry inquiry, byte[] file)
        {
            var import = await office.CheckAsync(inquiry, file);
            await import.SaveAsync(office.Db, "workbook", office.RespondentOf(inquiry), office.Now);
            return import;
        }
    }
}

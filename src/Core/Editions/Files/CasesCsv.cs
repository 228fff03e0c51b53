using CsvHelper;

namespace Kyodo.Editions.Files;

/// <summary>cases.csv: UTF-8 with BOM, CRLF, one header row.</summary>
public static class CasesCsv
{
    public const string FileName = "cases.csv";

    public static async Task WriteAsync(EditionCopy copy, Stream output, CancellationToken stop = default)
    {
        await using var csv = CsvWriter.Create(output, new CsvWriterOptions { WriteByteOrderMark = true, NewLine = "\r\n" }, leaveOpen: true);
        var columns = EditionColumns.Of(copy);
        csv.WriteHeader([.. columns.Select(column => column.Name)]);
        foreach (var one in copy.Cases)
            await csv.WriteRecordAsync([.. columns.Select(column => FormulaGuard.Guarded(column.Text(one)))], stop);
    }
}

using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Editions.Files;

/// <summary>cases.xlsx, for machines: the columns of cases.csv under one header row, and what the columns mean on a second sheet.</summary>
public static class CasesWorkbook
{
    public const string FileName = "cases.xlsx";

    public static void Write(EditionCopy copy, Stream output)
    {
        var columns = EditionColumns.Of(copy);
        var cases = new SheetToWrite("cases", [.. columns.Select(c => new ColumnToWrite(c.Name) { Kind = c.Kind })],
            copy.Cases.Select(one => (IReadOnlyList<object?>)[.. columns.Select(c => c.Value(one))]));
        WorkbookFile.Write(output, [cases, Questions(copy)], copy.Revision.ReleasedAt, new WorkbookProperties(copy.Title, Manifest.ProgramVersion));
    }

    private static SheetToWrite Questions(EditionCopy copy) => new("questions",
        [new("column", 24), new("question", 20), new("label_ja", 32), new("label_en", 32), new("type", 18), new("unit", 10), new("section", 16), new("visibility", 12), new("ds451", 20)],
        from question in copy.Questions
        from part in question.Parts.DefaultIfEmpty(new Part("", question.LabelJa, question.LabelEn, PartKind.Line))
        select (IReadOnlyList<object?>)
        [
            question.PartKey(part), question.Key, part.LabelJa, part.LabelEn, question.Type, part.Unit, question.Section, question.Visibility.ToString(), question.Ds451,
        ]);
}

using Kyodo.Common;
using Kyodo.Workbooks;

namespace Kyodo.Editions.Files;

/// <summary>
/// casebook.xlsx, for people and paper: contents, counts by form and department, then a sheet a form with a row a case. A section of the
/// questionnaire is a column, so a question that is added finds its place.
/// </summary>
public static class CasebookWorkbook
{
    public const string FileName = "casebook.xlsx";

    private const double WidthForSections = 142;

    // What 409 points, Excel's highest row, surely hold; a longer answer runs on in the next row.
    private const int LinesInRow = 26;

    public static void Write(EditionCopy copy, Stream output)
    {
        var sections = SectionsOf(copy);
        IEnumerable<SheetToWrite> sheets = [Contents(copy), Counts(copy), .. copy.Revision.Forms.Where(form => CasesOf(copy, form).Any()).Select(form => FormSheet(copy, form, sections))];
        WorkbookFile.Write(output, sheets, copy.Revision.ReleasedAt, new WorkbookProperties(copy.Title, Manifest.ProgramVersion));
    }

    private static SheetToWrite Contents(EditionCopy copy) => new("目次",
        [new("協働形態", 38) { Wrap = true }, new("事業名", 62) { Wrap = true }, new("担当", 24) { Wrap = true }, new("新規・継続", 12), new("番号", 8) { Kind = ColumnKind.Number }],
        copy.Cases.Select(one => (IReadOnlyList<object?>)[$"{one.FormNo} {copy.FormName(one)}", one.Title, one.UnitName, CaseStatus.Japanese(one.Status), one.Order]))
    {
        Titles = [copy.Title, .. Notes(copy)],
        Print = Print(copy, "目次"),
    };

    private static SheetToWrite Counts(EditionCopy copy)
    {
        var units = copy.Cases.OrderBy(one => one.UnitOrder).GroupBy(one => one.UnitName).ToList();
        var forms = copy.Revision.Forms;
        IEnumerable<IReadOnlyList<object?>> rows =
        [
            .. units.Select(unit => Row(unit.Key, unit)),
            Row("計", copy.Cases),
        ];
        return new("件数", [new("部局・地域振興局", 28), .. forms.Select(form => Count($"{form.No} {form.NameJa}")), Count("計")], rows)
        {
            Titles = [$"{copy.Revision.Year.InBothCalendars} {copy.Revision.NameJa}　部局別・協働形態別の件数"],
            Print = Print(copy, "件数"),
        };

        ColumnToWrite Count(string header) => new(header, 17) { Kind = ColumnKind.Number, Wrap = true };

        IReadOnlyList<object?> Row(string name, IEnumerable<PublishedCase> cases) =>
            [name, .. forms.Select(form => (object?)cases.Count(one => one.FormNo == form.No)), cases.Count()];
    }

    private static SheetToWrite FormSheet(EditionCopy copy, PublishedForm form, IReadOnlyList<CasebookSection> sections)
    {
        var cases = CasesOf(copy, form).ToList();
        var widths = Widths(sections);
        ColumnToWrite[] columns = [new("番号・事業名・担当", 24) { Wrap = true }, .. sections.Select((section, i) => new ColumnToWrite(section.Name, widths[i]) { Wrap = true })];
        return new($"{form.No} {form.NameJa}", columns, cases.SelectMany(one => Rows(copy, one, sections, widths)))
        {
            Titles = [$"{form.No} {form.NameJa}（{cases.Count}件）", copy.Title],
            Print = Print(copy, $"{form.No} {form.NameJa}"),
        };
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(EditionCopy copy, PublishedCase one, IReadOnlyList<CasebookSection> sections, double[] widths)
    {
        var cells = sections.Select((section, i) => RowHeight.Split(section.Text(one), widths[i], LinesInRow)).ToList();
        yield return [$"{one.Order}\n{one.Title}\n\n{one.UnitName}\n{CaseStatus.Japanese(one.Status)}", .. cells.Select(pieces => pieces.ElementAtOrDefault(0))];
        for (var next = 1; next < cells.Max(pieces => pieces.Count); next++)
            yield return [$"{one.Order}\n{one.Title}（つづき）", .. cells.Select(pieces => pieces.ElementAtOrDefault(next))];
    }

    private static List<CasebookSection> SectionsOf(EditionCopy copy) =>
    [
        .. copy.Questions.Where(question => question.Key is not ("title" or "declared"))
            .GroupBy(question => question.Section)
            .Select(section => new CasebookSection(section.Key, [.. section], copy)),
    ];

    /// <summary>A section gets room by what is written in it; the square root keeps the long ones from pressing the short ones to nothing.</summary>
    private static double[] Widths(IReadOnlyList<CasebookSection> sections)
    {
        var wanted = sections.Select(section => Math.Sqrt(Math.Max(60, section.MeanLength))).ToList();
        return [.. wanted.Select(width => Math.Round(Math.Max(14, WidthForSections * width / wanted.Sum())))];
    }

    private static IEnumerable<PublishedCase> CasesOf(EditionCopy copy, PublishedForm form) => copy.Cases.Where(one => one.FormNo == form.No);

    private static IEnumerable<string> Notes(EditionCopy copy) =>
    [
        $"公表日 {PartialDate.Of(copy.Revision.ReleasedAt.DayInJapan()).InBothCalendars}　{copy.Cases.Count}件" + (copy.ForStaff ? "　職員だけが読むもの" : $"　{EditionLicence.Name}"),
        .. new[] { copy.Revision.Remark, copy.Revision.Erratum is { } erratum ? $"訂正: {erratum}" : null }.OfType<string>(),
    ];

    private static PrintSetup Print(EditionCopy copy, string part) => new(part, copy.Title);
}

using System.Globalization;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Editions.Files;

/// <summary>One column of the files for machines. A value is a string, an int, a long, a decimal or null.</summary>
internal sealed record EditionColumn(string Name, ColumnKind Kind, Func<PublishedCase, object?> Value)
{
    /// <summary>Its texts are dates in ISO 8601.</summary>
    public bool IsDate { get; init; }

    public string Text(PublishedCase one) => Value(one) switch
    {
        null => "",
        string text => text,
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>
/// The columns that cases.csv and cases.xlsx share: the contract's first ones, then one a part of a question, named by its key and written so
/// that it can be imported again.
/// </summary>
internal static class EditionColumns
{
    // These contract columns say what the question of the same name says: it gets no second column.
    private static readonly HashSet<string> AskedColumns = new(["title", "form", "declared", "partners"], StringComparer.Ordinal);

    public static IReadOnlyList<EditionColumn> Of(EditionCopy copy)
    {
        var columns = Contract(copy);
        var taken = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var question in copy.Questions)
        {
            if (question.Parts.Count == 0)
                columns.Add(new(Free(question.Key), ColumnKind.Text, one => Shown(copy, question, one)));
            foreach (var part in question.Parts.Where(part => !AskedColumns.Contains(question.PartKey(part))))
                columns.Add(new(Free(question.PartKey(part)), part.Kind is PartKind.Number ? ColumnKind.Number : ColumnKind.Text, one => Written(copy, question, part, one)) { IsDate = part.Kind is PartKind.Date });
        }
        return columns;

        string Free(string key) => taken.Contains(key) ? $"answers.{key}" : key;
    }

    private static List<EditionColumn> Contract(EditionCopy copy) =>
    [
        new("case_id", ColumnKind.Text, one => one.CaseId),
        new("project_id", ColumnKind.Text, one => one.ProjectId),
        new("programme", ColumnKind.Text, one => one.ProgrammeKey),
        new("fiscal_year", ColumnKind.Year, one => one.Year.Year),
        new("title", ColumnKind.Text, one => one.Title),
        new("form_no", ColumnKind.Number, one => one.FormNo),
        new("form", ColumnKind.Text, copy.FormName),
        new("declared", ColumnKind.Text, one => one.Declared),
        new("lineage", ColumnKind.Text, one => one.Lineage),
        new("unit_code", ColumnKind.Text, one => one.UnitCode),
        new("unit", ColumnKind.Text, one => one.UnitName),
        new("partners", ColumnKind.Text, one => string.Join('\n', one.Partners.Select(partner => partner.Name))),
        new("municipalities", ColumnKind.Text, one => string.Join('、', one.Municipalities)),
        new("themes", ColumnKind.Text, one => string.Join('、', one.Themes)),
        new("budget_yen", ColumnKind.Number, one => one.BudgetYen),
        new("source_id", ColumnKind.Text, one => one.SourceId),
    ];

    private static object? Written(EditionCopy copy, Question question, Part part, PublishedCase one)
    {
        if (copy.Answer(one, question) is not { } value)
            return null;
        var text = question.AnswerType.Write(question, value)[part.Suffix];
        return part.Kind switch
        {
            PartKind.Number when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            // ISO 8601 for machines; it is read again as well as the Japanese form.
            PartKind.Date when PartialDate.TryParse(text, out var date) => date.Iso,
            _ => text.Length > 0 ? text : null,
        };
    }

    private static string? Shown(EditionCopy copy, Question question, PublishedCase one) =>
        copy.Answer(one, question) is { } value ? string.Join('\n', question.AnswerType.Show(question, value)) : null;
}

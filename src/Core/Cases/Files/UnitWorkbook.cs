using System.Globalization;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>One sheet of a unit's workbook: what one programme asks, and the rows that are there already.</summary>
public sealed record UnitSheet(string ProgrammeKey, string ProgrammeName, IReadOnlyList<Question> Questions, ReadingContext Context, IReadOnlyList<UnitSheetRow> Rows)
{
    /// <summary>The cases of the year before, for reference on a sheet of their own; never read back.</summary>
    public PastSheet? Past { get; init; }
}

/// <summary>What was answered the last time, under the questions of that time.</summary>
public sealed record PastSheet(FiscalYear Year, IReadOnlyList<Question> Questions, ReadingContext Context, IReadOnlyList<UnitSheetRow> Rows);

/// <summary>A row by part key. A row that was never on the server has no id and no version.</summary>
public sealed record UnitSheetRow(string? CaseId, int? Version, IReadOnlyDictionary<string, string> Texts)
{
    public static UnitSheetRow Of(Case one, IReadOnlyList<Question> questions) => new(one.Id, one.Version, TextsOf(one.Answers, questions));

    public static Dictionary<string, string> TextsOf(Answers answers, IReadOnlyList<Question> questions)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (answers[question.Key] is not { } value)
                continue;
            var written = question.AnswerType.Write(question, value);
            foreach (var part in question.Parts)
                texts[question.PartKey(part)] = written[part.Suffix];
        }
        return texts;
    }
}

/// <summary>
/// 回答票: the workbook of one unit, a sheet a programme, with drop-downs, notes and the rows at hand. A very hidden sheet says whose and
/// what it is, so that another unit's workbook is known for what it is.
/// </summary>
public static class UnitWorkbook
{
    public const string MarkSheet = "kyodo";
    internal const string IdHeader = "事例ID（変更不可）";
    internal const string VersionHeader = "版（変更不可）";

    private const string ProgrammeMark = "programme:";
    private const string PastMark = "（参考）";
    private const int RowsToFill = 30;

    // On paper: what is written; where nothing is, a page to write on. All empty rows would be a page more for each page.
    private const int BlankRowsPrinted = 15;

    // Some forty columns: on one page nobody could read them.
    private const int PagesWide = 8;

    public static void Write(Stream output, string unitCode, string unitName, FiscalYear year, IReadOnlyList<UnitSheet> sheets, DateTimeOffset now)
    {
        var marks = new List<IReadOnlyList<object?>> { new object?[] { "unit", unitCode }, new object?[] { "year", year.ToString() } };
        marks.AddRange(sheets.Select(sheet => new object?[] { ProgrammeMark + sheet.ProgrammeKey, SheetName(sheet.ProgrammeName) }));
        WorkbookFile.Write(output,
            [.. sheets.Select(sheet => Draw(sheet, unitName, year)), .. sheets.Where(sheet => sheet.Past is not null).Select(sheet => DrawPast(sheet.Past!, sheet.ProgrammeName, unitName, year)), new SheetToWrite(MarkSheet, [new("key"), new("value")], marks) { Visibility = SheetVisibility.VeryHidden }],
            now, new WorkbookProperties($"{year.Japanese} 協働事例 回答票（{unitName}）", "Kyodo"));
    }

    /// <summary>The programmes whose sheet is still in the workbook; none when the file is not one of ours.</summary>
    internal static IReadOnlyList<string> SheetsFor(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith("PK"u8))
            return [];
        var workbook = WorkbookReader.Read(new MemoryStream(file.ToArray(), writable: false));
        var marks = workbook.Sheets.FirstOrDefault(s => s.Name == MarkSheet)?.Rows ?? [];
        return
        [
            .. from mark in marks
               where mark[1].Text.StartsWith(ProgrammeMark, StringComparison.Ordinal) && workbook.Sheets.Any(s => !s.Hidden && s.Name == mark[2].Text)
               select mark[1].Text[ProgrammeMark.Length..],
        ];
    }

    /// <summary>The sheet shows last year's cases and is not read.</summary>
    internal static bool IsPast(string sheetName) => sheetName.Contains(PastMark, StringComparison.Ordinal);

    internal static string SheetName(string programmeName) => programmeName.Length <= 31 ? programmeName : programmeName[..31];

    private static SheetToWrite Draw(UnitSheet sheet, string unitName, FiscalYear year)
    {
        var columns = sheet.Questions.SelectMany(q => q.Parts.Select(part => (Question: q, Part: part))).ToList();
        return new SheetToWrite(SheetName(sheet.ProgrammeName),
            [.. columns.Select(c => Column(c.Question, c.Part, sheet.Context)), new(IdHeader, 16) { Locked = true }, new(VersionHeader, 8) { Locked = true }],
            sheet.Rows.Select(row => (IReadOnlyList<object?>)
            [
                .. columns.Select(c => AsOffered(row.Texts.GetValueOrDefault(c.Question.PartKey(c.Part)), c.Question, c.Part, sheet.Context)),
                row.CaseId,
                row.Version?.ToString(CultureInfo.InvariantCulture),
            ]))
        {
            Titles =
            [
                $"{year.Japanese} {sheet.ProgrammeName} 回答票　{unitName}",
                "1行に1事例を書いてください。色の付いた見出しは必要な項目です。見出しの行と右端の事例ID・版は変えないでください。セルを選ぶと説明が出ます。",
            ],
            InputRows = sheet.Rows.Count + RowsToFill,
            Print = new PrintSetup($"{year.Japanese} {sheet.ProgrammeName}", unitName, PagesWide: PagesWide, InputRows: sheet.Rows.Count == 0 ? BlankRowsPrinted : 0),
        };
    }

    private static SheetToWrite DrawPast(PastSheet past, string programmeName, string unitName, FiscalYear year)
    {
        var columns = past.Questions.SelectMany(q => q.Parts.Select(part => (Question: q, Part: part))).ToList();
        var name = SheetName($"{(past.Year == year.Previous ? "昨年度" : past.Year.Japanese)}{PastMark}{programmeName}");
        // Locked whole: what is written here goes nowhere.
        return new SheetToWrite(name,
            [.. columns.Select(c => new ColumnToWrite(c.Part.LabelJa, Width(c.Part)) { Wrap = c.Part.Kind is not PartKind.Number, Locked = true })],
            past.Rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(c => AsOffered(row.Texts.GetValueOrDefault(c.Question.PartKey(c.Part)), c.Question, c.Part, past.Context))]))
        {
            Titles = [$"{past.Year.Japanese} {programmeName} の事例（参考）　{unitName}", "見るためのシートです。ここに書いても読み込まれません。今年度も続ける事業は、回答画面で「変更なし」か「変更あり」を選ぶと、回答票に入ります。"],
            Print = new PrintSetup($"{past.Year.Japanese} {programmeName}（参考）", unitName, PagesWide: PagesWide),
        };
    }

    // A form of collaboration is kept by its number; its cell holds what the drop-down offers: "2 事業協定".
    private static string? AsOffered(string? text, Question question, Part part, ReadingContext context) =>
        question.Type == "form" && part.Kind is PartKind.Choice && text is { Length: > 0 }
            ? context.ChoicesOf(question, part).FirstOrDefault(choice => choice.StartsWith(text + " ", StringComparison.Ordinal)) ?? text
            : text;

    private static ColumnToWrite Column(Question question, Part part, ReadingContext context) => new(part.LabelJa, Width(part))
    {
        Wrap = part.Kind is PartKind.Text or PartKind.Lines or PartKind.ManyChoices,
        Required = question.Needed && part == question.Parts[0],
        Choices = part.Kind is PartKind.Choice ? context.ChoicesOf(question, part) : [],
        NoteTitle = part.LabelJa.Length > 32 ? part.LabelJa[..32] : part.LabelJa,
        Note = Note(question, part, context),
    };

    private static double Width(Part part) => part.Kind switch
    {
        PartKind.Text => 48,
        PartKind.Lines => 36,
        PartKind.ManyChoices => 24,
        PartKind.Number => 14,
        PartKind.Date => 16,
        _ => part.MaxLength > 60 ? 32 : 20,
    };

    private static string? Note(Question question, Part part, ReadingContext context)
    {
        var note = string.Join('\n', new[]
        {
            question.Help,
            part.MaxLength is { } most && part.Kind is PartKind.Text ? $"{most}字以内。" : null,
            part.Kind is PartKind.ManyChoices && context.ChoicesOf(question, part) is { Count: > 0 and <= 14 } choices ? string.Join("、", choices) : null,
            part.InRows && part.Choices.Count > 0 ? string.Join("、", part.Choices) : null,
            question.Example is { } example ? $"例: {example}" : null,
        }.Where(line => line is not null));
        return note.Length == 0 ? null : note.Length <= 255 ? note : note[..254] + "…";
    }
}

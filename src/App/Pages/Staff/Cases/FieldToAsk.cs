using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>One question as the form asks it. <paramref name="Theirs"/>: what somebody else has written meanwhile.</summary>
public sealed record FieldToAsk(Question Question, PartTexts Texts, ReadingContext Context, IReadOnlyList<Problem> Problems, string? Theirs)
{
    private const int MostRadios = 9;
    private const int BlankRows = 3;

    /// <summary>The answer of the year before beside this one; null for a case that was not carried over.</summary>
    public SinceLastYear? Since { get; init; }

    /// <summary>The mark of the answer that the field shows (<see cref="Kyodo.Cases.Answers.Mark"/>).</summary>
    public string Mark { get; init; } = "";

    public IReadOnlyList<Part> SingleParts => [.. Question.Fields.Where(part => !part.InRows)];

    public IReadOnlyList<Part> RowParts => [.. Question.Fields.Where(part => part.InRows)];

    /// <summary>A question of one plain field has its label; one of several fields, or of choices, is a group.</summary>
    public bool IsGroup => Question.Fields.Count > 1 || IsChoice(Question.Fields[0]);

    public IReadOnlyList<string> Choices(Part part) => Context.ChoicesOf(Question, part);

    public bool IsRadios(Part part) => part.Kind is PartKind.Choice && Choices(part).Count <= MostRadios;

    public bool IsLongList(Part part) => part.Kind is PartKind.ManyChoices && Choices(part).Count > 14;

    public static bool IsChoice(Part part) => part.Kind is PartKind.Choice or PartKind.ManyChoices;

    // A form of collaboration is kept by its number and offered as "2 事業協定".
    public bool IsChosen(Part part, string choice) =>
        Entries(part).Any(entry => entry == choice || (Question.Type == "form" && choice.StartsWith(entry + " ", StringComparison.Ordinal)));

    public IReadOnlyList<string> Entries(Part part) => Texts[part.Suffix].Split(['\n', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public string Id(Part part, int row = 0) => row == 0 ? $"f-{Question.PartKey(part)}" : $"f-{Question.PartKey(part)}-{row + 1}";

    public string Label(Part part)
    {
        // In a group the legend has said the question's name: 「実施期間（開始）」 is 「開始」 under it.
        var label = part.LabelJa.StartsWith(Question.LabelJa, StringComparison.Ordinal) ? part.LabelJa[Question.LabelJa.Length..].TrimStart('の') : part.LabelJa;
        if (label is ['（', .., '）'])
            label = label[1..^1];
        return label.Length <= 1 ? part.LabelJa : label;
    }

    /// <summary>The question's help. That of these types tells how to write the answer into one cell of a workbook; here it is chosen, or has a row of its own.</summary>
    public string? Help => Question.Type switch
    {
        "form" => "主なものを一つ選んでください。ほかにあてはまるものがあれば、「従」に印を付けてください。",
        "place" => "市町村を選んでください。県全体で行うものは「県全域」に印を付けてください。",
        "partner list" => "1行に1団体を書いてください。法人番号は分かるときだけでかまいません。多いときは主な団体だけを書き、団体数に全体の数を書いてください。",
        _ => Question.Help,
    };

    public string? Example => Question.Type is "form" or "place" ? null : Question.Example;

    public IReadOnlyList<Problem> ProblemsOf(Part part) => [.. Problems.Where(problem => problem.Field == Question.PartKey(part))];

    /// <summary>Problems that name the question but none of its fields.</summary>
    public IReadOnlyList<Problem> OwnProblems => [.. Problems.Where(problem => problem.Field == Question.Key && Question.Fields.All(part => part.Suffix.Length > 0))];

    public IReadOnlyList<IReadOnlyList<string>> Rows
    {
        get
        {
            var columns = RowParts.Select(part => Texts[part.Suffix].Split('\n')).ToList();
            var filled = columns.Max(column => Array.FindLastIndex(column, text => text.Length > 0)) + 1;
            return [.. Enumerable.Range(0, filled + BlankRows).Select(row => columns.ConvertAll(column => row < column.Length ? column[row] : ""))];
        }
    }
}

/// <summary>What the year before said to a question, what became of it, and why it changed so much.</summary>
/// <param name="Difference">Null where nothing changed.</param>
/// <param name="Limit">The percentage over which a reason is asked; null where none is.</param>
public sealed record SinceLastYear(Question Question, string YearWords, string Before, string After, AnswerDifference? Difference, int? Limit, string Reason)
{
    public bool IsLarge => Difference?.Large.Count > 0;
}

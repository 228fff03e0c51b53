using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>What an answer may refer to: the programme's forms of collaboration and the municipalities of the year.</summary>
public sealed record ReadingContext(FiscalYear Year, IReadOnlyList<NumberedForm> Forms, IReadOnlyList<string> Municipalities)
{
    /// <summary>The choices of a part: its own, or those that the year brings.</summary>
    public IReadOnlyList<string> ChoicesOf(Question question, Part part) => (question.Type, part.Suffix) switch
    {
        ("form", "") => [.. Forms.Select(form => form.ToString())],
        ("form", "also") => [.. Forms.Select(form => form.ToString())],
        ("place", "") => [PlaceType.WholePrefecture, .. Municipalities],
        _ => part.Choices,
    };
}

/// <summary>A programme's form of collaboration as people write it: <c>2 事業協定</c>.</summary>
public sealed record NumberedForm(int No, string Name, bool AsksForText)
{
    /// <summary>What others call it (対応表).</summary>
    public IReadOnlyList<string> AlsoCalled { get; init; } = [];

    public override string ToString() => $"{No} {Name}";
}

/// <summary>One answer being read: its texts, and where to say what is wrong with them.</summary>
public sealed class Reading(Question question, PartTexts texts, ReadingContext context, ICollection<Problem> problems)
{
    public Question Question => question;

    public ReadingContext Context => context;

    public bool IsBlank => texts.IsBlank;

    public string Text(string suffix = "") => TextForms.Clean(texts[suffix]);

    /// <summary>The lines of a part, trimmed. <paramref name="keepBlank"/>: a blank line keeps its place beside another part's lines.</summary>
    public IReadOnlyList<string> Lines(string suffix = "", bool keepBlank = false) =>
        keepBlank
            // Line by line: to clean the whole would take blank lines at its beginning away.
            ? [.. texts[suffix].ReplaceLineEndings("\n").Split('\n').Select(TextForms.Clean)]
            : [.. Text(suffix).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The entries of a list in one cell, written one a line or with 、 between.</summary>
    public IReadOnlyList<string> Entries(string suffix = "") =>
        [.. Text(suffix).Split(['\n', '、', ',', '，', ';', '；', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public void Wrong(string message, string suffix = "") =>
        problems.Add(new Problem(Severity.Error, message, Field: suffix.Length == 0 ? question.Key : $"{question.Key}.{suffix}"));

    /// <summary>The text of a part, refused when longer than <paramref name="max"/> characters.</summary>
    public string TextUpTo(int? max, string suffix = "")
    {
        var text = Text(suffix);
        var length = new System.Globalization.StringInfo(text).LengthInTextElements;
        // One letter may carry thousands of marks: what counts as short must also be short to keep.
        if (max is { } most && (length > most || text.Length > 2 * most))
            Wrong($"「{question.LabelJa}」は{most}字以内で書いてください（いま{length}字）。", suffix);
        return text;
    }
}

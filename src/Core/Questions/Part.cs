using Kyodo.Common;

namespace Kyodo.Questions;

public enum PartKind
{
    Line,
    Text,
    Lines,
    Choice,
    ManyChoices,
    Number,
    Date,
}

/// <summary>
/// One field of an answer: a column of the workbook, a field of the web form, a column of the CSV. A text takes one, a period two.
/// </summary>
public sealed record Part(string Suffix, string LabelJa, string LabelEn, PartKind Kind, int? MaxLength = null, string? Unit = null)
{
    /// <summary>Parts that stand side by side, one entry a line each (a partner's name, kind and number), share a group.</summary>
    public bool InRows { get; init; }

    /// <summary>What may be chosen; empty where the choices come from the context (forms, municipalities).</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>The texts of one answer, by part suffix.</summary>
public sealed class PartTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public PartTexts()
    {
    }

    public PartTexts(string text) => this[""] = text;

    public string this[string suffix]
    {
        get => _texts.GetValueOrDefault(suffix, "");
        set => _texts[suffix] = value;
    }

    /// <summary>Nothing was written that would be kept.</summary>
    public bool IsBlank => _texts.Values.All(text => TextForms.Clean(text).Length == 0);
}

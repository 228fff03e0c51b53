using Kyodo.Common;

namespace Kyodo.Programmes;

/// <summary>協働形態: one of a programme's numbered forms, valid from and to a fiscal year.</summary>
public sealed class CollaborationForm
{
    public string ProgrammeKey { get; private set; } = "";

    public required int No { get; init; }

    public required string NameJa { get; init; }

    public required string NameEn { get; init; }

    /// <summary>The form in the words of somebody who wants to begin: 行政と一緒に計画から考える.</summary>
    public required string Door { get; init; }

    /// <summary>"Other" asks for free text.</summary>
    public bool AsksForText { get; init; }

    /// <summary>The kinds of partner that this form is made with, separated by 「、」; null for any. A case with none of them is looked at twice.</summary>
    public string? PartnerKinds { get; init; }

    /// <summary>What others call it, separated by 「、」: the crosswalk (対応表) from a municipality's words to ours. Null where nobody has said.</summary>
    public string? AlsoCalled { get; set; }

    public IReadOnlyList<string> OtherNames => AlsoCalled?.Split('、', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public FiscalYear? FirstYear { get; init; }

    public FiscalYear? LastYear { get; init; }

    public bool StandsIn(FiscalYear year) => !(year < FirstYear) && !(year > LastYear);
}

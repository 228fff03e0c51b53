using Kyodo.Editions;

namespace Kyodo.App.Components;

/// <summary>前の版との違い, as a page shows it. <paramref name="AddressOf"/>: a case's page, null where it has none.</summary>
public sealed record EditionChangesView(EditionChanges Changes, Func<CaseChange, string?> AddressOf, bool En = false)
{
    /// <summary>Every one can be unfolded; beyond these, the list itself is folded.</summary>
    public const int MostOpen = 40;

    public string Say(string ja, string en) => En ? en : ja;

    public string? ContentLang => En ? "ja" : null;

    public string Label(FieldChange field) => En && field.LabelEn.Length > 0 ? field.LabelEn : field.LabelJa;

    public IEnumerable<(ChangeKind Kind, string Words, string Status)> Kinds =>
    [
        (ChangeKind.Changed, Say("内容が変わった事例", "Changed"), "answering"),
        (ChangeKind.Added, Say("加わった事例", "Added"), "accepted"),
        (ChangeKind.Withdrawn, Say("公表を取り下げた事例", "Withdrawn"), "returned"),
        (ChangeKind.Removed, Say("載らなくなった事例", "No longer included"), "returned"),
    ];
}

using Kyodo.Common;

namespace Kyodo.App.Pages.Staff;

/// <summary>A day to be typed, in either calendar; with what was wrong with it.</summary>
public sealed record DateField(string Id, string Name, string Label, string Help, string? Typed, string? Wrong)
{
    public const string Example = "例: 平成20年4月25日、H20.4.25、2008-04-25";

    /// <summary>The day; null where nothing was typed.</summary>
    /// <param name="id">The field's id, which the refusal leads to.</param>
    public static DateOnly? Read(string? text, string label, string id) =>
        string.IsNullOrWhiteSpace(text) ? null
        : PartialDate.TryParse(text, out var date) && date.Day is not null ? date.Earliest
        : throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"{label}「{text}」は日付として読めません。{Example}", Field: id)]);
}

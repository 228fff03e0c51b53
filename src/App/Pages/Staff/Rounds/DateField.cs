namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>A day to be typed, in either calendar; with what was wrong with it.</summary>
public sealed record DateField(string Id, string Name, string Label, string Help, string? Typed, string? Wrong);

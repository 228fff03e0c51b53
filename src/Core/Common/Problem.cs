using System.Text.Json.Serialization;

namespace Kyodo.Common;

public enum Severity
{
    [JsonStringEnumMemberName("error")]
    Error,

    [JsonStringEnumMemberName("warning")]
    Warning,
}

/// <summary>
/// One thing that is wrong in what was handed in. <paramref name="Sheet"/> and <paramref name="Cell"/> ("B12") name the place in a file,
/// <paramref name="Field"/> the field of a form (question key, with the part after a dot: "period.from").
/// </summary>
public sealed record Problem(Severity Severity, string Message, string? Sheet = null, string? Cell = null, string? Field = null)
{
    public override string ToString() => (Sheet, Cell) switch
    {
        (null, null) => Message,
        (_, null) => $"{Sheet}: {Message}",
        (null, _) => $"{Cell}: {Message}",
        _ => $"{Sheet}!{Cell}: {Message}",
    };
}

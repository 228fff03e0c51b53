using Kyodo.Common;

namespace Kyodo.Reorganizations;

public enum ReorganizationStatus
{
    /// <summary>Written and rehearsed as often as needed; nothing has changed.</summary>
    Draft,
    Applied,

    /// <summary>取りやめ: never applied, and kept for its history.</summary>
    Dropped,
}

public enum ReorganizationVerb
{
    Write,
    Apply,
    Undo,
    Drop,
}

public static class ReorganizationStates
{
    public static StateTable<ReorganizationStatus, ReorganizationVerb> Table { get; } = new(
        (ReorganizationStatus.Draft, ReorganizationVerb.Write, ReorganizationStatus.Draft),
        (ReorganizationStatus.Draft, ReorganizationVerb.Apply, ReorganizationStatus.Applied),
        (ReorganizationStatus.Draft, ReorganizationVerb.Drop, ReorganizationStatus.Dropped),
        (ReorganizationStatus.Applied, ReorganizationVerb.Undo, ReorganizationStatus.Draft));

    public static string Name(ReorganizationStatus status) => status switch
    {
        ReorganizationStatus.Draft => "準備中",
        ReorganizationStatus.Applied => "適用済み",
        _ => "取りやめ",
    };

    public static string Name(ReorganizationVerb verb) => verb switch
    {
        ReorganizationVerb.Write => "書く",
        ReorganizationVerb.Apply => "適用する",
        ReorganizationVerb.Undo => "適用を取り消す",
        _ => "取りやめる",
    };

    public static string? WhyNot(ReorganizationStatus from, ReorganizationVerb verb) =>
        Table.Allows(from, verb) ? null : $"この機構改革は「{Name(from)}」のため、{Name(verb)}ことはできません。";

    public static string Name(ReorganizationChange change) => change switch
    {
        ReorganizationChange.New => "新設",
        ReorganizationChange.Renamed => "名称変更",
        ReorganizationChange.Merged => "統合",
        ReorganizationChange.Split => "分割",
        ReorganizationChange.Moved => "移管",
        _ => "廃止",
    };
}

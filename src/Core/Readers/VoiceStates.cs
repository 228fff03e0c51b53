using Kyodo.Common;

namespace Kyodo.Readers;

public enum VoiceKind
{
    /// <summary>役に立った</summary>
    Helped,

    /// <summary>もう少し知りたい</summary>
    WantsMore,
}

public enum VoiceStatus
{
    Unread,
    Read,
    Handled,
}

public enum VoiceVerb
{
    Read,
    Handle,
}

/// <summary>What becomes of a reader's voice.</summary>
public static class VoiceStates
{
    public static StateTable<VoiceStatus, VoiceVerb> Table { get; } = new(
        (VoiceStatus.Unread, VoiceVerb.Read, VoiceStatus.Read),
        (VoiceStatus.Unread, VoiceVerb.Handle, VoiceStatus.Handled),
        (VoiceStatus.Read, VoiceVerb.Handle, VoiceStatus.Handled),
        (VoiceStatus.Handled, VoiceVerb.Handle, VoiceStatus.Handled));

    public static string Name(VoiceStatus status) => status switch
    {
        VoiceStatus.Unread => "未読",
        VoiceStatus.Read => "読んだ",
        _ => "対応した",
    };

    public static string Name(VoiceVerb verb) => verb is VoiceVerb.Read ? "読んだことにする" : "対応を書く";

    public static string Name(VoiceKind kind) => kind is VoiceKind.Helped ? "役に立った" : "もう少し知りたい";
}

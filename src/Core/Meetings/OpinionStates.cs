using Kyodo.Common;

namespace Kyodo.Meetings;

public enum OpinionStatus
{
    Open,
    Answered,

    /// <summary>What the answer promised was done.</summary>
    Done,
}

public enum OpinionVerb
{
    Answer,
    Finish,
    Reopen,
}

/// <summary>The states of an opinion given in a meeting, and what leads from one to the next.</summary>
public static class OpinionStates
{
    public static StateTable<OpinionStatus, OpinionVerb> Table { get; } = new(
        (OpinionStatus.Open, OpinionVerb.Answer, OpinionStatus.Answered),
        (OpinionStatus.Answered, OpinionVerb.Answer, OpinionStatus.Answered),
        (OpinionStatus.Answered, OpinionVerb.Finish, OpinionStatus.Done),
        (OpinionStatus.Done, OpinionVerb.Reopen, OpinionStatus.Answered));

    public static string Name(OpinionStatus status) => status switch
    {
        OpinionStatus.Open => "回答待ち",
        OpinionStatus.Answered => "対応中",
        _ => "対応済み",
    };

    public static string Name(OpinionVerb verb) => verb switch
    {
        OpinionVerb.Answer => "回答を書く",
        OpinionVerb.Finish => "対応済みにする",
        _ => "対応中に戻す",
    };
}

namespace Kyodo.Common;

/// <summary>
/// The states of a record and the verbs that lead from one to the next, as a table: guards, buttons, the drawing in docs/stages.md and the
/// tests that try every verb in every state all read this.
/// </summary>
public sealed class StateTable<TState, TVerb>(params (TState From, TVerb Verb, TState To)[] moves)
    where TState : struct, Enum
    where TVerb : struct, Enum
{
    public IReadOnlyList<(TState From, TVerb Verb, TState To)> Moves => moves;

    public TState? After(TState from, TVerb verb)
    {
        foreach (var move in moves)
        {
            if (EqualityComparer<TState>.Default.Equals(move.From, from) && EqualityComparer<TVerb>.Default.Equals(move.Verb, verb))
                return move.To;
        }
        return null;
    }

    public bool Allows(TState from, TVerb verb) => After(from, verb) is not null;

    /// <summary>The drawing, in Mermaid's state diagram.</summary>
    public string Draw(Func<TState, string> nameState, Func<TVerb, string> nameVerb) => string.Join('\n',
    [
        "stateDiagram-v2",
        .. Enum.GetValues<TState>().Select(state => $"    {state}: {nameState(state)}"),
        .. moves.Select(move => $"    {move.From} --> {move.To}: {nameVerb(move.Verb)}"),
    ]);
}

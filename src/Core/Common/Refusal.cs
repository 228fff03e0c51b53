namespace Kyodo.Common;

/// <summary>
/// A rule said no: the sentence says what is wrong, where, and what would do, in the user's words.
/// Verbs throw it; pages, uploads and commands show it as it stands.
/// </summary>
public sealed class Refusal(string message, IReadOnlyList<Problem>? problems = null) : Exception(message)
{
    public IReadOnlyList<Problem> Problems { get; } = problems ?? [];

    /// <summary>Throws when <paramref name="whyNot"/> holds a sentence: the one question that button, POST and command share.</summary>
    public static void If(string? whyNot)
    {
        if (whyNot is not null)
            throw new Refusal(whyNot);
    }
}

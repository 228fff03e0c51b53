using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Compilation.Checks;

/// <summary>
/// One check of a case by itself. <paramref name="Key"/> names the kind for ever: a note written for a warning is found by it.
/// <paramref name="Look"/> gives a sentence for each place, with the question it stands in.
/// </summary>
public sealed record Check(string Key, Severity Severity, Func<CheckedCase, IEnumerable<(string Message, string? Field)>> Look)
{
    public IEnumerable<Hit> Of(CheckedCase one) => Look(one).Select(found => new Hit(Key, Severity, found.Message, found.Field));
}

/// <summary>What a check found in a case; <paramref name="Field"/>: the key of the question.</summary>
public sealed record Hit(string Kind, Severity Severity, string Message, string? Field);

/// <summary>A case as a check looks at it.</summary>
public sealed record CheckedCase(CaseContents Contents, Answers Answers, IReadOnlyList<Question> Missing, CheckContext Context)
{
    public string Title => Contents.Title;

    /// <summary>The answers in words, each compared (folded) once for all checks. Contacts of the office are not among them.</summary>
    public IReadOnlyList<AnswerText> Texts => field ??=
    [
        .. Context.Texts.Where(t => Answers[t.Question.Key] is not null)
            .Select(t => new AnswerText(t, TextForms.Fold(string.Join('\n', t.Question.AnswerType.Show(t.Question, Answers[t.Question.Key]!))))),
    ];

    /// <summary>Those that everybody may read.</summary>
    public IEnumerable<AnswerText> PublicTexts => Texts.Where(t => t.Question.Visibility is Visibility.Public);
}

/// <summary>One answer in words: as <see cref="TextForms.Fold"/> has it.</summary>
public sealed record AnswerText(AskedText Asked, string Folded)
{
    public Question Question => Asked.Question;

    public string Key => field ??= Folded.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>A question answered in words, with the keys of what it says itself.</summary>
public sealed record AskedText(Question Question)
{
    public string HelpKey { get; } = TextForms.Key(Question.Help);

    public string ExampleKey { get; } = TextForms.Key(Question.Example);
}

/// <summary>What is the same for all cases of one compilation. <paramref name="PartnerKinds"/>: the kinds that a form is made with, by its number.</summary>
public sealed record CheckContext(FiscalYear Year, IReadOnlyList<Question> Questions, IReadOnlyList<NumberedForm> Forms, IReadOnlyDictionary<int, IReadOnlyList<string>> PartnerKinds, IReadOnlySet<string> Municipalities)
{
    public IReadOnlyList<AskedText> Texts { get; } = [.. Questions.Where(q => q.Type is "short text" or "long text" or "roles").Select(q => new AskedText(q))];
}

public static class AllChecks
{
    /// <summary>Those that need nothing but the case, in the order of the form.</summary>
    public static IReadOnlyList<Check> OfOne { get; } = [.. ContentChecks.All, .. PersonalChecks.All, .. PartnerChecks.All, .. MoneyAndTimeChecks.All];
}

using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>
/// A case as the form holds it: the texts as typed, the answers that could be read from them, and what is wrong with the others. A question
/// that the form does not carry keeps the answer it has.
/// </summary>
public sealed record CaseForm(IReadOnlyDictionary<string, PartTexts> Texts, Answers Answers, IReadOnlyList<Problem> Problems)
{
    public const int MostOfReason = 400;

    public static CaseForm Of(Answers answers, IReadOnlyList<Question> questions) =>
        new(questions.ToDictionary(q => q.Key, q => TextsOf(q, answers), StringComparer.Ordinal), answers, []);

    public static CaseForm Read(IFormCollection form, Answers before, IReadOnlyList<Question> questions, ReadingContext context)
    {
        var (texts, answers, problems) = (new Dictionary<string, PartTexts>(StringComparer.Ordinal), before, new List<Problem>());
        foreach (var question in questions)
        {
            if (!question.Fields.Any(part => form.ContainsKey(question.PartKey(part))))
            {
                texts[question.Key] = TextsOf(question, before);
                continue;
            }
            var typed = texts[question.Key] = new PartTexts();
            foreach (var part in question.Fields)
                typed[part.Suffix] = TextOf(part, form[question.PartKey(part)]);
            var found = new List<Problem>();
            var value = question.Read(typed, context, found);
            problems.AddRange(found);
            if (question.AnswerType is FileType)
                value = FileType.Known(value, before[question.Key]);
            if (found.Count == 0)
                answers = answers.With(question.Key, value);
            if (question.MayLimitChange && form.ContainsKey(ReasonField(question)))
                answers = ReadReason(question, TextForms.Clean(form[ReasonField(question)]), answers, problems);
        }
        return new CaseForm(texts, answers, problems);
    }

    /// <summary>The field beside a question that asks why its answer changed so much.</summary>
    public static string ReasonField(Question question) => $"{question.Key}.why";

    /// <summary>Where only the other has changed a reason, theirs; <paramref name="opened"/> is what both began from.</summary>
    public CaseForm WithReasonsUnless(Answers opened, Answers now, IReadOnlyList<Question> questions) => this with
    {
        Answers = questions.Where(q => Answers.ReasonFor(q.Key) == opened.ReasonFor(q.Key)).Aggregate(Answers, (answers, q) => answers.WithReason(q.Key, now.ReasonFor(q.Key))),
    };

    private static Answers ReadReason(Question question, string reason, Answers answers, List<Problem> problems)
    {
        if (reason.Length <= MostOfReason)
            return answers.WithReason(question.Key, reason);
        problems.Add(new Problem(Severity.Error, $"「{question.LabelJa}」が大きく変わった理由は{MostOfReason}字以内で書いてください（いま{reason.Length}字）。", Field: question.Key));
        return answers;
    }

    /// <summary>The same with the answer of one question replaced.</summary>
    public CaseForm With(Question question, Answers from) => this with
    {
        Texts = new Dictionary<string, PartTexts>(Texts, StringComparer.Ordinal) { [question.Key] = TextsOf(question, from) },
        Answers = Answers.With(question.Key, from[question.Key]),
    };

    public bool IsWrong(Question question) => Problems.Any(problem => problem.Field?.Split('.')[0] == question.Key);

    // Several inputs of one name: rows of a table, where a blank one keeps its place, or ticked boxes after the empty field that says they were asked.
    private static string TextOf(Part part, Microsoft.Extensions.Primitives.StringValues values) => part switch
    {
        { InRows: true } => string.Join('\n', values.Select(value => TextForms.Clean(value).Replace('\n', ' '))),
        { Kind: PartKind.ManyChoices or PartKind.Choice } => string.Join('\n', values.Where(value => !string.IsNullOrEmpty(value))),
        _ => values.ToString(),
    };

    private static PartTexts TextsOf(Question question, Answers answers) =>
        answers[question.Key] is { } value ? question.AnswerType.Write(question, value) : new PartTexts();
}

using Kyodo.Questions;

namespace Kyodo.Editions.Files;

/// <summary>A section of the questionnaire as one cell: each answered question with its label above.</summary>
internal sealed record CasebookSection(string Name, IReadOnlyList<Question> Questions, EditionCopy Copy)
{
    public double MeanLength => field > 0 ? field : field = Copy.Cases.Select(one => Text(one).Length).DefaultIfEmpty(0).Average();

    public string Text(PublishedCase one) => string.Join('\n',
        from question in Questions
        let value = Copy.Answer(one, question)
        where value is not null
        from line in Labelled(question, [.. Copy.Lines(question, value)])
        select line);

    /// <summary>A short answer stands beside its label, a longer one under it.</summary>
    private static string[] Labelled(Question question, string[] lines) => lines is [{ Length: <= 30 } only]
        ? [$"【{question.LabelJa}】{only}"]
        : [$"【{question.LabelJa}】", .. lines];
}

using System.Text.Json.Nodes;
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
        from line in Labelled(question, [.. Lines(question, value)])
        select line);

    /// <summary>A short answer stands beside its label, a longer one under it.</summary>
    private static string[] Labelled(Question question, string[] lines) => lines is [{ Length: <= 30 } only]
        ? [$"【{question.LabelJa}】{only}"]
        : [$"【{question.LabelJa}】", .. lines];

    private IEnumerable<string> Lines(Question question, JsonNode value) => question.Type switch
    {
        "form" => FormLines(value),
        "many choices" => [string.Join('、', question.AnswerType.Show(question, value))],
        _ => question.AnswerType.Show(question, value),
    };

    private IEnumerable<string> FormLines(JsonNode value)
    {
        var names = Copy.Revision.Forms.ToDictionary(form => form.No, form => $"{form.No} {form.NameJa}");
        if (FormType.Main(value) is { } main)
            yield return names.GetValueOrDefault(main, $"{main}");
        foreach (var also in FormType.Also(value))
            yield return $"（従）{names.GetValueOrDefault(also, $"{also}")}";
        if (value["other"]?.GetValue<string>() is { } other)
            yield return other;
    }
}

using System.Text.Json.Nodes;
using Kyodo.Questions;

namespace Kyodo.App.Components;

/// <summary>All answers of a case to be read, section by section. What was not answered is said to be so.</summary>
public sealed record AnswerSheet(IReadOnlyList<Question> Questions, Func<string, JsonNode?> Answer, IReadOnlyList<NumberedForm> Forms)
{
    /// <summary>Mark what only staff may read.</summary>
    public bool MarksVisibility { get; init; } = true;

    /// <summary>Leave out what nobody answered.</summary>
    public bool AnsweredOnly { get; init; }

    /// <summary>Headings under which the sections stand: 3 for h3.</summary>
    public int Level { get; init; } = 2;

    public IEnumerable<IGrouping<string, Question>> Sections => Questions.Where(IsShown).GroupBy(question => question.Section);

    public AnswerToShow? Of(Question question) => Answer(question.Key) is { } value ? new AnswerToShow(question, value, Forms) : null;

    public string TextOf(Question question) => Of(question) is { } answer ? string.Join('\n', answer.Lines) : "（なし）";

    private bool IsShown(Question question) => question.Fields.Count > 0 && !(AnsweredOnly && Answer(question.Key) is null);
}

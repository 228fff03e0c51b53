using System.Text.Json.Nodes;
using Kyodo.Cases;
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

    /// <summary>The case whose answers these are; needed where they are commented on.</summary>
    public string? CaseId { get; init; }

    /// <summary>What was said of single answers.</summary>
    public IReadOnlyList<FieldComment> Comments { get; init; } = [];

    /// <summary>The form to which comments written here belong: beside each answer stands a field for one.</summary>
    public string? CommentForm { get; init; }

    /// <summary>Where one answer can be changed at the compilation: the question's key follows.</summary>
    public string? AmendAt { get; init; }

    /// <summary>What was typed as comments before a refusal, by the name of its field.</summary>
    public IReadOnlyDictionary<string, string> TypedComments { get; init; } = new Dictionary<string, string>();

    public IEnumerable<IGrouping<string, Question>> Sections => Questions.Where(IsShown).GroupBy(question => question.Section);

    public AnswerToShow? Of(Question question) => Answer(question.Key) is { } value ? new AnswerToShow(question, value, Forms) : null;

    public string TextOf(Question question) => Of(question) is { } answer ? string.Join('\n', answer.Lines) : "（なし）";

    private bool IsShown(Question question) => question.Fields.Count > 0 && !(AnsweredOnly && Answer(question.Key) is null);
}

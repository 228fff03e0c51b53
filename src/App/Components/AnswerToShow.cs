using System.Text.Json.Nodes;
using Kyodo.Questions;

namespace Kyodo.App.Components;

/// <summary>One answer as a page shows it; the forms are those of its programme, by whose names a form is read.</summary>
public sealed record AnswerToShow(Question Question, JsonNode Value, IReadOnlyList<NumberedForm> Forms)
{
    /// <summary>The answer in plain lines.</summary>
    public IReadOnlyList<string> Lines => Question.Type == "form" ? FormLines : Question.AnswerType.Show(Question, Value);

    private IReadOnlyList<string> FormLines =>
    [
        .. FormType.Main(Value) is { } main ? new[] { NameOf(main) } : [],
        .. FormType.Also(Value).Select(no => $"あわせて: {NameOf(no)}"),
        .. Value["other"]?.GetValue<string>() is { } other ? new[] { $"その他の内容: {other}" } : [],
    ];

    private string NameOf(int no) => Forms.FirstOrDefault(form => form.No == no)?.ToString() ?? $"{no}";
}

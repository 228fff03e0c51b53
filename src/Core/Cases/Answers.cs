using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>The answers of one case, by question key, each in the shape of its type. An answer to a question that was dropped stays.</summary>
public sealed class Answers
{
    private readonly JsonObject _values;

    private Answers(JsonObject values) => _values = values;

    public static Answers None => new([]);

    public static Answers Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <summary>Takes the object over: nobody else may change it.</summary>
    internal static Answers Of(JsonObject values) => new(values);

    internal JsonObject Copied() => (JsonObject)_values.DeepClone();

    public JsonNode? this[string key] => _values[key];

    public IEnumerable<string> Keys => _values.Select(pair => pair.Key);

    public string Text(string key) => _values[key] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : "";

    /// <summary>The same answers with one changed; null takes it away.</summary>
    public Answers With(string key, JsonNode? value)
    {
        var changed = (JsonObject)_values.DeepClone();
        changed.Remove(key);
        if (value is not null)
            changed[key] = value.DeepClone();
        return new Answers(changed);
    }

    /// <summary>The questions that still need an answer before the case can be submitted.</summary>
    public IReadOnlyList<Question> Missing(IEnumerable<Question> questions) =>
        [.. questions.Where(q => q.Needed && !q.AnswerType.IsComplete(_values[q.Key]))];

    /// <summary>The questions whose answers differ.</summary>
    public IEnumerable<string> Differing(Answers other) =>
        Keys.Union(other.Keys).Where(key => !JsonNode.DeepEquals(this[key], other[key]));

    public string ToJson() => _values.ToJsonString(Json.Plain);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>The answers of one case, by question key, each in the shape of its type. An answer to a question that was dropped stays.</summary>
public sealed class Answers
{
    // No question can have this key: the reasons travel with the answers, through versions and conflicts, and are never published.
    private const string Reasons = "reasons-for-change";

    private readonly JsonObject _values;

    private Answers(JsonObject values) => _values = values;

    public static Answers None => new([]);

    public static Answers Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

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

    /// <summary>Why the answer to this question changed so much against the year before; empty where nobody said.</summary>
    public string ReasonFor(string key) => _values[Reasons]?[key]?.GetValue<string>() ?? "";

    public Answers WithReason(string key, string reason)
    {
        if (reason == ReasonFor(key))
            return this;
        var reasons = (JsonObject?)_values[Reasons]?.DeepClone() ?? [];
        reasons[key] = reason;
        return With(Reasons, reasons);
    }

    /// <summary>The same answers with the reasons of others, where these hold none: a workbook carries answers only.</summary>
    internal Answers WithReasonsOf(Answers other) => _values.ContainsKey(Reasons) ? this : With(Reasons, other[Reasons]);

    /// <summary>The questions that still need an answer before the case can be submitted.</summary>
    public IReadOnlyList<Question> Missing(IEnumerable<Question> questions) =>
        [.. questions.Where(q => q.Needed && !q.AnswerType.IsComplete(_values[q.Key]))];

    /// <summary>The questions whose answers differ.</summary>
    public IEnumerable<string> Differing(Answers other) =>
        Keys.Union(other.Keys).Where(key => !JsonNode.DeepEquals(this[key], other[key]));

    public string ToJson() => _values.ToJsonString(Json.Plain);
}

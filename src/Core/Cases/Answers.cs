using System.Security.Cryptography;
using System.Text;
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

    /// <summary>The same answers with the programme's form, where it was left blank and the crosswalk knows the words of whoever answers.</summary>
    public Answers WithFormByCrosswalk(IEnumerable<Question> questions, IEnumerable<NumberedForm> forms) =>
        FormType.Main(_values["form"]) is null && questions.FirstOrDefault(q => q.Type == LocalFormType.TypeName) is { } local && Crosswalk.FormOf(forms, Text(local.Key)) is { } form
            ? With("form", new JsonObject([.. (_values["form"] as JsonObject ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())), KeyValuePair.Create("main", (JsonNode?)form.No)]))
            : this;

    /// <summary>The same answers with the reasons of others, where these hold none: a workbook carries answers only.</summary>
    internal Answers WithReasonsOf(Answers other) => _values.ContainsKey(Reasons) ? this : With(Reasons, other[Reasons]);

    /// <summary>
    /// Puts what was typed into these answers, question by question. An answer that somebody else changed meanwhile (its mark is no longer the
    /// one that was typed upon) stays, and its key is told.
    /// </summary>
    public (Answers Merged, IReadOnlyList<string> Conflicts) Merge(IEnumerable<TypedAnswer> typed)
    {
        var (merged, conflicts) = (this, new List<string>());
        foreach (var one in typed)
        {
            var isSame = JsonNode.DeepEquals(this[one.Key], one.Value);
            if (!isSame && one.Mark != Mark(one.Key))
            {
                conflicts.Add(one.Key);
                continue;
            }
            if (!isSame)
                merged = merged.With(one.Key, one.Value);
            if (one.Reason is { } reason)
                merged = merged.WithReason(one.Key, reason);
        }
        return (merged, conflicts);
    }

    /// <summary>A short fingerprint of one answer, by which a form knows whether it is still the one it shows; empty for no answer.</summary>
    public string Mark(string key) =>
        _values[key] is { } value ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.ToJsonString(Json.Plain))).AsSpan(0, 6)) : "";

    /// <summary>The questions that still need an answer, or the rest of one, before the case can be submitted.</summary>
    public IReadOnlyList<Question> Missing(IEnumerable<Question> questions) =>
        [.. questions.Where(q => q.Needed ? !q.AnswerType.IsComplete(_values[q.Key]) : _values[q.Key] is { } value && q.AnswerType.IsHalf(value))];

    /// <summary>The questions whose answers differ.</summary>
    public IEnumerable<string> Differing(Answers other) =>
        Keys.Union(other.Keys).Where(key => !JsonNode.DeepEquals(this[key], other[key]));

    public string ToJson() => _values.ToJsonString(Json.Plain);
}

/// <summary>An answer as it was typed, the mark of the answer it was typed upon (<see cref="Answers.Mark"/>), and the reason for a large change where it was asked.</summary>
public sealed record TypedAnswer(string Key, string Mark, JsonNode? Value, string? Reason = null);

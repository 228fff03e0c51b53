using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>Who may read the answer (公開範囲).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Visibility>))]
public enum Visibility
{
    Public,
    Internal,
    Secretariat,
}

/// <summary>
/// One question of a questionnaire (設問): data, so that a new one needs no new code. <see cref="Key"/> names it for ever in files and
/// addresses; <see cref="Type"/> is the name of an <see cref="AnswerType"/>.
/// </summary>
public sealed partial record Question
{
    public required string Key { get; init; }

    public required string Type { get; init; }

    public required string LabelJa { get; init; }

    public string LabelEn { get; init; } = "";

    /// <summary>The part of the form it stands in: 概要, 相手方と役割, ...</summary>
    public string Section { get; init; } = "";

    public bool Needed { get; init; }

    public Visibility Visibility { get; init; }

    public int? MaxLength { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    /// <summary>What a user reads when Min or Max is broken; a sentence is made when it is empty.</summary>
    public string? RangeMessage { get; init; }

    public string? Unit { get; init; }

    /// <summary>A change over so many percent against the year before asks for a reason; null never asks.</summary>
    public int? ChangeLimit { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    public string? Help { get; init; }

    public string? Example { get; init; }

    /// <summary>The item of the national case data model (GIF DS-451-3) it fills.</summary>
    public string? Ds451 { get; init; }

    [JsonIgnore]
    public AnswerType AnswerType => AnswerType.Named(Type);

    [JsonIgnore]
    public IReadOnlyList<Part> Parts => AnswerType.Parts(this);

    /// <summary>Numbers over the years, for which a change can be large.</summary>
    [JsonIgnore]
    public bool MayLimitChange => Type is "amount" or "budget" or "number" or "indicator series";

    /// <summary>The fields of the web form.</summary>
    [JsonIgnore]
    public IReadOnlyList<Part> Fields => AnswerType.Fields(this);

    public string Label(string lang) => lang == "en" && LabelEn.Length > 0 ? LabelEn : LabelJa;

    /// <summary>The key of a part in files and forms: <c>period.from</c>; the first part of most types is the question itself.</summary>
    public string PartKey(Part part) => part.Suffix.Length == 0 ? Key : $"{Key}.{part.Suffix}";

    /// <summary>Reads an answer from its texts. Null is "not answered"; what is wrong goes into <paramref name="problems"/> with the part's key.</summary>
    public JsonNode? Read(PartTexts texts, ReadingContext context, ICollection<Problem> problems)
    {
        var reading = new Reading(this, texts, context, problems);
        return reading.IsBlank ? null : AnswerType.Read(reading);
    }

    public static bool IsKey(string key) => KeyForm().IsMatch(key);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.None, 500)]
    private static partial Regex KeyForm();

    public static string Serialize(IEnumerable<Question> questions) => JsonSerializer.Serialize(questions, Json.Plain);

    public static IReadOnlyList<Question> Deserialize(string json) => JsonSerializer.Deserialize<List<Question>>(json, Json.Plain) ?? [];
}

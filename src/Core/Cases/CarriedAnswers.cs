using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>
/// The answers of an earlier year as this year's case begins with them. <paramref name="Left"/> are the questions whose answer could not come
/// along: a municipality or a choice that is no more, a question of another type.
/// </summary>
public sealed record CarriedAnswers(Answers Answers, IReadOnlyList<Question> Left)
{
    private const string Declared = "declared";
    private const string Continued = "継続";

    /// <param name="before">The case's answers.</param>
    /// <param name="askedBefore">The questions they were given to.</param>
    /// <param name="asked">This round's questions; those that are new stay empty, answers to those that are gone are left.</param>
    /// <param name="yearsOn">How many years later; a period within the year moves with it.</param>
    /// <param name="sameProgramme">Forms of collaboration are numbered by programme and do not come along into another.</param>
    public static CarriedAnswers Of(Answers before, IReadOnlyList<Question> askedBefore, IReadOnlyList<Question> asked, ReadingContext context, int yearsOn, bool sameProgramme)
    {
        var types = askedBefore.ToDictionary(q => q.Key, q => q.Type, StringComparer.Ordinal);
        var (answers, left) = (Answers.None, new List<Question>());
        foreach (var question in asked.Where(q => q.Type != "computed" && q.Visibility is not Visibility.Secretariat))
        {
            if (before[question.Key] is not { } value)
                continue;
            var fits = types.GetValueOrDefault(question.Key, question.Type) == question.Type && (sameProgramme || question.Type != "form");
            if (fits && ReadAgain(question, Renewed(question, value, context.Year, yearsOn), context) is { } carried)
                answers = answers.With(question.Key, carried);
            else
                left.Add(question);
        }
        if (asked.FirstOrDefault(q => q.Key == Declared) is { } declared && declared.Choices.Contains(Continued))
            answers = answers.With(Declared, Continued);
        return new CarriedAnswers(answers, left);
    }

    // What this year knows differently: nothing is amended or settled yet, and a project of one year is done again in this one.
    private static JsonNode Renewed(Question question, JsonNode value, FiscalYear year, int yearsOn) => question.Type switch
    {
        "budget" when value is JsonObject budget => new JsonObject(budget.Where(pair => pair.Key is "initial" or "source").Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
        "period" when value is JsonObject period => Renewed(period, year, yearsOn),
        _ => value,
    };

    private static JsonObject Renewed(JsonObject period, FiscalYear year, int yearsOn)
    {
        if (!PartialDate.TryParse(period["to"]?.GetValue<string>(), out var to) || to.Latest >= year.First)
            return period;
        if (PartialDate.TryParse(period["from"]?.GetValue<string>(), out var from) && FiscalYear.Of(from.Earliest) == FiscalYear.Of(to.Latest))
            return new JsonObject { ["from"] = from.AddYears(yearsOn).Iso, ["to"] = to.AddYears(yearsOn).Iso };
        var open = (JsonObject)period.DeepClone();
        open.Remove("to");
        return open;
    }

    /// <summary>The value as this round would read it; null where it would refuse it.</summary>
    private static JsonNode? ReadAgain(Question question, JsonNode value, ReadingContext context)
    {
        if (question.Parts.Count == 0)
            return value;
        var problems = new List<Problem>();
        var read = question.Read(question.AnswerType.Write(question, value), context, problems);
        return problems.Count == 0 ? read : null;
    }
}

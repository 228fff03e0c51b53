using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation.Checks;
using Kyodo.Questions;

namespace Kyodo.Compilation;

/// <summary>
/// What lists and checks ask of a case again and again, taken from its answers once. Belongs to one version of the case and never changes.
/// </summary>
public sealed record CaseFacts
{
    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Declared { get; init; }

    public required int? FormNo { get; init; }

    public required IReadOnlyList<NamedPartner> Partners { get; init; }

    public required long? BudgetYen { get; init; }

    public required IReadOnlyList<Indicator> Indicators { get; init; }

    public required int Done { get; init; }

    public required int Needed { get; init; }

    /// <summary>All of its words, as search compares them; made when somebody first looks for some.</summary>
    public string Words => field ??= TextForms.Key(string.Join('\n', Texts(Contents.Answers)));

    public required CaseContents Contents { get; init; }

    /// <summary>What the checks say of the case by itself.</summary>
    public required IReadOnlyList<Hit> Hits { get; init; }

    public static CaseFacts Of(CaseContents contents, CheckContext context)
    {
        var answers = contents.Answers;
        var needed = context.Questions.Count(q => q.Needed);
        var missing = answers.Missing(context.Questions);
        var one = new CheckedCase(contents, answers, missing, context);
        return new CaseFacts
        {
            Title = contents.Title,
            Summary = answers.Text("summary"),
            Declared = answers.Text("declared"),
            FormNo = FormType.Main(answers["form"]),
            Partners = PartnersType.Of(answers["partners"]),
            BudgetYen = answers["budget"] is JsonObject budget ? BudgetType.LatestYen(budget) : null,
            Indicators = IndicatorsType.Of(answers["indicators"]),
            Done = needed - missing.Count(q => q.Needed),
            Needed = needed,
            Contents = contents,
            Hits = [.. AllChecks.OfOne.SelectMany(check => check.Of(one))],
        };
    }

    private static IEnumerable<string> Texts(Answers answers) => answers.Keys.SelectMany(key => Texts(answers[key]));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray entries => entries.SelectMany(Texts),
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Programmes;
using Kyodo.Questions;

namespace Kyodo.Core.Tests.Editions;

/// <summary>A believable revision of the sample answers, without a database: the same one each time.</summary>
internal static class SampleDraft
{
    public const string InternalMark = "庁内だけの印A7";
    public const string SecretariatMark = "事務局だけの印B8";

    public static readonly FiscalYear Year = new(2007);
    public static readonly DateTimeOffset ReleasedAt = JapanTime.At(new DateOnly(2007, 7, 2), 10);

    private static readonly string[] UnitOrder =
    [
        "somu", "sogoseisaku", "chiikishinko", "kenkofukushi", "kankyoseikatsu", "shokokanko", "nosei", "rinmusuisan", "doboku", "kigyo", "kyoiku", "keisatsu", "partnership",
        "uki", "tamana", "kamoto", "kikuchi", "aso", "kamimashiki", "yatsushiro", "ashikita", "kuma", "amakusa",
    ];

    public static RevisionDraft Of(string programmeKey, Func<IReadOnlyList<Question>, IReadOnlyList<Question>>? change = null)
    {
        var programme = BuiltInProgrammes.Enter(Actor.Program, ReleasedAt).Single(p => p.Key == programmeKey);
        var questions = (change ?? (all => all))(programme.Questionnaire.Questions);
        var revision = new Revision(programme.Key, programme.NameJa, programme.NameEn, Year, 1,
            [.. programme.Forms.Select(f => new PublishedForm(f.No, f.NameJa, f.NameEn, f.Door))], questions)
        {
            ReleasedAt = ReleasedAt,
            Remark = "事例の内容は見本です。実在の事業・団体・連絡先ではありません。",
            IsLatest = true,
        };
        var context = new ReadingContext(Year, programme.FormsIn(Year), Municipalities());
        var read = Samples().Where(sample => sample.Texts["programme"] == programmeKey)
            .Select(sample => (sample.Unit, Answers: Read(sample.Texts, questions, context)))
            .OrderBy(sample => FormType.Main(sample.Answers["form"])).ThenBy(sample => Array.IndexOf(UnitOrder, sample.Unit)).ToList();
        read[0].Answers["internal_note"] = InternalMark;
        foreach (var (_, answers) in read)
            answers["secretariat_note"] = SecretariatMark;
        var cases = read.Select((sample, i) => Freeze(revision, sample.Unit, sample.Answers, i + 1)).ToList();
        var staff = cases.Zip(read).ToDictionary(pair => pair.First.CaseId, pair => Only(pair.Second.Answers, questions, Visibility.Internal, Visibility.Secretariat), StringComparer.Ordinal);
        return new RevisionDraft(revision, cases, staff);
    }

    private static PublishedCase Freeze(Revision revision, string unit, JsonObject answers, int order) => new()
    {
        Revision = revision,
        CaseId = IdOf($"case {unit} {answers["title"]}"),
        ProjectId = IdOf($"project {unit} {answers["title"]}"),
        Order = order,
        ProgrammeKey = revision.ProgrammeKey,
        Year = revision.Year,
        Title = answers["title"]!.GetValue<string>(),
        Summary = answers["summary"]?.GetValue<string>() ?? "",
        FormNo = FormType.Main(answers["form"]) ?? 0,
        UnitCode = unit,
        UnitName = answers["unit_contact"]!["unit"]!.GetValue<string>().Split(' ', '　')[0],
        UnitOrder = Array.IndexOf(UnitOrder, unit),
        IsBureau = Array.IndexOf(UnitOrder, unit) >= Array.IndexOf(UnitOrder, "uki"),
        Declared = answers["declared"]?.GetValue<string>() ?? "",
        Lineage = "unknown",
        Status = answers["declared"]?.GetValue<string>() switch { "新規" => "new", "終了" => "ended", _ => "continued" },
        BudgetYen = answers["budget"] is JsonObject budget ? BudgetType.LatestYen(budget) : null,
        MunicipalitiesJson = JsonSerializer.Serialize(PlaceType.Municipalities(answers["place"]), Json.Plain),
        ThemesJson = answers["theme"]?.ToJsonString(Json.Plain) ?? "[]",
        PartnersJson = JsonSerializer.Serialize(PartnersType.Of(answers["partners"]).Select(p => new PublishedPartner(IdOf(p.Name), p.Name, p.Kind)), Json.Plain),
        // What a release would never put here: a writer that trusted its input would let it out.
        AnswersJson = Only(answers, revision.Questions, Visibility.Public, Visibility.Internal, Visibility.Secretariat).ToJsonString(Json.Plain),
    };

    private static JsonObject Only(JsonObject answers, IEnumerable<Question> questions, params Visibility[] visibilities) =>
        new(questions.Where(q => visibilities.Contains(q.Visibility) && answers[q.Key] is not null).Select(q => KeyValuePair.Create(q.Key, answers[q.Key]?.DeepClone())));

    // What cannot be read stays unanswered here, as if the coordinator had taken it out.
    private static JsonObject Read(Dictionary<string, string> sample, IReadOnlyList<Question> questions, ReadingContext context)
    {
        var answers = new JsonObject();
        var problems = new List<Problem>();
        foreach (var question in questions)
        {
            var texts = new PartTexts();
            foreach (var part in question.Parts)
                texts[part.Suffix] = Corrected(question, sample.GetValueOrDefault(question.PartKey(part), ""));
            if (question.Read(texts, context, problems) is { } value)
                answers[question.Key] = value;
        }
        return answers;
    }

    // The samples hold slips that an import finds, as departments make them: 1,046 where no separator may stand.
    private static string Corrected(Question question, string text) =>
        question.Type == "indicator series" ? Regex.Replace(text, @"(?<=\d),(?=\d{3})", "", RegexOptions.None, TimeSpan.FromSeconds(1)) : text;

    private static IEnumerable<(string Unit, Dictionary<string, string> Texts)> Samples()
    {
        const string folder = "Kyodo.Samples.Answers.";
        var assembly = typeof(Revision).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var sample in JsonSerializer.Deserialize<List<Dictionary<string, string>>>(stream)!)
                yield return (Path.GetFileNameWithoutExtension(name[folder.Length..]), sample);
        }
    }

    private static List<string> Municipalities() =>
        [.. Samples().SelectMany(sample => sample.Texts.GetValueOrDefault("place", "").Split('、')).Where(name => name.Length > 0 && name != PlaceType.WholePrefecture).Distinct()];

    private static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..PublicId.Length];
}

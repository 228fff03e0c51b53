using Kyodo.Common;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Programmes;

/// <summary>
/// 制度: what is asked of the departments each year, with its forms of collaboration and its questionnaire. Changing the questions makes a
/// new version; a round keeps the version it opened with.
/// </summary>
public sealed class Programme : Record
{
    private const int MostInWord = 40;
    private const int MostInCrosswalk = 1000;

    private Programme()
    {
    }

    public Programme(string key, string nameJa, string nameEn) => (Key, NameJa, NameEn) = (key, nameJa, nameEn);

    /// <summary>The name in addresses and files: <c>ps</c>, <c>zero-budget</c>.</summary>
    public string Key { get; private set; } = "";

    public string NameJa { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    /// <summary>What the letter asks for, in the programme's own words.</summary>
    public string AsksFor { get; init; } = "";

    public FiscalYear FirstYear { get; init; }

    public int Order { get; init; }

    public List<CollaborationForm> Forms { get; } = [];

    public List<Questionnaire> Questionnaires { get; } = [];

    public override string AuditName => $"programme/{Key}";

    public Questionnaire Questionnaire => Questionnaires.MaxBy(q => q.Version) ?? throw new InvalidOperationException($"Programme {Key} has no questionnaire.");

    public IReadOnlyList<NumberedForm> FormsIn(FiscalYear year) =>
        [.. Forms.Where(f => f.StandsIn(year)).OrderBy(f => f.No).Select(f => new NumberedForm(f.No, f.NameJa, f.AsksForText) { AlsoCalled = f.OtherNames })];

    public void Enter(IReadOnlyList<Question> questions, Actor by, DateTimeOffset now)
    {
        Questionnaires.Add(new Questionnaire(1, questions));
        Happened(by, now, "entered", NameJa);
    }

    public string? WhyNotAdd(Question question, Actor by) =>
        !by.Is(Role.Coordinator) ? "設問を変えられるのは、協働の担当課だけです。"
        : !Question.IsKey(question.Key) ? "設問の名前（キー）は、小文字の英字で始まる英数字と _ で40字以内にしてください。例: volunteers"
        : Questionnaire.Questions.Any(q => q.Key == question.Key) ? $"設問「{question.Key}」はもうあります。別の名前（キー）にしてください。"
        : question.LabelJa.Length is 0 or > 60 ? "設問の見出しは1字以上60字以内で書いてください。"
        : Questionnaire.Questions.Any(q => q.LabelJa == question.LabelJa) ? $"見出し「{question.LabelJa}」の設問はもうあります。Excelの列名になるため、別の見出しにしてください。"
        : !AnswerType.Exists(question.Type) || !question.AnswerType.CanBeAdded ? "回答の種類を選んでください。"
        : question.Type is "choice" or "many choices" && question.Choices.Count < 2 ? "選ぶ設問には、選択肢を1行に1つ、2つ以上書いてください。"
        : null;

    /// <summary>Adds a question: a new version of the questionnaire. Open rounds keep theirs.</summary>
    public Questionnaire Add(Question question, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAdd(question, by));
        var next = new Questionnaire(Questionnaire.Version + 1, [.. Questionnaire.Questions, question]);
        Questionnaires.Add(next);
        Happened(by, now, "question-added", $"{question.Key}: {question.LabelJa}");
        return next;
    }

    public string? WhyNotRemove(string key, Actor by) =>
        !by.Is(Role.Coordinator) ? "設問を変えられるのは、協働の担当課だけです。"
        : Questionnaire.Questions.FirstOrDefault(q => q.Key == key) is not { } question ? "その設問はありません。"
        : !question.AnswerType.CanBeAdded || question.Key is "title" or "summary" or "theme" or "declared" ? $"「{question.LabelJa}」は一覧・検索・推移に使うため、外せません。"
        : null;

    public Questionnaire Remove(string key, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRemove(key, by));
        var next = new Questionnaire(Questionnaire.Version + 1, [.. Questionnaire.Questions.Where(q => q.Key != key)]);
        Questionnaires.Add(next);
        Happened(by, now, "question-removed", key);
        return next;
    }

    public string? WhyNotLimitChange(string key, int? percent, Actor by) =>
        !by.Is(Role.Coordinator) ? "設問を変えられるのは、協働の担当課だけです。"
        : Questionnaire.Questions.FirstOrDefault(q => q.Key == key) is not { } question ? "その設問はありません。"
        : !question.MayLimitChange ? $"「{question.LabelJa}」は数の設問ではないため、増減の幅を決められません。"
        : percent is < 1 or > 1000 ? "増減の幅は、1から1000までの数（％）で書いてください。空欄にすると、理由を聞きません。"
        : question.ChangeLimit == percent ? $"「{question.LabelJa}」の増減の幅は、もうそのとおりです。"
        : null;

    /// <summary>From which change against the year before a reason is asked, in percent; null never asks. A new version of the questionnaire.</summary>
    public Questionnaire LimitChange(string key, int? percent, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotLimitChange(key, percent, by));
        var next = new Questionnaire(Questionnaire.Version + 1, [.. Questionnaire.Questions.Select(q => q.Key == key ? q with { ChangeLimit = percent } : q)]);
        Questionnaires.Add(next);
        Happened(by, now, "question-change-limit", $"{key}: {(percent is { } limit ? $"{limit}%" : "なし")}");
        return next;
    }

    public string? WhyNotCallAlso(IReadOnlyDictionary<int, IReadOnlyList<string>> words, Actor by)
    {
        if (!by.Is(Role.Coordinator))
            return "対応表を変えられるのは、協働の担当課だけです。";
        var all = words.SelectMany(pair => pair.Value.Select(word => (Form: pair.Key, Word: word, Key: TextForms.Key(word)))).ToList();
        if (all.Find(one => one.Word.Length > MostInWord) is { Word: { } tooLong })
            return $"「{TextForms.UpTo(20, tooLong)}…」は長すぎます。呼び方は{MostInWord}字以内で書いてください。";
        if (words.Values.FirstOrDefault(of => string.Join('、', of).Length > MostInCrosswalk) is not null)
            return $"1つの協働形態の呼び方は、合わせて{MostInCrosswalk}字以内にしてください。";
        if (all.GroupBy(one => one.Key).FirstOrDefault(g => g.Select(one => one.Form).Distinct().Count() > 1) is { } twice)
            return $"「{twice.First().Word}」が{string.Join("と", twice.Select(one => $"({one.Form})").Distinct())}の両方にあります。1つの協働形態だけに書いてください。";
        return all.Find(one => Forms.Exists(form => form.No != one.Form && TextForms.Key(form.NameJa) == one.Key)) is { Word: { } taken }
            ? $"「{taken}」は別の協働形態の名前です。" : null;
    }

    /// <summary>対応表: what others call each form. Answers given before stay as they are.</summary>
    public void CallAlso(IReadOnlyDictionary<int, IReadOnlyList<string>> words, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotCallAlso(words, by));
        var changed = new List<string>();
        foreach (var form in Forms.OrderBy(f => f.No))
        {
            var said = words.GetValueOrDefault(form.No) is { Count: > 0 } list ? string.Join('、', list.Distinct()) : null;
            if (said == form.AlsoCalled)
                continue;
            form.AlsoCalled = said;
            changed.Add($"({form.No}) {said ?? "なし"}");
        }
        if (changed.Count > 0)
            Happened(by, now, "crosswalk-written", TextForms.UpTo(400, string.Join("　", changed)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Programme>, IEntityTypeConfiguration<CollaborationForm>, IEntityTypeConfiguration<Questionnaire>
    {
        public void Configure(EntityTypeBuilder<Programme> builder)
        {
            builder.ToTable("programmes");
            builder.HasKey(p => p.Key);
            builder.Property(p => p.Key).HasMaxLength(40);
            builder.Property(p => p.NameJa).HasMaxLength(100);
            builder.Property(p => p.NameEn).HasMaxLength(100);
            builder.Property(p => p.AsksFor).HasMaxLength(1000);
            builder.HasMany(p => p.Forms).WithOne().HasForeignKey(f => f.ProgrammeKey);
            builder.HasMany(p => p.Questionnaires).WithOne().HasForeignKey(q => q.ProgrammeKey);
            builder.Ignore(p => p.Questionnaire);
        }

        public void Configure(EntityTypeBuilder<CollaborationForm> builder)
        {
            builder.ToTable("collaboration_forms");
            builder.HasKey(f => new { f.ProgrammeKey, f.No });
            builder.Property(f => f.ProgrammeKey).HasMaxLength(40);
            builder.Property(f => f.NameJa).HasMaxLength(100);
            builder.Property(f => f.NameEn).HasMaxLength(100);
            builder.Property(f => f.Door).HasMaxLength(200);
            builder.Property(f => f.PartnerKinds).HasMaxLength(200);
            builder.Property(f => f.AlsoCalled).HasMaxLength(MostInCrosswalk);
            builder.Ignore(f => f.OtherNames);
        }

        public void Configure(EntityTypeBuilder<Questionnaire> builder)
        {
            builder.ToTable("questionnaires");
            builder.Property(q => q.ProgrammeKey).HasMaxLength(40);
            builder.HasIndex(q => new { q.ProgrammeKey, q.Version }).IsUnique();
            builder.Ignore(q => q.Questions);
            builder.Property(q => q.Definition);
        }
    }
}

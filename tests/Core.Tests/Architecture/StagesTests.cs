using System.Reflection;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Meetings;
using Kyodo.Readers;
using Kyodo.Reorganizations;
using Kyodo.Rounds;
using Kyodo.Selection;
using Kyodo.Storage;
using Kyodo.Training;
using Xunit;

namespace Kyodo.Core.Tests.Architecture;

public sealed class StagesTests
{
    private static readonly Assembly Core = typeof(AppDb).Assembly;

    /// <summary>Who may name whom. A stage that stands nowhere here is an offence of its own.</summary>
    private static readonly Dictionary<string, string[]> MayName = new(StringComparer.Ordinal)
    {
        ["Common"] = [],
        // What mails say; the outbox fills their placeholders when a change is saved.
        ["Mails"] = ["Common"],
        ["Storage"] = ["Common", "Mails"],
        ["Questions"] = ["Common"],
        ["Workbooks"] = ["Common"],
        ["Organizations"] = ["Common", "Storage"],
        ["Partners"] = ["Common", "Storage", "Questions", "Workbooks", "Organizations"],
        ["Programmes"] = ["Common", "Storage", "Questions", "Organizations"],
        ["Rounds"] = ["Common", "Storage", "Questions", "Organizations", "Programmes"],
        // What time brings about in open rounds.
        ["Reminders"] = ["Common", "Storage", "Organizations", "Programmes", "Rounds"],
        ["Cases"] = ["Common", "Storage", "Questions", "Workbooks", "Organizations", "Programmes", "Rounds"],
        ["Approval"] = ["Common", "Storage", "Questions", "Organizations", "Programmes", "Rounds", "Cases"],
        // 機構改革: what changes in the tree of units, and what of the stages before hangs on it.
        ["Reorganizations"] = ["Common", "Storage", "Organizations", "Rounds", "Cases", "Approval"],
        ["Compilation"] = ["Common", "Storage", "Questions", "Organizations", "Partners", "Programmes", "Rounds", "Cases", "Approval"],
        // Marks, scales and figures over them, told by whoever has some: nothing here knows whose they are.
        ["Scores"] = [],
        ["Evaluation"] = ["Common", "Storage", "Questions", "Workbooks", "Scores", "Organizations", "Partners", "Programmes", "Rounds", "Cases"],
        // Best cases of what was evaluated: put forward, judged, decided.
        ["Selection"] = ["Common", "Storage", "Questions", "Scores", "Organizations", "Partners", "Rounds", "Cases", "Evaluation"],
        // Only the release itself freezes what the stages before it hold; see the test below.
        ["Editions"] = ["Common", "Storage", "Questions", "Workbooks", "Scores", "Organizations", "Partners", "Programmes", "Rounds", "Cases", "Approval", "Compilation", "Evaluation", "Selection"],
        ["Statistics"] = ["Common", "Storage", "Questions", "Scores", "Organizations", "Editions"],
        // What other governments have published, taken in from their files.
        ["Federation"] = ["Common", "Storage", "Questions", "Workbooks", "Editions"],
        ["Search"] = ["Common", "Storage", "Questions", "Editions", "Federation"],
        // What comes back from those who read: voices, questions, uses, visits.
        ["Readers"] = ["Common", "Storage", "Organizations", "Reminders", "Editions"],
        // Sessions with places, and who takes them.
        ["Training"] = ["Common", "Storage", "Organizations", "Reminders"],
        // 庁内の会議: what was said there and what became of it.
        ["Meetings"] = ["Common", "Storage", "Organizations"],
        // Where the year stands: it looks at every stage and none looks at it.
        ["Year"] = ["Common", "Storage", "Questions", "Organizations", "Partners", "Programmes", "Rounds", "Cases", "Approval", "Compilation", "Evaluation", "Selection", "Editions", "Readers", "Training", "Meetings"],
        // Years published before this system become editions of their own.
        ["Takeover"] = ["Common", "Storage", "Questions", "Organizations", "Partners", "Programmes", "Rounds", "Cases", "Editions", "Statistics"],
        // Sets up a new installation, before the first round: everything that is entered by hand.
        ["Installation"] = ["Common", "Storage", "Questions", "Organizations", "Partners", "Programmes", "Rounds", "Statistics"],
    };

    [Fact]
    public void A_stage_names_only_those_before_it()
    {
        var offences = from type in Core.GetTypes()
                       let stage = StageOf(type)
                       where stage is not null and not "Samples"
                       from named in Naming.TypesNamedBy(type)
                       where named.Assembly == Core && StageOf(named) is { } other && other != stage
                       where !MayName.TryGetValue(stage, out var allowed) || !allowed.Contains(StageOf(named))
                       select $"{type.FullName} names {named.FullName}";
        Assert.Empty(offences.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_stage_is_missing_in_the_table() => Assert.Empty(Core.GetTypes().Select(StageOf).OfType<string>().Distinct().Except(MayName.Keys).Except(["Samples"]));

    [Fact]
    public void In_the_editions_only_the_release_names_what_is_not_published()
    {
        string[] published = ["Common", "Storage", "Questions", "Workbooks", "Scores", "Editions"];
        var offenders = from type in Core.GetTypes()
                        where StageOf(type) is "Editions"
                        from named in Naming.TypesNamedBy(type)
                        where named.Assembly == Core && StageOf(named) is { } other && !published.Contains(other)
                        select Outermost(type).Name;
        Assert.Equal(["Release"], offenders.Distinct());
    }

    [Fact]
    public void The_library_cannot_name_the_web() => Assert.DoesNotContain(
        Core.GetReferencedAssemblies().Select(assembly => assembly.Name!),
        name => name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal));

    // A net without this mesh would let everything through.
    [Fact]
    public void The_reading_sees_into_lambdas_iterators_and_extension_blocks()
    {
        var named = Core.GetTypes().Where(type => StageOf(type) == "Approval").SelectMany(Naming.TypesNamedBy).ToHashSet();
        Assert.Contains(typeof(Kyodo.Cases.Case), named);
        var lambdas = Core.GetTypes().Where(type => type.Name.Contains("<>c", StringComparison.Ordinal) && StageOf(type) == "Compilation").SelectMany(Naming.TypesNamedBy);
        Assert.Contains(typeof(Kyodo.Approval.ApprovalRequest), lambdas);
        var iterators = Core.GetTypes().Where(type => type.Name.StartsWith("<Check>d__", StringComparison.Ordinal) && StageOf(type) == "Compilation").SelectMany(Naming.TypesNamedBy);
        Assert.Contains(typeof(InquiryStates), iterators);
    }

    [Fact]
    public void The_drawing_of_the_stages_is_what_the_tables_say()
    {
        var place = Path.Combine(Repository(), "docs", "stages.md");
        var drawing = Drawing();
        if (Environment.GetEnvironmentVariable("KYODO_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllText(place, drawing);
        }
        Assert.True(File.Exists(place), "docs/stages.md is missing: run the tests once with KYODO_WRITE_DOCS=1.");
        Assert.Equal(drawing, File.ReadAllText(place));
    }

    private static string Drawing() => $"""
        # 段階と状態

        コードの表から、テストが書いた図です。表を変えたら `KYODO_WRITE_DOCS=1 ./test --filter-class '*StagesTests'` で書き直してください。

        ## 段階の順

        後の段階は前の段階だけを名指しします。逆はありません。

        照会（Rounds） → 回答（Cases） → 決裁（Approval） → 取りまとめ（Compilation） → 協働評価（Evaluation） → 公表（Editions） → 推移（Statistics）

        | 段階 | 名指ししてよいもの |
        |---|---|
        {string.Join('\n', MayName.Select(row => $"| {row.Key} | {string.Join(", ", row.Value)} |"))}

        ## 照会（Round）

        ```mermaid
        {RoundStates.Table.Draw(RoundStates.Name, RoundStates.Name)}
        ```

        ## 照会先ごと（Inquiry）

        ```mermaid
        {InquiryStates.Table.Draw(InquiryStates.Name, InquiryStates.Name)}
        ```

        ## 決裁（ApprovalRequest）

        ```mermaid
        {ApprovalStates.Table.Draw(ApprovalStates.Name, ApprovalStates.Name)}
        ```

        ## 取りまとめでの修正（Amendment）

        ```mermaid
        {AmendmentStates.Table.Draw(AmendmentStates.Name, AmendmentStates.Name)}
        ```

        ## 協働評価（CaseEvaluation）

        ```mermaid
        {EvaluationStates.Evaluations.Draw(EvaluationStates.Name, EvaluationStates.Name)}
        ```

        ## 協働評価の一つの側（EvaluationSide）

        ```mermaid
        {EvaluationStates.Sides.Draw(EvaluationStates.Name, EvaluationStates.Name)}
        ```

        ## 評価シート（EvaluationSheet）

        ```mermaid
        {EvaluationStates.Sheets.Draw(EvaluationStates.Name, EvaluationStates.Name)}
        ```

        ## 優良事例選定（BestSelection）

        ```mermaid
        {SelectionStates.Selections.Draw(SelectionStates.Name, SelectionStates.Name)}
        ```

        ## 推薦（Nomination）

        ```mermaid
        {SelectionStates.Nominations.Draw(SelectionStates.Name, SelectionStates.Name)}
        ```

        ## 採点（Judgement）

        ```mermaid
        {SelectionStates.Judgements.Draw(SelectionStates.Name, SelectionStates.Name)}
        ```

        ## 会議の意見（Opinion）

        ```mermaid
        {OpinionStates.Table.Draw(OpinionStates.Name, OpinionStates.Name)}
        ```

        ## 研修の一回（TrainingSession）

        ```mermaid
        {TrainingStates.Sessions.Draw(TrainingStates.Name, TrainingStates.Name)}
        ```

        ## 研修の申込み（TrainingRegistration）

        ```mermaid
        {TrainingStates.Registrations.Draw(TrainingStates.Name, TrainingStates.Name)}
        ```

        ## 機構改革（Reorganization）

        ```mermaid
        {ReorganizationStates.Table.Draw(ReorganizationStates.Name, ReorganizationStates.Name)}
        ```

        ## 読者の声（CaseVoice）

        ```mermaid
        {VoiceStates.Table.Draw(VoiceStates.Name, VoiceStates.Name)}
        ```

        """;

    private static string? StageOf(Type type) => Outermost(type).Namespace is { } space && space.StartsWith("Kyodo.", StringComparison.Ordinal) ? space.Split('.')[1] : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kyodo.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using System.Text.Json;
using Kyodo.Common;
using Kyodo.Scores;

namespace Kyodo.Evaluation;

/// <summary>振り返りシート: what both sides say together about one criterion.</summary>
public sealed record Reflection(string No, string Shared, string SeenDifferently, string Cause, string Improvement)
{
    public bool IsWritten => SeenDifferently.Length > 0 && Improvement.Length > 0;
}

/// <summary>An optional grade by somebody outside.</summary>
public enum ThirdPartyGrade
{
    A,
    B,
    C,
    D,
}

public sealed partial class CaseEvaluation
{
    public const int LongestReflection = 400;
    public const int LongestPeople = 300;
    public const int LongestRecord = 2000;
    public const int LongestGrade = 400;
    public const int MostImprovements = 8;

    public string ReflectionsJson { get; private set; } = "[]";

    public DateOnly? MeetingOn { get; private set; }

    public string MeetingPeople { get; private set; } = "";

    public string MeetingRecord { get; private set; } = "";

    public string ImprovementsJson { get; private set; } = "[]";

    public ThirdPartyGrade? Grade { get; private set; }

    public string? GradeBy { get; private set; }

    public string? GradeWords { get; private set; }

    public IReadOnlyList<Reflection> Reflections => JsonSerializer.Deserialize<List<Reflection>>(ReflectionsJson, Json.Plain)!;

    /// <summary>What both sides agreed to do better; next year's evaluation asks how it went.</summary>
    public IReadOnlyList<string> Improvements => JsonSerializer.Deserialize<List<string>>(ImprovementsJson, Json.Plain)!;

    /// <summary>The widest difference between the government and one of its partners on a criterion, in steps of four; null where they cannot be compared.</summary>
    public double? GapAt(int place)
    {
        if (!Government.HasAnswered || Government.MarkAt(place).Score is not { } own)
            return null;
        double? widest = null;
        foreach (var side in Partners)
        {
            if (side.HasAnswered && side.MarkAt(place).Score is { } theirs)
                widest = Math.Max(widest ?? 0, Math.Abs(Sheet.Scale.InCommon(own) - Sheet.Scale.InCommon(theirs)));
        }
        return widest;
    }

    /// <summary>The criteria on which the sides differ by two steps or more.</summary>
    public IReadOnlyList<Criterion> Flagged() => [.. Asked.Where(asked => GapAt(asked.Place) >= FlaggedGap).Select(asked => asked.Criterion)];

    /// <summary>Flagged criteria that nobody has written about yet: such a project cannot be chosen as a best case.</summary>
    public IReadOnlyList<Criterion> Unreflected()
    {
        var written = Reflections.Where(one => one.IsWritten).Select(one => one.No).ToHashSet(StringComparer.Ordinal);
        return [.. Flagged().Where(criterion => !written.Contains(criterion.No))];
    }

    private bool MayWrite(Actor by) => Sides.Exists(side => side.IsOf(by) && side.HasAnswered) || Government.IsOf(by) || by.Is(Role.Coordinator);

    public string? WhyNotReflect(Actor by) =>
        !MayWrite(by) ? "振り返りを書けるのは、この事業の行政と相手方、協働の担当課です。"
        : !EvaluationStates.Evaluations.Allows(Status, EvaluationVerb.Reflect) ? "双方の答えが開かれてから書けます。"
        : null;

    /// <summary>Writes about one criterion. What was confirmed must be confirmed again.</summary>
    public void Reflect(Reflection written, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReflect(by));
        if (!Asked.Any(asked => asked.Criterion.No == written.No))
            throw new Refusal($"この評価に、項目「{written.No}」はありません。");
        var clean = new Reflection(written.No, TextForms.Clean(written.Shared), TextForms.Clean(written.SeenDifferently), TextForms.Clean(written.Cause), TextForms.Clean(written.Improvement));
        (string Field, string Label, string Text)[] parts = [("shared", "共通認識", clean.Shared), ("different", "見方の違い", clean.SeenDifferently), ("cause", "原因", clean.Cause), ("improvement", "改善すること", clean.Improvement)];
        var wrong = parts.Where(part => part.Text.Length > LongestReflection).Select(part => new Problem(Severity.Error, $"{part.Label}は{LongestReflection}字以内で書いてください。", Field: $"{written.No}-{part.Field}")).ToList();
        if (wrong.Count > 0)
            throw new Refusal("振り返りを保存できませんでした", wrong);
        ReflectionsJson = JsonSerializer.Serialize(Reflections.Where(one => one.No != clean.No).Append(clean).OrderBy(one => one.No, StringComparer.Ordinal), Json.Plain);
        Rewritten(by, now, "reflection-written", clean.No);
    }

    public string? WhyNotMeet() => MeetingOn is null ? "話し合いの記録がまだありません。" : null;

    /// <summary>話し合い: when, who, what was said, and what both will do better.</summary>
    public void Meet(DateOnly on, string? people, string? record, IEnumerable<string?> improvements, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReflect(by));
        var (who, said, better) = (TextForms.Clean(people), TextForms.Clean(record), improvements.Select(TextForms.Clean).Where(line => line.Length > 0).ToList());
        var wrong = new List<Problem>();
        if (on > now.DayInJapan())
            wrong.Add(new Problem(Severity.Error, "話し合った日は、今日か、それより前の日にしてください。", Field: "on"));
        if (who.Length is 0 or > LongestPeople)
            wrong.Add(new Problem(Severity.Error, $"参加した人を{LongestPeople}字以内で書いてください。", Field: "people"));
        if (said.Length is 0 or > LongestRecord)
            wrong.Add(new Problem(Severity.Error, $"話し合いの記録を{LongestRecord}字以内で書いてください。", Field: "record"));
        if (better.Count > MostImprovements || better.Exists(line => line.Length > 200))
            wrong.Add(new Problem(Severity.Error, $"改善することは{MostImprovements}つまで、1つ200字以内で書いてください。", Field: "improvements"));
        if (wrong.Count > 0)
            throw new Refusal("話し合いの記録を保存できませんでした", wrong);
        (MeetingOn, MeetingPeople, MeetingRecord, ImprovementsJson) = (on, who, said, JsonSerializer.Serialize(better, Json.Plain));
        Rewritten(by, now, "reflection-met", null);
    }

    /// <summary>One side says that this is what was agreed. When the government and every partner that answered have said so, the evaluation is reflected on.</summary>
    public void Confirm(EvaluationSide side, Actor by, DateTimeOffset now)
    {
        side.Confirm(by, now);
        if (Government.ConfirmedAt is null || Partners.Any(partner => partner.HasAnswered && partner.ConfirmedAt is null))
            return;
        Status = EvaluationStates.Evaluations.After(Status, EvaluationVerb.Conclude)!.Value;
        Happened(by, now, "reflection-concluded");
    }

    public string? WhyNotGrade(Actor by) =>
        !by.Is(Role.Coordinator) ? "第三者の評価を書き入れられるのは、協働の担当課だけです。"
        : !EvaluationStates.Evaluations.Allows(Status, EvaluationVerb.Grade) ? "双方の答えが開かれてから書けます。"
        : null;

    /// <summary>第三者の評価, where there was one; null takes it off.</summary>
    public void GradeAs(ThirdPartyGrade? grade, string? who, string? words, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotGrade(by));
        var (name, said) = (TextForms.Clean(who), TextForms.Clean(words));
        if (grade is not null && name.Length is 0 or > 100)
            throw new Refusal("第三者の評価を保存できませんでした", [new Problem(Severity.Error, "だれが評価したかを100字以内で書いてください。例: 協働事業審査会", Field: "grade-by")]);
        if (said.Length > LongestGrade)
            throw new Refusal("第三者の評価を保存できませんでした", [new Problem(Severity.Error, $"講評は{LongestGrade}字以内で書いてください。", Field: "grade-words")]);
        (Grade, GradeBy, GradeWords) = grade is null ? (null, null, null) : (grade, name, said);
        Happened(by, now, "evaluation-graded", grade?.ToString());
    }

    private void Rewritten(Actor by, DateTimeOffset now, string verb, string? reason)
    {
        Status = EvaluationStates.Evaluations.After(Status, EvaluationVerb.Reflect)!.Value;
        foreach (var side in Sides)
            side.Unconfirm();
        Happened(by, now, verb, reason);
    }
}

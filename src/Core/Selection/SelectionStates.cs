using Kyodo.Common;

namespace Kyodo.Selection;

public enum SelectionStatus
{
    /// <summary>Departments and the secretariat put cases forward; weights may still change.</summary>
    Nominating,

    /// <summary>Jurors judge, each blind to the others; what is judged, by what and with which weights is frozen.</summary>
    Scoring,

    Decided,
}

public enum SelectionVerb
{
    Weigh,
    Nominate,
    TakeBack,
    BeginScoring,
    Judge,
    Withdraw,
    Decide,
}

public enum NominationStatus
{
    Entered,

    /// <summary>取り下げ: by the unit before the judging, or because the case itself was withdrawn.</summary>
    Withdrawn,
    Best,
    NotChosen,
}

public enum NominationVerb
{
    TakeBack,
    Choose,
    PassOver,
}

public enum JudgementStatus
{
    Asked,
    Writing,
    Submitted,

    /// <summary>利害関係: the juror has stepped back from this entry.</summary>
    SteppedBack,
}

public enum JudgementVerb
{
    Write,
    Submit,
    Recall,
    StepBack,
}

/// <summary>The states of a selection, its entries and the jurors' judgements, and what leads from one to the next.</summary>
public static class SelectionStates
{
    public static StateTable<SelectionStatus, SelectionVerb> Selections { get; } = new(
        (SelectionStatus.Nominating, SelectionVerb.Weigh, SelectionStatus.Nominating),
        (SelectionStatus.Nominating, SelectionVerb.Nominate, SelectionStatus.Nominating),
        (SelectionStatus.Nominating, SelectionVerb.TakeBack, SelectionStatus.Nominating),
        (SelectionStatus.Nominating, SelectionVerb.BeginScoring, SelectionStatus.Scoring),
        (SelectionStatus.Scoring, SelectionVerb.Judge, SelectionStatus.Scoring),
        (SelectionStatus.Scoring, SelectionVerb.Withdraw, SelectionStatus.Scoring),
        (SelectionStatus.Scoring, SelectionVerb.Decide, SelectionStatus.Decided));

    public static StateTable<NominationStatus, NominationVerb> Nominations { get; } = new(
        (NominationStatus.Entered, NominationVerb.TakeBack, NominationStatus.Withdrawn),
        (NominationStatus.Entered, NominationVerb.Choose, NominationStatus.Best),
        (NominationStatus.Entered, NominationVerb.PassOver, NominationStatus.NotChosen));

    public static StateTable<JudgementStatus, JudgementVerb> Judgements { get; } = new(
        (JudgementStatus.Asked, JudgementVerb.Write, JudgementStatus.Writing),
        (JudgementStatus.Asked, JudgementVerb.StepBack, JudgementStatus.SteppedBack),
        (JudgementStatus.Writing, JudgementVerb.Write, JudgementStatus.Writing),
        (JudgementStatus.Writing, JudgementVerb.Submit, JudgementStatus.Submitted),
        (JudgementStatus.Writing, JudgementVerb.StepBack, JudgementStatus.SteppedBack),
        (JudgementStatus.Submitted, JudgementVerb.Recall, JudgementStatus.Writing));

    public static string Name(SelectionStatus status) => status switch
    {
        SelectionStatus.Nominating => "推薦受付中",
        SelectionStatus.Scoring => "審査中",
        _ => "決定",
    };

    public static string Name(SelectionVerb verb) => verb switch
    {
        SelectionVerb.Weigh => "配点を変える",
        SelectionVerb.Nominate => "推薦する",
        SelectionVerb.TakeBack => "推薦を取り下げる",
        SelectionVerb.BeginScoring => "審査を始める",
        SelectionVerb.Judge => "採点する",
        SelectionVerb.Withdraw => "審査から外す",
        _ => "決定する",
    };

    public static string Name(NominationStatus status) => status switch
    {
        NominationStatus.Entered => "推薦",
        NominationStatus.Withdrawn => "取り下げ",
        NominationStatus.Best => "優良事例",
        _ => "選外",
    };

    public static string Name(NominationVerb verb) => verb switch
    {
        NominationVerb.TakeBack => "取り下げる",
        NominationVerb.Choose => "選ぶ",
        _ => "選ばない",
    };

    public static string Name(JudgementStatus status) => status switch
    {
        JudgementStatus.Asked => "まだ",
        JudgementStatus.Writing => "採点中",
        JudgementStatus.Submitted => "提出済み",
        _ => "利害関係により辞退",
    };

    public static string Name(JudgementVerb verb) => verb switch
    {
        JudgementVerb.Write => "採点を書く",
        JudgementVerb.Submit => "提出する",
        JudgementVerb.Recall => "提出した採点を直す",
        _ => "利害関係を申し出る",
    };
}

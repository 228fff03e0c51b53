using Kyodo.Common;
using Kyodo.Scores;

namespace Kyodo.Evaluation;

public enum SheetStatus
{
    Draft,

    /// <summary>In use: frozen for good.</summary>
    InUse,
}

public enum SheetVerb
{
    Edit,
    Use,
}

public enum EvaluationStatus
{
    /// <summary>Blind: each side sees only its own answers.</summary>
    Answering,

    /// <summary>Both see everything, and nothing is changed any more.</summary>
    Opened,

    /// <summary>Talked about, and both sides have confirmed what was written.</summary>
    Reflected,
}

public enum EvaluationVerb
{
    Open,
    Reflect,
    Confirm,
    Conclude,
    Grade,
}

public enum SideStatus
{
    NotStarted,
    Answering,
    Submitted,

    /// <summary>未回答: a result, never filled in.</summary>
    Silent,

    /// <summary>The partner was merged with another that has a side here.</summary>
    Merged,
}

public enum SideVerb
{
    Answer,
    Submit,
    Recall,
    Receive,
    CloseAnswered,
    CloseSilent,
    Merge,
}

/// <summary>The way by which answers came.</summary>
public enum AnswerChannel
{
    Web,
    Workbook,
    Paper,
}

/// <summary>The states of sheets, evaluations and sides, and what leads from one to the next.</summary>
public static class EvaluationStates
{
    public static StateTable<SheetStatus, SheetVerb> Sheets { get; } = new(
        (SheetStatus.Draft, SheetVerb.Edit, SheetStatus.Draft),
        (SheetStatus.Draft, SheetVerb.Use, SheetStatus.InUse),
        (SheetStatus.InUse, SheetVerb.Use, SheetStatus.InUse));

    public static StateTable<EvaluationStatus, EvaluationVerb> Evaluations { get; } = new(
        (EvaluationStatus.Answering, EvaluationVerb.Open, EvaluationStatus.Opened),
        (EvaluationStatus.Opened, EvaluationVerb.Reflect, EvaluationStatus.Opened),
        (EvaluationStatus.Opened, EvaluationVerb.Confirm, EvaluationStatus.Opened),
        (EvaluationStatus.Opened, EvaluationVerb.Conclude, EvaluationStatus.Reflected),
        (EvaluationStatus.Opened, EvaluationVerb.Grade, EvaluationStatus.Opened),
        (EvaluationStatus.Reflected, EvaluationVerb.Reflect, EvaluationStatus.Opened),
        (EvaluationStatus.Reflected, EvaluationVerb.Grade, EvaluationStatus.Reflected));

    public static StateTable<SideStatus, SideVerb> Sides { get; } = new(
        (SideStatus.NotStarted, SideVerb.Answer, SideStatus.Answering),
        (SideStatus.NotStarted, SideVerb.Receive, SideStatus.Submitted),
        (SideStatus.NotStarted, SideVerb.CloseSilent, SideStatus.Silent),
        (SideStatus.NotStarted, SideVerb.Merge, SideStatus.Merged),
        (SideStatus.Answering, SideVerb.Answer, SideStatus.Answering),
        (SideStatus.Answering, SideVerb.Submit, SideStatus.Submitted),
        (SideStatus.Answering, SideVerb.Receive, SideStatus.Submitted),
        (SideStatus.Answering, SideVerb.CloseAnswered, SideStatus.Submitted),
        (SideStatus.Answering, SideVerb.CloseSilent, SideStatus.Silent),
        (SideStatus.Answering, SideVerb.Merge, SideStatus.Merged),
        (SideStatus.Submitted, SideVerb.Recall, SideStatus.Answering),
        (SideStatus.Submitted, SideVerb.Merge, SideStatus.Merged),
        (SideStatus.Silent, SideVerb.Merge, SideStatus.Merged));

    public static string Name(SheetStatus status) => status is SheetStatus.Draft ? "下書き" : "使用中（変えられません）";

    public static string Name(SheetVerb verb) => verb is SheetVerb.Edit ? "直す" : "使う";

    public static string Name(EvaluationStatus status) => status switch
    {
        EvaluationStatus.Answering => "回答受付中",
        EvaluationStatus.Opened => "開いた",
        _ => "振り返り済み",
    };

    public static string Name(EvaluationVerb verb) => verb switch
    {
        EvaluationVerb.Open => "双方に開く",
        EvaluationVerb.Reflect => "振り返りを書く",
        EvaluationVerb.Confirm => "振り返りを確認する",
        EvaluationVerb.Conclude => "双方の確認がそろう",
        _ => "第三者の評価を書く",
    };

    public static string Name(SideStatus status) => status switch
    {
        SideStatus.NotStarted => "まだ",
        SideStatus.Answering => "回答中",
        SideStatus.Submitted => "回答済み",
        SideStatus.Silent => "未回答",
        _ => "統合",
    };

    /// <summary>A side's state with whose it is: 相手方未回答.</summary>
    public static string Name(SideStatus status, SideKind kind) => status is SideStatus.Silent ? $"{Name(kind)}未回答" : Name(status);

    public static string Name(SideVerb verb) => verb switch
    {
        SideVerb.Answer => "答える",
        SideVerb.Submit => "送る",
        SideVerb.Recall => "送ったものを直す",
        SideVerb.Receive => "Excel・紙で受け取る",
        SideVerb.CloseAnswered => "期限が過ぎる（答えがある）",
        SideVerb.CloseSilent => "期限が過ぎる（答えがない）",
        _ => "団体の統合",
    };

    public static string Name(SideKind kind) => kind is SideKind.Government ? "行政" : "相手方";

    public static string Name(AnswerChannel channel) => channel switch
    {
        AnswerChannel.Workbook => "Excelで受領",
        AnswerChannel.Paper => "紙で受領",
        _ => "画面で回答",
    };

    public static string Name(EvaluationPhase phase) => phase switch
    {
        EvaluationPhase.Planning => "企画",
        EvaluationPhase.Doing => "実施",
        _ => "終了",
    };

    public static string Name(SheetForm form) => form is SheetForm.Short ? "簡易版" : "全項目版";
}

using Kyodo.Common;

namespace Kyodo.Training;

public enum CourseKind
{
    /// <summary>職場研修: for the people of one workplace.</summary>
    Workplace,

    /// <summary>NPO・行政の合同セミナー, one for each bureau.</summary>
    Seminar,
}

public enum SessionStatus
{
    Open,
    Held,
    CalledOff,
}

public enum SessionVerb
{
    Change,
    Register,
    CallOff,
    Conclude,
    MarkAttendance,
}

public enum RegistrationStatus
{
    Registered,

    /// <summary>キャンセル待ち: no place was left; moves up by itself, in the order of coming.</summary>
    Waiting,
    Cancelled,
    Attended,
    Absent,
}

public enum RegistrationVerb
{
    MoveUp,
    Cancel,
    MarkPresent,
    MarkAbsent,
}

/// <summary>The states of a session and of a registration, and what leads from one to the next.</summary>
public static class TrainingStates
{
    public static StateTable<SessionStatus, SessionVerb> Sessions { get; } = new(
        (SessionStatus.Open, SessionVerb.Change, SessionStatus.Open),
        (SessionStatus.Open, SessionVerb.Register, SessionStatus.Open),
        (SessionStatus.Open, SessionVerb.CallOff, SessionStatus.CalledOff),
        (SessionStatus.Open, SessionVerb.Conclude, SessionStatus.Held),
        (SessionStatus.Held, SessionVerb.MarkAttendance, SessionStatus.Held));

    public static StateTable<RegistrationStatus, RegistrationVerb> Registrations { get; } = new(
        (RegistrationStatus.Registered, RegistrationVerb.Cancel, RegistrationStatus.Cancelled),
        (RegistrationStatus.Registered, RegistrationVerb.MarkPresent, RegistrationStatus.Attended),
        (RegistrationStatus.Registered, RegistrationVerb.MarkAbsent, RegistrationStatus.Absent),
        (RegistrationStatus.Waiting, RegistrationVerb.MoveUp, RegistrationStatus.Registered),
        (RegistrationStatus.Waiting, RegistrationVerb.Cancel, RegistrationStatus.Cancelled),
        (RegistrationStatus.Attended, RegistrationVerb.MarkAbsent, RegistrationStatus.Absent),
        (RegistrationStatus.Absent, RegistrationVerb.MarkPresent, RegistrationStatus.Attended));

    public static string Name(CourseKind kind) => kind is CourseKind.Workplace ? "職場研修" : "NPO・行政セミナー";

    public static string Name(SessionStatus status) => status switch
    {
        SessionStatus.Open => "受付中",
        SessionStatus.Held => "開催済み",
        _ => "中止",
    };

    public static string Name(SessionVerb verb) => verb switch
    {
        SessionVerb.Change => "日時や定員を変える",
        SessionVerb.Register => "申し込む",
        SessionVerb.CallOff => "中止する",
        SessionVerb.Conclude => "開催済みにする",
        _ => "出欠を付ける",
    };

    public static string Name(RegistrationStatus status) => status switch
    {
        RegistrationStatus.Registered => "申込済み",
        RegistrationStatus.Waiting => "キャンセル待ち",
        RegistrationStatus.Cancelled => "取消し",
        RegistrationStatus.Attended => "出席",
        _ => "欠席",
    };

    public static string Name(RegistrationVerb verb) => verb switch
    {
        RegistrationVerb.MoveUp => "繰り上げる",
        RegistrationVerb.Cancel => "取り消す",
        RegistrationVerb.MarkPresent => "出席にする",
        _ => "欠席にする",
    };
}

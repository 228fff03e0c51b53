namespace Kyodo.Common;

/// <summary>
/// What a mail says. Each kind has a template (<c>Core/Mails</c>) that the partnership division may rewrite, for all rounds or for one.
/// </summary>
public enum MailKind
{
    RoundSent,
    Reminder,
    DueToday,
    Overdue,
    Escalation,
    Asked,
    Returned,
    ApprovalAsked,
    ApprovalDone,
    CheckAsked,
    Amended,
    AmendmentDeclined,
    Extended,
    Relayed,
    PassedOn,

    /// <summary>To a unit below: the unit that relayed the inquiry has taken it back.</summary>
    Withdrawn,
    QuestionAsked,
    QuestionAnswered,
    ResultNotice,
    Digest,
    ReleaseDone,
    ReleaseRefused,
    EditionReleased,
    VoicesArrived,
    CaseQuestionAsked,
    CaseQuestionAnswered,
    EvaluationAsked,
    EvaluationReminded,
    EvaluationOpened,
    PartnerInvited,
    PartnerReminded,
    PartnerLink,
    NominationAsked,
    JudgementAsked,
    SelectionDecided,
    PersonInvited,
    PasswordForgotten,
    TrainingRegistered,
    TrainingWaiting,
    TrainingMovedUp,
    TrainingReminded,
    TrainingCalledOff,
}

/// <summary>A mail to be sent. <paramref name="Once"/> names the occasion: no two mails of one occasion go to one address.</summary>
public sealed record Mail(string To, string Subject, string Body, string Once)
{
    /// <summary>A mail in the words of its kind's template; <paramref name="words"/> by the names of the template's placeholders.</summary>
    public Mail(string to, MailKind kind, IReadOnlyDictionary<string, string> words, string once)
        : this(to, "", "", once) => (Kind, Words) = (kind, words);

    /// <summary>Null where the mail brings its own subject and body.</summary>
    public MailKind? Kind { get; }

    public IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>();

    /// <summary>An iCalendar text to attach; written when the change is saved, so that it carries the record's new version.</summary>
    public Func<string>? Calendar { get; init; }
}

/// <summary>The page that a mail leads to, and the round and inquiry under which it is listed.</summary>
public readonly record struct MailPlace(string? Page, long? RoundId, long? InquiryId);

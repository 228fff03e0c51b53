namespace Kyodo.Common;

/// <summary>
/// What is kept. A verb of a record guards, changes and notes the change; the note and the mails it causes are saved in the same
/// transaction as the change itself.
/// </summary>
public abstract class Record
{
    private List<Happening>? _happenings;
    private List<Mail>? _mails;

    /// <summary>全国地方公共団体コード of the government whose record it is; filled in when it is saved for the first time.</summary>
    public string GovernmentCode { get; set; } = "";

    /// <summary>Raised with each change; a change made on an older one is refused.</summary>
    public long RowVersion { get; set; }

    /// <summary>The record's kind and name in the audit trail, for example <c>inquiry/12</c>.</summary>
    public abstract string AuditName { get; }

    protected void Happened(Actor by, DateTimeOffset at, string verb, string? reason = null) =>
        (_happenings ??= []).Add(new Happening(by.PersonId, by.Name, at, verb, reason));

    protected void Tell(Mail mail) => (_mails ??= []).Add(mail);

    /// <summary>Where the mails about this record lead and belong; asked when it is saved, so that a new record has its number.</summary>
    public virtual MailPlace PlaceOfMails() => default;

    internal bool HasNotes => _happenings is not null || _mails is not null;

    internal (IReadOnlyList<Happening> Happenings, IReadOnlyList<Mail> Mails) TakeNotes()
    {
        var notes = ((IReadOnlyList<Happening>?)_happenings ?? [], (IReadOnlyList<Mail>?)_mails ?? []);
        (_happenings, _mails) = (null, null);
        return notes;
    }
}

internal sealed record Happening(long? PersonId, string PersonName, DateTimeOffset At, string Verb, string? Reason);

using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Approval;

public enum AmendmentStatus
{
    Proposed,
    Confirmed,
    Declined,
}

public enum AmendmentVerb
{
    Confirm,
    Decline,
}

public static class AmendmentStates
{
    public static StateTable<AmendmentStatus, AmendmentVerb> Table { get; } = new(
        (AmendmentStatus.Proposed, AmendmentVerb.Confirm, AmendmentStatus.Confirmed),
        (AmendmentStatus.Proposed, AmendmentVerb.Decline, AmendmentStatus.Declined));

    public static string Name(AmendmentStatus status) => status switch
    {
        AmendmentStatus.Proposed => "確認待ち",
        AmendmentStatus.Confirmed => "確認済み",
        _ => "元に戻した",
    };

    public static string Name(AmendmentVerb verb) => verb is AmendmentVerb.Confirm ? "確認" : "元に戻す";

    public static string? WhyNot(AmendmentStatus status, AmendmentVerb verb) =>
        Table.Allows(status, verb) ? null : $"この修正は「{Name(status)}」のため、「{Name(verb)}」はできません。";
}

/// <summary>
/// 取りまとめでの修正: the partnership division changed one answer of a reply that had been approved. The original stays, and until the unit's
/// approver confirms it the case cannot be published.
/// </summary>
public sealed class Amendment : Record
{
    private Amendment()
    {
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public Case Case { get; private set; } = null!;

    public long InquiryId { get; private set; }

    public Inquiry Inquiry { get; private set; } = null!;

    public string QuestionKey { get; private set; } = "";

    public string? BeforeJson { get; private set; }

    public string? AfterJson { get; private set; }

    public int FromVersion { get; private set; }

    public int ToVersion { get; private set; }

    /// <summary>The version that put the original back, where it was declined.</summary>
    public int? RestoredVersion { get; private set; }

    public string Reason { get; private set; } = "";

    public long? ById { get; private set; }

    public string By { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public AmendmentStatus Status { get; private set; }

    public string? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Comment { get; private set; }

    public JsonNode? Before => BeforeJson is null ? null : JsonNode.Parse(BeforeJson);

    public JsonNode? After => AfterJson is null ? null : JsonNode.Parse(AfterJson);

    public override string AuditName => $"case/{CaseId}";

    // Until it is decided those hear of it who confirm it; then the partnership division.
    public override MailPlace PlaceOfMails() => new(
        Status is AmendmentStatus.Proposed ? "/staff/approval/amendments" : $"/staff/compilation/{Inquiry.Round.ProgrammeKey}/{Inquiry.Round.Year}/replies/{InquiryId}",
        Inquiry.RoundId, InquiryId);

    private string QuestionLabel => Inquiry.Round.Questionnaire.Questions.FirstOrDefault(q => q.Key == QuestionKey)?.LabelJa ?? QuestionKey;

    /// <summary>Changes one answer at the compilation. Nothing happens when nothing differs: null.</summary>
    /// <param name="approvers">Mail addresses of those who are to confirm it.</param>
    public static Amendment? Propose(Case one, Inquiry inquiry, Question question, JsonNode? value, string reason, int seenVersion, Actor by, DateTimeOffset now, IEnumerable<string> approvers)
    {
        Refusal.If(one.WhyNotAmend(inquiry, by, seenVersion));
        if (TextForms.Clean(reason) is not { Length: > 0 and <= 400 } clean)
            throw new Refusal("なぜ直すのかを、400字以内で書いてください。組織に見えます。例: 千円と円の取り違え");
        var before = one.Answers[question.Key]?.ToJsonString(Json.Plain);
        if (JsonNode.DeepEquals(one.Answers[question.Key], value))
            return null;
        var from = one.Version;
        one.Amend(question.Key, value, inquiry, seenVersion, by, now);
        var amendment = new Amendment
        {
            Case = one,
            CaseId = one.Id,
            Inquiry = inquiry,
            InquiryId = inquiry.Id,
            QuestionKey = question.Key,
            BeforeJson = before,
            AfterJson = value?.ToJsonString(Json.Plain),
            FromVersion = from,
            ToVersion = one.Version,
            Reason = clean,
            ById = by.PersonId,
            By = by.Name,
            At = now,
        };
        amendment.Happened(by, now, "case-amended", $"{question.LabelJa}: {clean}");
        // Many fields in one day are one mail.
        foreach (var address in approvers)
            amendment.Tell(inquiry.MailOf(MailKind.Amended, address, $"amended/{inquiry.Id}/{now.DayInJapan():yyyy-MM-dd}", now));
        return amendment;
    }

    public string? WhyNotConfirm(Actor by) => WhyNotDecide(by, AmendmentVerb.Confirm);

    public void Confirm(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotConfirm(by));
        Decide(AmendmentVerb.Confirm, by, now, null);
    }

    public string? WhyNotDecline(Actor by) => WhyNotDecide(by, AmendmentVerb.Decline);

    /// <summary>The original answer comes back, as a version of its own; the partnership division reads why.</summary>
    /// <param name="coordinators">Mail addresses of who made it, or of the partnership division where they have left.</param>
    public void Decline(string comment, Actor by, DateTimeOffset now, IEnumerable<string> coordinators)
    {
        Refusal.If(WhyNotDecline(by));
        if (TextForms.Clean(comment) is not { Length: > 0 and <= 400 } clean)
            throw new Refusal("なぜ元に戻すのかを、400字以内で書いてください。協働の担当課に伝わります。");
        if (JsonNode.DeepEquals(Case.Answers[QuestionKey], After))
        {
            Case.TakeBack(QuestionKey, Before, by, now);
            RestoredVersion = Case.Version;
        }
        Decide(AmendmentVerb.Decline, by, now, clean);
        foreach (var address in coordinators)
            Tell(Inquiry.MailOf(MailKind.AmendmentDeclined, address, $"amendment-declined/{Id}", now, ("事例", Case.Title), ("項目", QuestionLabel), ("理由", clean), ("決裁者", by.Name)));
    }

    private string? WhyNotDecide(Actor by, AmendmentVerb verb) =>
        !by.Is(Role.Approver, Inquiry.UnitId) ? $"取りまとめでの修正を確認できるのは、{Inquiry.Unit.Name}の決裁者です。"
        : by.PersonId == ById ? "自分が直したものは、自分では確認できません。"
        : AmendmentStates.WhyNot(Status, verb);

    private void Decide(AmendmentVerb verb, Actor by, DateTimeOffset now, string? comment)
    {
        Status = AmendmentStates.Table.After(Status, verb)!.Value;
        (DecidedBy, DecidedAt, Comment) = (by.Name, now, comment);
        Happened(by, now, verb is AmendmentVerb.Confirm ? "amendment-confirmed" : "amendment-declined", comment);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Amendment>
    {
        public void Configure(EntityTypeBuilder<Amendment> builder)
        {
            builder.ToTable("amendments");
            builder.Property(a => a.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(a => a.QuestionKey).HasMaxLength(40);
            builder.Property(a => a.Reason).HasMaxLength(400);
            builder.Property(a => a.By).HasMaxLength(60);
            builder.Property(a => a.DecidedBy).HasMaxLength(60);
            builder.Property(a => a.Comment).HasMaxLength(400);
            builder.Ignore(a => a.Before);
            builder.Ignore(a => a.After);
            builder.HasOne(a => a.Case).WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(a => a.Inquiry).WithMany().HasForeignKey(a => a.InquiryId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What the compilation knows of an amendment: enough to say whether a version of a case stands approved.</summary>
public sealed record AmendedVersion(string CaseId, int ToVersion, int? RestoredVersion, AmendmentStatus Status)
{
    /// <summary>
    /// Is each version after the approved one accounted for: confirmed, or declined with the original back? One that was never written by an
    /// amendment was an edit, and ends the approval.
    /// </summary>
    public static bool Bridge(int approved, int now, IReadOnlyCollection<AmendedVersion> amendments) =>
        now >= approved && Enumerable.Range(approved + 1, now - approved).All(version => amendments.Any(a =>
            (a.ToVersion == version && (a.Status is AmendmentStatus.Confirmed || (a.Status is AmendmentStatus.Declined && a.RestoredVersion <= now))) || a.RestoredVersion == version));
}

public static class AmendmentQueries
{
    extension(AppDb db)
    {
        public DbSet<Amendment> Amendments => db.Set<Amendment>();
    }

    public static IQueryable<Amendment> WithCase(this IQueryable<Amendment> amendments) => amendments
        .Include(a => a.Case).ThenInclude(c => c.Project)
        .Include(a => a.Inquiry).ThenInclude(i => i.Unit)
        .Include(a => a.Inquiry).ThenInclude(i => i.Round).ThenInclude(r => r.Questionnaire)
        .Include(a => a.Inquiry).ThenInclude(i => i.Round).ThenInclude(r => r.Programme).ThenInclude(p => p.Forms);

    /// <summary>Who hears that it was declined: the coordinator who made it; the partnership division where they no longer work there.</summary>
    public static async Task<IReadOnlyList<string>> AddressesOfAmenderAsync(this AppDb db, Amendment amendment, DateOnly today, CancellationToken stop = default)
    {
        var division = await db.CoordinatorAddressesAsync(today, stop);
        var amender = await db.People.Where(p => p.Id == amendment.ById).Select(p => p.Email!).FirstOrDefaultAsync(stop);
        return amender is not null && division.Contains(amender) ? [amender] : division;
    }

    /// <summary>Those that still ask for an answer: a reply that was asked back goes to approval whole, its amendments with it.</summary>
    public static IQueryable<Amendment> Waiting(this IQueryable<Amendment> amendments) => amendments
        .Where(a => a.Status == AmendmentStatus.Proposed && (a.Inquiry.Status == InquiryStatus.Answered || a.Inquiry.Status == InquiryStatus.Accepted)
            && (a.Inquiry.AnsweredAt == null || a.At >= a.Inquiry.AnsweredAt));
}

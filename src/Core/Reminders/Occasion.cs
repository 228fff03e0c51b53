using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Reminders;

/// <summary>
/// Something for which mails go out by themselves: it happens once. Its name is its key, so that of two nodes, or after a restart or a change
/// of the clock, the second finds it taken, and its mails stand in the same transaction.
/// </summary>
public sealed class Occasion : Record
{
    private Occasion()
    {
    }

    private Occasion(string name, MailPlace place, IEnumerable<Mail> mails, string verb, DateTimeOffset now)
    {
        (Name, Page, RoundId, InquiryId, HappenedAt) = (name, place.Page, place.RoundId, place.InquiryId, now);
        foreach (var mail in mails)
            Tell(mail);
        Happened(Actor.Program, now, verb);
    }

    /// <summary>For example <c>before/12/2026-05-29/03</c>: what, for which inquiry, for which deadline.</summary>
    public string Name { get; private set; } = "";

    public string? Page { get; private set; }

    public long? RoundId { get; private set; }

    public long? InquiryId { get; private set; }

    public DateTimeOffset HappenedAt { get; private set; }

    // In the history of the inquiry, where people look for it.
    public override string AuditName => InquiryId is { } inquiry ? $"inquiry/{inquiry}" : $"occasion/{Name}";

    public override MailPlace PlaceOfMails() => new(Page, RoundId, InquiryId);

    internal static Occasion Of(string name, MailPlace place, IEnumerable<Mail> mails, string verb, DateTimeOffset now) => new(name, place, mails, verb, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Occasion>
    {
        public void Configure(EntityTypeBuilder<Occasion> builder)
        {
            builder.ToTable("occasions");
            builder.HasKey(o => o.Name);
            builder.Property(o => o.Name).HasMaxLength(80);
            builder.Property(o => o.Page).HasMaxLength(200);
            builder.HasIndex(o => o.RoundId);
        }
    }
}

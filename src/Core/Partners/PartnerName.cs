using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Partners;

/// <summary>A name that a partner had before, or is written by elsewhere: answers that use it still mean that partner.</summary>
public sealed class PartnerName
{
    private PartnerName()
    {
    }

    internal PartnerName(Partner partner, string name) => (PartnerId, Name, NameKey) = (partner.Id, TextForms.UpTo(100, name), Partner.KeyOf(name));

    public long Id { get; private set; }

    public string PartnerId { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameKey { get; private set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<PartnerName>
    {
        public void Configure(EntityTypeBuilder<PartnerName> builder)
        {
            builder.ToTable("partner_names");
            builder.Property(n => n.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(n => n.Name).HasMaxLength(100);
            builder.Property(n => n.NameKey).HasMaxLength(100);
            builder.HasOne<Partner>().WithMany().HasForeignKey(n => n.PartnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(n => new { n.PartnerId, n.NameKey }).IsUnique();
            builder.HasIndex(n => n.NameKey);
        }
    }
}

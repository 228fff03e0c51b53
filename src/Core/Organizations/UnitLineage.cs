using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations;

/// <summary>Which unit came out of which, many to many. A new unit without a line here has no predecessor.</summary>
public sealed class UnitLineage
{
    private UnitLineage()
    {
    }

    internal UnitLineage(string reorganizationId, OrgUnit predecessor, OrgUnit successor) =>
        (ReorganizationId, Predecessor, Successor) = (reorganizationId, predecessor, successor);

    public long Id { get; private set; }

    /// <summary>The reorganisation that made it.</summary>
    public string ReorganizationId { get; private set; } = "";

    public long PredecessorId { get; private set; }

    public OrgUnit Predecessor { get; private set; } = null!;

    public long SuccessorId { get; private set; }

    public OrgUnit Successor { get; private set; } = null!;

    internal sealed class Mapping : IEntityTypeConfiguration<UnitLineage>
    {
        public void Configure(EntityTypeBuilder<UnitLineage> builder)
        {
            builder.ToTable("unit_lineages");
            builder.Property(l => l.ReorganizationId).HasMaxLength(Kyodo.Common.PublicId.Length);
            builder.HasOne(l => l.Predecessor).WithMany().HasForeignKey(l => l.PredecessorId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(l => l.Successor).WithMany().HasForeignKey(l => l.SuccessorId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(l => new { l.PredecessorId, l.SuccessorId }).IsUnique();
        }
    }
}

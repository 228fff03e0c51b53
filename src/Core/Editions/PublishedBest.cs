using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>優良事例 as one revision holds it: that a case was chosen, and why. No revision 1 has any; no mark and no name of a juror is here.</summary>
public sealed class PublishedBest
{
    public long RevisionId { get; internal set; }

    public Revision Revision { get; internal init; } = null!;

    public string CaseId { get; internal init; } = "";

    public string Reason { get; internal init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<PublishedBest>
    {
        public void Configure(EntityTypeBuilder<PublishedBest> builder)
        {
            builder.ToTable("published_bests");
            builder.HasKey(b => new { b.RevisionId, b.CaseId });
            builder.Property(b => b.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(b => b.Reason).HasMaxLength(800);
            builder.HasOne(b => b.Revision).WithMany().HasForeignKey(b => b.RevisionId);
        }
    }
}

public static class PublishedBestQueries
{
    extension(AppDb db)
    {
        public DbSet<PublishedBest> PublishedBests => db.Set<PublishedBest>();
    }

    /// <summary>The best cases that the newest revisions hold, without those withdrawn.</summary>
    public static IQueryable<PublishedBest> LatestBests(this AppDb db) => db.PublishedBests.AsNoTracking()
        .Where(b => b.Revision.IsLatest && !db.Set<Withdrawal>().Any(w => w.CaseId == b.CaseId && w.EndedAt == null));
}

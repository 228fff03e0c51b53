using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Storage;

/// <summary>Which node does a piece of regular work at the moment.</summary>
public sealed class JobLease
{
    public required string Name { get; init; }

    public string? Holder { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JobLease>
    {
        public void Configure(EntityTypeBuilder<JobLease> builder)
        {
            builder.ToTable("job_leases");
            builder.HasKey(l => l.Name);
            builder.Property(l => l.Name).HasMaxLength(40);
            builder.Property(l => l.Holder).HasMaxLength(32);
        }
    }
}

public static class JobLeaseQueries
{
    /// <summary>
    /// True for one holder at a time. A lease that ran out, or one that reaches further than any lease does because the clock went back, is free.
    /// </summary>
    public static async Task<bool> TakeLeaseAsync(this AppDb db, string name, string holder, DateTimeOffset now, TimeSpan time, CancellationToken stop = default)
    {
        var leases = db.Set<JobLease>();
        var (until, absurd) = (now + time, now + (2 * time));
        if (!await leases.AnyAsync(l => l.Name == name, stop))
        {
            try
            {
                db.Add(new JobLease { Name = name });
                await db.SaveChangesAsync(stop);
            }
            catch (DbUpdateException)
            {
                // Another node was first; whose it is, the update below says.
            }
            db.ChangeTracker.Clear();
        }
        return await leases.Where(l => l.Name == name && (l.Holder == null || l.Holder == holder || l.Until < now || l.Until > absurd))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Holder, holder).SetProperty(l => l.Until, until), stop) == 1;
    }

    public static Task EndLeaseAsync(this AppDb db, string name, string holder, CancellationToken stop = default) =>
        db.Set<JobLease>().Where(l => l.Name == name && l.Holder == holder)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Holder, (string?)null).SetProperty(l => l.Until, (DateTimeOffset?)null), stop);
}

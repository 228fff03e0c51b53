using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases.Photos;

/// <summary>A picture that was handed in, as it is kept: its file is named by the SHA-256 of its bytes, and so is told apart from any other.</summary>
public sealed class Photo
{
    private Photo()
    {
    }

    public Photo(ReadPhoto read, Actor by, DateTimeOffset now) =>
        (Id, ThumbnailHash, Width, Height, Bytes, PersonId, PersonName, At) = (read.Id, read.ThumbnailHash, read.Width, read.Height, read.Jpeg.Length, by.PersonId, by.Name, now);

    public string Id { get; private set; } = "";

    public string ThumbnailHash { get; private set; } = "";

    public int Width { get; private set; }

    public int Height { get; private set; }

    public long Bytes { get; private set; }

    public long? PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Photo>
    {
        public void Configure(EntityTypeBuilder<Photo> builder)
        {
            builder.ToTable("photos");
            builder.Property(p => p.Id).HasMaxLength(64);
            builder.Property(p => p.ThumbnailHash).HasMaxLength(64);
            builder.Property(p => p.PersonName).HasMaxLength(60);
        }
    }
}

public static class PhotoQueries
{
    extension(AppDb db)
    {
        public DbSet<Photo> Photos => db.Set<Photo>();
    }

    /// <summary>Keeps the picture: its files now, its record with the next saving. The same picture twice is one.</summary>
    public static async Task KeepPhotoAsync(this AppDb db, PhotoStore store, ReadPhoto read, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await store.WriteAsync(read, stop);
        if (await db.Photos.FindAsync([read.Id], stop) is null)
            db.Photos.Add(new Photo(read, by, now));
    }

    /// <summary>May the person look at the picture? Whoever sees a case that shows it may.</summary>
    public static async Task<bool> MaySeePhotoAsync(this AppDb db, string id, Actor by, CancellationToken stop = default)
    {
        if (by.SeesAllUnits)
            return await db.Photos.AnyAsync(p => p.Id == id, stop);
        var units = by.UnitIds.ToList();
        return await db.Cases.AnyAsync(c => units.Contains(c.UnitId) && c.AnswersJson.Contains(id), stop);
    }
}

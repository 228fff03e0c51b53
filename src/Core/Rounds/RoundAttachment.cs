using System.Security.Cryptography;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Rounds;

/// <summary>添付: a file that goes out with a round. The bytes lie in the data folder under a random name and never change.</summary>
public sealed class RoundAttachment
{
    private const int MostName = 120;

    private RoundAttachment()
    {
    }

    internal RoundAttachment(string name, AttachmentKind kind, long size, string storedAs) => (Name, MediaType, Size, StoredAs) = (name, kind.MediaType, size, storedAs);

    internal RoundAttachment(RoundAttachment before) => (Name, MediaType, Size, StoredAs) = (before.Name, before.MediaType, before.Size, before.StoredAs);

    public long Id { get; private set; }

    public long RoundId { get; private set; }

    public string Name { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    /// <summary>In bytes.</summary>
    public long Size { get; private set; }

    /// <summary>The name of the file; rounds that took the attachment over share it.</summary>
    public string StoredAs { get; private set; } = "";

    /// <summary>The name as it was on the sender's computer, without its folder, with the ending that fits what it is.</summary>
    internal static string NameOf(string typed, AttachmentKind kind)
    {
        var name = TextForms.Clean(typed.Replace('\\', '/').Split('/')[^1]);
        name = string.Concat(name.Select(c => char.IsControl(c) || "\"<>:|?*".Contains(c, StringComparison.Ordinal) ? '_' : c));
        var stem = Path.GetFileNameWithoutExtension(name);
        return TextForms.UpTo(MostName - kind.Extension.Length, stem.Length > 0 ? stem : "添付") + kind.Extension;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<RoundAttachment>
    {
        public void Configure(EntityTypeBuilder<RoundAttachment> builder)
        {
            builder.ToTable("round_attachments");
            builder.Property(a => a.Name).HasMaxLength(MostName);
            builder.Property(a => a.MediaType).HasMaxLength(100);
            builder.Property(a => a.StoredAs).HasMaxLength(40);
            builder.HasIndex(a => a.StoredAs);
        }
    }
}

/// <summary>Where the attachments of rounds lie: <c>attachments/rounds/</c> of the data folder, which backups hold.</summary>
public sealed class RoundFiles(string dataFolder)
{
    public const int MostBytes = 10 << 20;

    private string Folder => Path.Combine(dataFolder, "attachments", "rounds");

    /// <summary>The file of an attachment; null when it is not there.</summary>
    public string? PathOf(RoundAttachment attachment) => Path.Combine(Folder, attachment.StoredAs) is var path && File.Exists(path) ? path : null;

    /// <summary>Keeps the bytes, and only then tells the round: a record never names a file that is not there.</summary>
    public async Task AttachAsync(Round round, string name, byte[] bytes, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(round.WhyNotAttach(by));
        if (bytes.Length is 0 or > MostBytes)
            throw new Refusal(bytes.Length == 0 ? $"「{name}」は空のファイルです。" : $"「{name}」は大きすぎます。1つ10 MBまでです。");
        var kind = AttachmentKind.Of(bytes, name);
        Directory.CreateDirectory(Folder);
        var storedAs = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var path = Path.Combine(Folder, storedAs);
        await File.WriteAllBytesAsync(path + ".part", bytes, stop);
        File.Move(path + ".part", path);
        round.Attach(new RoundAttachment(RoundAttachment.NameOf(name, kind), kind, bytes.Length, storedAs), by, now);
    }

    /// <summary>Throws the bytes away that no round has any more. Call it after the record has gone.</summary>
    public void Forget(string storedAs) => File.Delete(Path.Combine(Folder, storedAs));
}

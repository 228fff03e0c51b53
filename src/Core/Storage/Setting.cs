using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Storage;

/// <summary>One fact about the installation itself.</summary>
public sealed class Setting
{
    public const string HomeGovernment = "home-government";

    /// <summary>Raised by each release: pages drawn before it are drawn again.</summary>
    public const string PublicationStamp = "publication-stamp";

    public required string Name { get; init; }

    public required string Value { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Setting>
    {
        public void Configure(EntityTypeBuilder<Setting> builder)
        {
            builder.ToTable("settings");
            builder.HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(60);
            builder.Property(s => s.Value).HasMaxLength(400);
        }
    }
}

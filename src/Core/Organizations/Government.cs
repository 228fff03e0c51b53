using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations;

public enum GovernmentKind
{
    Prefecture,
    City,
    Town,
    Village,
}

/// <summary>
/// 団体: a prefecture or a municipality, valid from a fiscal year to a fiscal year. The six-digit code of one that is gone may be unknown;
/// it then stays unknown.
/// </summary>
public sealed class Government : Record
{
    private Government()
    {
    }

    public Government(string? code, string name, string reading, GovernmentKind kind)
    {
        if (code is not null && !CheckDigit.IsGovernmentCode(code))
            throw new Refusal($"団体コード「{code}」の検査数字が合いません（{name}）。6桁の全国地方公共団体コードを確かめてください。");
        (Code, Name, Reading, Kind) = (code, name, reading, kind);
        GovernmentCode = code ?? "";
    }

    public long Id { get; private set; }

    public string? Code { get; private set; }

    public string Name { get; private set; } = "";

    public string Reading { get; private set; } = "";

    public GovernmentKind Kind { get; private set; }

    /// <summary>熊本市 answers directly and has none.</summary>
    public string? BureauCode { get; init; }

    public FiscalYear? FirstYear { get; init; }

    /// <summary>The last fiscal year in which it stood; null while it stands.</summary>
    public FiscalYear? LastYear { get; init; }

    public decimal? Latitude { get; init; }

    public decimal? Longitude { get; init; }

    public override string AuditName => $"government/{Code ?? Name}";

    public void Enter(Actor by, DateTimeOffset now) => Happened(by, now, "entered", Name);

    internal sealed class Mapping : IEntityTypeConfiguration<Government>
    {
        public void Configure(EntityTypeBuilder<Government> builder)
        {
            builder.ToTable("governments");
            builder.Property(g => g.Code).HasMaxLength(6);
            builder.Property(g => g.Name).HasMaxLength(60);
            builder.Property(g => g.Reading).HasMaxLength(100);
            builder.Property(g => g.BureauCode).HasMaxLength(40);
            builder.HasIndex(g => g.Code).IsUnique();
        }
    }
}

using System.Text.RegularExpressions;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations;

public enum OrgUnitKind
{
    Department,
    Division,
    RegionalBureau,
    Municipality,
}

/// <summary>組織: a unit of a government, valid from a fiscal year to a fiscal year, under another one or at the top.</summary>
public sealed partial class OrgUnit : Record
{
    private FiscalYear? _lastYear;

    private OrgUnit()
    {
    }

    public OrgUnit(string code, string name, OrgUnitKind kind, OrgUnit? parent, int order)
    {
        Refusal.If(WhyNotCode(code));
        (Code, Name, Kind, Parent, Order) = (code, name, kind, parent, order);
    }

    public long Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public OrgUnitKind Kind { get; private set; }

    public long? ParentId { get; private set; }

    public OrgUnit? Parent { get; private set; }

    /// <summary>The place in the printed order (建制順).</summary>
    public int Order { get; private set; }

    public FiscalYear? FirstYear { get; init; }

    public FiscalYear? LastYear { get => _lastYear; init => _lastYear = value; }

    public override string AuditName => $"unit/{Code}";

    public void Enter(Actor by, DateTimeOffset now) => Happened(by, now, "entered", Name);

    public static string? WhyNotCode(string code) =>
        UnitCode().IsMatch(code) ? null : $"組織コード「{code}」は使えません。小文字の英数字とハイフンで40字以内にしてください。";

    /// <summary>Set by a reorganisation, and set back by its undoing; null where it stands on.</summary>
    internal void LastsUntil(FiscalYear? year, Actor by, DateTimeOffset now, string why)
    {
        _lastYear = year;
        Happened(by, now, year is null ? "unit-stands-again" : "unit-ended", why);
    }

    public bool StandsIn(FiscalYear year) => !(year < FirstYear) && !(year > LastYear);

    /// <summary>Does it stand under the other one, at any depth? The units above it must be read too.</summary>
    public bool IsBelow(long upperId)
    {
        for (var (upper, steps) = (Parent, 0); upper is not null && steps < 50; upper = upper.Parent, steps++)
        {
            if (upper.Id == upperId)
                return true;
        }
        return false;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.None, 500)]
    private static partial Regex UnitCode();

    internal sealed class Mapping : IEntityTypeConfiguration<OrgUnit>
    {
        public void Configure(EntityTypeBuilder<OrgUnit> builder)
        {
            builder.ToTable("org_units");
            builder.Property(u => u.Code).HasMaxLength(40);
            builder.Property(u => u.Name).HasMaxLength(100);
            builder.HasIndex(u => u.Code).IsUnique();
            builder.HasOne(u => u.Parent).WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Federation;

/// <summary>Another government's edition as it published it: its own names, number and licence, and the hash of the manifest that vouches for it.</summary>
public sealed class FederatedEdition : Record
{
    private FederatedEdition()
    {
    }

    internal FederatedEdition(FederatedGovernment government, ForeignEdition read)
    {
        (Government, GovernmentId, ProgrammeKey, Year) = (government, government.Id, read.ProgrammeKey, read.Year);
        GovernmentCode = government.Code;
    }

    public long Id { get; private set; }

    public long GovernmentId { get; private set; }

    public FederatedGovernment Government { get; private set; } = null!;

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public string NameJa { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    /// <summary>The revision as the government numbers it; 1 of a plain list.</summary>
    public int No { get; private set; }

    public DateTimeOffset ReleasedAt { get; private set; }

    public string? Erratum { get; private set; }

    public string? Remark { get; private set; }

    public string Licence { get; private set; } = "";

    public string FormsJson { get; private set; } = "[]";

    /// <summary>SHA-256 of its manifest (of the list itself where there is none), in hexadecimal.</summary>
    public string ManifestHash { get; private set; } = "";

    /// <summary>Where it was read: a folder's or a file's name, or an address.</summary>
    public string Source { get; private set; } = "";

    /// <summary>A list without a manifest: nothing vouches for it but who brought it.</summary>
    public bool IsPlainList { get; private set; }

    public int CaseCount { get; private set; }

    public DateTimeOffset TakenAt { get; private set; }

    public IReadOnlyList<PublishedForm> Forms => field ??= JsonSerializer.Deserialize<List<PublishedForm>>(FormsJson, Json.Plain)!;

    public override string AuditName => $"federated-edition/{GovernmentCode}/{ProgrammeKey}/{Year}";

    public string Name(string lang) => lang == "en" && NameEn.Length > 0 ? NameEn : NameJa;

    /// <summary>Why what was read cannot stand in this one's place; null where it can.</summary>
    public string? WhyNotReplace(ForeignEdition read) =>
        read.No < No ? $"{Year.Japanese}の「{NameJa}」は第{No}版を載せています。古い第{read.No}版には戻せません。"
        : read.No == No && !read.MayDiffer && !read.IsPlainList ? $"{Year.Japanese}の「{NameJa}」第{No}版が、前に取り込んだものと違います。公表した版は変わらないはずです。公表元に確かめてください（前の目録 {Start(ManifestHash)}、今回 {Start(read.ManifestHash)}）。"
        : null;

    internal void Take(ForeignEdition read, string source, Actor by, DateTimeOffset now)
    {
        (NameJa, NameEn, No, ReleasedAt, Erratum, Remark, Licence) = (read.NameJa, read.NameEn, read.No, read.ReleasedAt, read.Erratum, read.Remark, read.Licence);
        (FormsJson, ManifestHash, Source, IsPlainList) = (JsonSerializer.Serialize(read.Forms, Json.Plain), read.ManifestHash, TextForms.UpTo(300, source), read.IsPlainList);
        (CaseCount, TakenAt) = (read.Cases.Count, now);
        Happened(by, now, "federated-edition-taken", $"第{No}版 {CaseCount}件 {ManifestHash}");
    }

    private static string Start(string hash) => hash[..Math.Min(12, hash.Length)];

    internal sealed class Mapping : IEntityTypeConfiguration<FederatedEdition>
    {
        public void Configure(EntityTypeBuilder<FederatedEdition> builder)
        {
            builder.ToTable("federated_editions");
            builder.Property(e => e.ProgrammeKey).HasMaxLength(40);
            builder.Property(e => e.NameJa).HasMaxLength(100);
            builder.Property(e => e.NameEn).HasMaxLength(100);
            builder.Property(e => e.Erratum).HasMaxLength(2000);
            builder.Property(e => e.Remark).HasMaxLength(400);
            builder.Property(e => e.Licence).HasMaxLength(200);
            builder.Property(e => e.ManifestHash).HasMaxLength(64);
            builder.Property(e => e.Source).HasMaxLength(300);
            builder.Ignore(e => e.Forms);
            builder.HasOne(e => e.Government).WithMany().HasForeignKey(e => e.GovernmentId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(e => new { e.GovernmentId, e.ProgrammeKey, e.Year }).IsUnique();
        }
    }
}

using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>事業: the identity that a project keeps over the years and through renaming. In one year it has one case at most.</summary>
public sealed class Project : Record
{
    private Project()
    {
    }

    internal Project(string title, FiscalYear firstSeen) => (Id, Title, FirstSeen) = (PublicId.New(), title, firstSeen);

    /// <summary>A project of which only a published list tells.</summary>
    public static Project Of(string title, FiscalYear firstSeen) => new(title, firstSeen);

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public FiscalYear FirstSeen { get; private set; }

    public override string AuditName => $"project/{Id}";

    internal void Rename(string title) => Title = title;

    internal sealed class Mapping : IEntityTypeConfiguration<Project>
    {
        public void Configure(EntityTypeBuilder<Project> builder)
        {
            builder.ToTable("projects");
            builder.Property(p => p.Id).HasMaxLength(PublicId.Length);
            builder.Property(p => p.Title).HasMaxLength(200);
        }
    }
}

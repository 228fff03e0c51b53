using Kyodo.Common;
using Kyodo.Mails;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kyodo.Storage;

/// <summary>
/// All records of one installation. Each stage adds its own tables (<c>CaseMapping</c>) and its own name for them (<c>db.Cases</c>).
/// Saving writes the changes, their audit entries and the mails they cause in one transaction.
/// </summary>
public abstract class AppDb(DbContextOptions options) : DbContext(options)
{
    private string? _homeCode;

    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<AuditEntry> AuditTrail => Set<AuditEntry>();

    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();

    public DbSet<MailTemplate> MailTemplates => Set<MailTemplate>();

    /// <summary>Holds back every other writer of the audit chain until the transaction ends.</summary>
    protected abstract Task LockAuditChainAsync(CancellationToken stop);

    /// <summary>A transaction that no other writer of history can overlap: for verbs that look, decide and write as one.</summary>
    public async Task<IDbContextTransaction> BeginAloneAsync(CancellationToken stop = default)
    {
        var transaction = await Database.BeginTransactionAsync(stop);
        await LockAuditChainAsync(stop);
        return transaction;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // A verb may change only what hangs on its record (a programme's questions, a round's targets): what it noted counts as a change.
        var records = ChangeTracker.Entries<Record>()
            .Where(entry => entry.State is not EntityState.Detached && (entry.State is not EntityState.Unchanged || entry.Entity.HasNotes))
            .ToList();
        var noted = records.ConvertAll(entry => (Record: entry.Entity, Notes: entry.Entity.TakeNotes()));
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        foreach (var entry in records)
        {
            if (entry.State is EntityState.Added && entry.Entity.GovernmentCode.Length == 0)
                entry.Entity.GovernmentCode = await HomeCodeAsync(cancellationToken);
            entry.Entity.RowVersion++;
        }
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (noted.Exists(note => note.Notes.Happenings.Count + note.Notes.Mails.Count > 0))
        {
            await LockAuditChainAsync(cancellationToken);
            await AddAuditEntriesAsync(noted.SelectMany(note => note.Notes.Happenings.Select(h => (note.Record.AuditName, h))), cancellationToken);
            await AddMailsAsync([.. noted.SelectMany(note => note.Notes.Mails.Select(mail => (note.Record, mail)))], cancellationToken);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Saves like <see cref="DbContext.SaveChangesAsync(CancellationToken)"/>, for what many do at once: they share the wait for the disk.</summary>
    public abstract Task<int> SaveTogetherAsync(CancellationToken stop = default);

    /// <summary>Writes what may be lost when the power goes, such as who is looking at a form: it does not wait for the disk.</summary>
    public abstract Task<T> WithoutWaitingForDiskAsync<T>(Func<Task<T>> write, CancellationToken stop = default);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Records are saved asynchronously: SaveChangesAsync.");

    /// <summary>The six-digit code of the government that runs this installation; empty before <c>seed</c> or <c>demo</c>.</summary>
    public async Task<string> HomeCodeAsync(CancellationToken stop = default)
    {
        // A context is used again after the piece of work that entered the government, so an empty answer is not kept.
        if (_homeCode is not { Length: > 0 })
        {
            _homeCode = await Settings.Where(s => s.Name == Setting.HomeGovernment).Select(s => s.Value).FirstOrDefaultAsync(stop)
                ?? ChangeTracker.Entries<Setting>().FirstOrDefault(e => e.Entity.Name == Setting.HomeGovernment)?.Entity.Value;
        }
        return _homeCode ?? "";
    }

    private async Task AddAuditEntriesAsync(IEnumerable<(string Subject, Happening Happening)> notes, CancellationToken stop)
    {
        var last = await AuditTrail.AsNoTracking().OrderByDescending(e => e.Id).Select(e => new { e.Id, e.Hash }).FirstOrDefaultAsync(stop);
        var (id, hash) = (last?.Id ?? 0, last?.Hash ?? AuditEntry.Beginning);
        foreach (var (subject, happening) in notes)
        {
            var entry = AuditEntry.After(++id, hash, subject, happening, Clock.GetUtcNow());
            hash = entry.Hash;
            AuditTrail.Add(entry);
        }
    }

    private async Task AddMailsAsync(List<(Record Record, Mail Mail)> told, CancellationToken stop)
    {
        if (told.Count == 0)
            return;
        var occasions = told.Select(t => t.Mail.Once).Distinct().ToList();
        var gone = (await Outbox.Where(m => occasions.Contains(m.Once)).Select(m => new { m.Once, m.To }).ToListAsync(stop)).ConvertAll(m => (m.Once, m.To)).ToHashSet();
        var texts = new Dictionary<(MailKind, long?), MailText>();
        foreach (var (record, mail) in told)
        {
            if (!gone.Add((mail.Once, mail.To)))
                continue;
            var place = record.PlaceOfMails();
            var text = new MailText(mail.Subject, mail.Body);
            if (mail.Kind is { } kind)
            {
                if (!texts.TryGetValue((kind, place.RoundId), out var template))
                    texts.Add((kind, place.RoundId), template = await MailTemplates.TextOfAsync(kind, place.RoundId, stop));
                text = template.Fill(mail.Words);
            }
            Outbox.Add(new OutboxMail(mail, text, place, Clock.GetUtcNow()) { GovernmentCode = await HomeCodeAsync(stop) });
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(Record))))
        {
            var entity = modelBuilder.Entity(type.ClrType);
            entity.Property(nameof(Record.GovernmentCode)).HasMaxLength(6);
            entity.Property(nameof(Record.RowVersion)).IsConcurrencyToken();
            entity.Ignore(nameof(Record.AuditName));
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<FiscalYear>().HaveConversion<FiscalYearConverter>();
        // SQLite cannot order by DateTimeOffset: both engines keep UTC.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private sealed class FiscalYearConverter() : ValueConverter<FiscalYear, int>(year => year.Year, number => new FiscalYear(number));

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        kept => new DateTimeOffset(DateTime.SpecifyKind(kept, DateTimeKind.Utc)));
}

using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>
/// 公表の取り下げ: a case that readers no longer see, with a reason that they do. The files of the revisions that held it stay as they were
/// released; the next revision is made without it.
/// </summary>
public sealed class Withdrawal : Record
{
    private const int LongestReason = 400;

    private Withdrawal()
    {
    }

    private Withdrawal(PublishedCase one, string reason, DateTimeOffset now) =>
        (CaseId, ProgrammeKey, Year, Title, Reason, WithdrawnAt) = (one.CaseId, one.ProgrammeKey, one.Year, one.Title, reason, now);

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    /// <summary>As it stood when it was withdrawn, for those who decide; readers are told the reason alone.</summary>
    public string Title { get; private set; } = "";

    /// <summary>In public words.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset WithdrawnAt { get; private set; }

    /// <summary>When it was published again; null as long as it is withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public override string AuditName => $"published-case/{CaseId}";

    public static string? WhyNot(string? reason, Actor by) =>
        !by.Is(Role.Coordinator) ? "公表を取り下げられるのは、協働の担当課だけです。"
        : TextForms.Clean(reason).Length == 0 ? "取り下げの理由を、読む人に向けて書いてください。公表されます。"
        : TextForms.Clean(reason).Length > LongestReason ? $"取り下げの理由は{LongestReason}字以内で書いてください。"
        : null;

    public string? WhyNotEnd(Actor by) =>
        !by.Is(Role.Coordinator) ? "取り下げを取り消せるのは、協働の担当課だけです。"
        : EndedAt is not null ? "取り下げはもう取り消されています。"
        : null;

    internal static Withdrawal Of(PublishedCase one, string reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNot(reason, by));
        var withdrawal = new Withdrawal(one, TextForms.Clean(reason), now);
        withdrawal.Happened(by, now, "case-withdrawn", withdrawal.Reason);
        return withdrawal;
    }

    internal void End(string? why, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotEnd(by));
        EndedAt = now;
        Happened(by, now, "case-shown-again", TextForms.Clean(why) is { Length: > 0 } said ? said : null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Withdrawal>
    {
        public void Configure(EntityTypeBuilder<Withdrawal> builder)
        {
            builder.ToTable("withdrawals");
            builder.Property(w => w.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(w => w.ProgrammeKey).HasMaxLength(40);
            builder.Property(w => w.Title).HasMaxLength(PublishedCase.LongestTitle);
            builder.Property(w => w.Reason).HasMaxLength(LongestReason);
            builder.HasIndex(w => w.CaseId);
            builder.HasIndex(w => new { w.ProgrammeKey, w.Year });
        }
    }
}

public static class Withdrawing
{
    /// <summary>The withdrawal of a case that readers no longer see; null where there is none.</summary>
    public static Task<Withdrawal?> WithdrawalAsync(this AppDb db, string caseId, CancellationToken stop = default) =>
        db.Withdrawals.AsNoTracking().FirstOrDefaultAsync(w => w.CaseId == caseId && w.EndedAt == null, stop);

    public static Task<List<Withdrawal>> WithdrawalsAsync(this AppDb db, string programme, FiscalYear year, CancellationToken stop = default) =>
        db.Withdrawals.AsNoTracking().Where(w => w.ProgrammeKey == programme && w.Year == year && w.EndedAt == null).OrderBy(w => w.Id).ToListAsync(stop);

    /// <summary>The withdrawn cases that a revision held when it was released.</summary>
    public static Task<List<Withdrawal>> WithdrawnFromAsync(this AppDb db, Revision revision, CancellationToken stop = default) =>
        db.Withdrawals.AsNoTracking().Where(w => w.EndedAt == null && db.Set<PublishedCase>().Any(c => c.RevisionId == revision.Id && c.CaseId == w.CaseId)).OrderBy(w => w.Id).ToListAsync(stop);

    public static async Task<Withdrawal> WithdrawAsync(this AppDb db, string caseId, string reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.WithdrawalAsync(caseId, stop) is { } before)
            throw new Refusal($"「{before.Title}」は、{PartialDate.Of(before.WithdrawnAt.DayInJapan()).Japanese}に取り下げられています。");
        var one = await db.PublishedCases.AsNoTracking().FirstOrDefaultAsync(c => c.CaseId == caseId && c.Revision.IsLatest, stop)
            ?? throw new Refusal("その事例は、公表中の版にありません。");
        var withdrawal = Withdrawal.Of(one, reason, by, now);
        db.Withdrawals.Add(withdrawal);
        await db.RaisePublicationStampAsync(stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return withdrawal;
    }

    /// <summary>Readers see the case again, as the newest revision that holds it has it.</summary>
    public static async Task ShowAgainAsync(this AppDb db, string caseId, string? why, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var withdrawal = await db.Withdrawals.FirstOrDefaultAsync(w => w.CaseId == caseId && w.EndedAt == null, stop)
            ?? throw new Refusal("その事例は取り下げられていません。");
        withdrawal.End(why, by, now);
        await db.RaisePublicationStampAsync(stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}

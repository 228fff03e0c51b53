using System.Text.Json;
using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>
/// 下書き: what a person has typed into a case's form and could not become its answer: it cannot be read yet, the time for answers has ended,
/// somebody else changed the same question, or a new case has no title yet. Kept apart from the case, so that it is neither lost nor handed in.
/// </summary>
public sealed class CaseDraft
{
    /// <summary>The name under which a case that does not exist yet is typed.</summary>
    public const string NewCase = "new";

    /// <summary>A closed round may be reopened: until then what was typed waits.</summary>
    public static readonly TimeSpan KeptAfterClosing = TimeSpan.FromDays(90);

    private CaseDraft()
    {
    }

    public CaseDraft(long inquiryId, string caseId, long personId) => (InquiryId, CaseId, PersonId) = (inquiryId, caseId, personId);

    public long InquiryId { get; private set; }

    public string CaseId { get; private set; } = "";

    public long PersonId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string TextsJson { get; private set; } = "{}";

    /// <summary>By question key: the form's fields as they were typed, each with its values.</summary>
    public IReadOnlyDictionary<string, DraftedQuestion> Questions => JsonSerializer.Deserialize<Dictionary<string, DraftedQuestion>>(TextsJson, Json.Plain)!;

    public bool IsEmpty => TextsJson == "{}";

    /// <summary>Keeps the questions of <paramref name="unsaved"/> and forgets those that were saved.</summary>
    public void Keep(IReadOnlyDictionary<string, DraftedQuestion> unsaved, IEnumerable<string> saved, DateTimeOffset now)
    {
        var kept = new SortedDictionary<string, DraftedQuestion>(new Dictionary<string, DraftedQuestion>(Questions), StringComparer.Ordinal);
        foreach (var key in saved)
            kept.Remove(key);
        foreach (var (key, question) in unsaved)
            kept[key] = question;
        (TextsJson, At) = (JsonSerializer.Serialize(kept, Json.Plain), now);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseDraft>
    {
        public void Configure(EntityTypeBuilder<CaseDraft> builder)
        {
            builder.ToTable("case_drafts");
            builder.HasKey(d => new { d.InquiryId, d.CaseId, d.PersonId });
            builder.Property(d => d.CaseId).HasMaxLength(PublicId.Length);
            builder.Ignore(d => d.Questions);
            builder.Ignore(d => d.IsEmpty);
        }
    }
}

/// <summary>One question as typed: the mark of the answer it was typed upon, and the form's fields.</summary>
public sealed record DraftedQuestion(string Mark, IReadOnlyDictionary<string, string[]> Fields);

public static class CaseDraftQueries
{
    extension(AppDb db)
    {
        public DbSet<CaseDraft> CaseDrafts => db.Set<CaseDraft>();
    }

    /// <summary>What the person has typed into the case and could not be saved; another person's is nobody else's.</summary>
    public static Task<CaseDraft?> DraftAsync(this AppDb db, long inquiryId, string caseId, Actor by, CancellationToken stop = default) =>
        db.CaseDrafts.FirstOrDefaultAsync(d => d.InquiryId == inquiryId && d.CaseId == caseId && d.PersonId == by.PersonId, stop);

    /// <summary>Keeps what could not be saved with the next saving; a draft without anything in it goes.</summary>
    public static async Task KeepDraftAsync(
        this AppDb db, long inquiryId, string caseId, Actor by, IReadOnlyDictionary<string, DraftedQuestion> unsaved, IEnumerable<string> saved, DateTimeOffset now, CancellationToken stop = default)
    {
        var draft = await db.DraftAsync(inquiryId, caseId, by, stop);
        if (draft is null && unsaved.Count > 0)
            db.CaseDrafts.Add(draft = new CaseDraft(inquiryId, caseId, by.PersonId!.Value));
        draft?.Keep(unsaved, saved, now);
        if (draft?.IsEmpty is true)
            db.CaseDrafts.Remove(draft);
    }

    /// <summary>Removes what nobody can save any more: its round has been closed, and nothing was typed for a season. How many there were.</summary>
    public static Task<int> SweepDraftsAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var (longAgo, inquiries) = (now - CaseDraft.KeptAfterClosing, db.Inquiries);
        return db.CaseDrafts.Where(d => d.At < longAgo && inquiries.Any(i => i.Id == d.InquiryId && i.Round.Status == RoundStatus.Closed)).ExecuteDeleteAsync(stop);
    }
}

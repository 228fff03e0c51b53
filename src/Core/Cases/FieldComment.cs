using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>
/// 項目へのコメント: what somebody who returns a reply says of one answer. It stands beside the field until the respondent strikes it off, and
/// names the version it was said of, so that whoever wrote it sees what was changed since.
/// </summary>
public sealed class FieldComment : Record
{
    public const int MostLetters = 1000;

    private FieldComment()
    {
    }

    /// <summary>A comment on a case's answer; the verb that returns the reply has asked before who may.</summary>
    public FieldComment(Case one, Question question, string text, Actor by, DateTimeOffset now)
    {
        if (TextForms.Clean(text) is not { Length: > 0 and <= MostLetters } clean)
            throw new Refusal($"「{question.LabelJa}」へのコメントは{MostLetters}字以内で書いてください。");
        (CaseId, SeenVersion, QuestionKey, Text, ById, By, At) = (one.Id, one.Version, question.Key, clean, by.PersonId, by.Name, now);
        Happened(by, now, "field-commented", $"{question.LabelJa}: {clean}");
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public string QuestionKey { get; private set; } = "";

    /// <summary>The version of the case that the comment was written on.</summary>
    public int SeenVersion { get; private set; }

    public string Text { get; private set; } = "";

    public long? ById { get; private set; }

    public string By { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? StruckAt { get; private set; }

    public string? StruckBy { get; private set; }

    public bool IsOpen => StruckAt is null;

    public override string AuditName => $"case/{CaseId}";

    /// <summary>What a form names the field in which a comment on an answer is written.</summary>
    public static string FieldName(string caseId, string questionKey) => $"comment.{caseId}.{questionKey}";

    /// <summary>
    /// What a return says as a whole: the words for the whole reply, or, where somebody only wrote beside answers, how many comments there are.
    /// </summary>
    public static string ReasonOf(string? words, int comments) =>
        string.IsNullOrWhiteSpace(words) && comments > 0 ? $"項目へのコメントが{comments}件あります。コメントのある項目を直してください。" : words ?? "";

    /// <summary>The respondent says that it has been seen to. Whoever may edit the case may; the page has asked that.</summary>
    public void Strike(Actor by, DateTimeOffset now)
    {
        if (!IsOpen)
            return;
        (StruckAt, StruckBy) = (now, by.Name);
        Happened(by, now, "field-comment-struck", Text);
    }

    public void Reopen(Actor by, DateTimeOffset now)
    {
        if (IsOpen)
            return;
        (StruckAt, StruckBy) = (null, null);
        Happened(by, now, "field-comment-reopened", Text);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<FieldComment>
    {
        public void Configure(EntityTypeBuilder<FieldComment> builder)
        {
            builder.ToTable("field_comments");
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.QuestionKey).HasMaxLength(40);
            builder.Property(c => c.Text).HasMaxLength(MostLetters);
            builder.Property(c => c.By).HasMaxLength(60);
            builder.Property(c => c.StruckBy).HasMaxLength(60);
            builder.HasOne<Case>().WithMany().HasForeignKey(c => c.CaseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

public static class FieldCommentQueries
{
    extension(AppDb db)
    {
        public DbSet<FieldComment> FieldComments => db.Set<FieldComment>();

        /// <summary>All comments on the cases, oldest first; struck off ones too.</summary>
        public Task<List<FieldComment>> CommentsOnAsync(IEnumerable<string> caseIds, CancellationToken stop = default)
        {
            var ids = caseIds.ToList();
            return db.FieldComments.AsNoTracking().Where(c => ids.Contains(c.CaseId)).OrderBy(c => c.Id).ToListAsync(stop);
        }

        /// <summary>
        /// Adds what was written beside the answers. <paramref name="typed"/> are the fields of the form by <see cref="FieldComment.FieldName"/>; blank
        /// ones, and those of other cases, are passed over. Returns how many there were.
        /// </summary>
        public int Comment(IEnumerable<KeyValuePair<string, string>> typed, IEnumerable<Case> cases, IReadOnlyList<Question> questions, Actor by, DateTimeOffset now)
        {
            var texts = typed.Where(field => !string.IsNullOrWhiteSpace(field.Value)).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
            var written = cases.SelectMany(one => questions.Select(question => (one, question, Name: FieldComment.FieldName(one.Id, question.Key))))
                .Where(place => texts.ContainsKey(place.Name))
                .Select(place => new FieldComment(place.one, place.question, texts[place.Name], by, now))
                .ToList();
            db.FieldComments.AddRange(written);
            return written.Count;
        }

        /// <summary>Strikes off the ticked ones of those that a case's form showed, and opens again those no longer ticked.</summary>
        public async Task StrikeCommentsAsync(string caseId, IReadOnlyCollection<long> shown, IReadOnlyCollection<long> ticked, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            if (shown.Count == 0)
                return;
            foreach (var comment in await db.FieldComments.Where(c => c.CaseId == caseId && shown.Contains(c.Id)).ToListAsync(stop))
            {
                if (ticked.Contains(comment.Id))
                    comment.Strike(by, now);
                else
                    comment.Reopen(by, now);
            }
        }
    }
}

using System.Text.Json.Nodes;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>What is being released, whole, before anything of it is kept: the file writers and the casebook drawing read this.</summary>
public sealed record RevisionDraft(Revision Revision, IReadOnlyList<PublishedCase> Cases, IReadOnlyDictionary<string, JsonObject> StaffAnswers)
{
    /// <summary>The revision before; null for the first.</summary>
    public RevisionDraft? Before { get; init; }

    /// <summary>Ids of the cases that were withdrawn.</summary>
    public IReadOnlySet<string> Withdrawn { get; init; } = new HashSet<string>();

    /// <summary>The questions that the public edition holds, in the order of the questionnaire.</summary>
    public IReadOnlyList<Question> PublicQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public)];

    /// <summary>The questions that the staff edition holds. What is only for the secretariat is in neither.</summary>
    public IReadOnlyList<Question> StaffQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal)];

    /// <summary>A public case's answer, or a staff answer where <paramref name="forStaff"/>.</summary>
    public JsonNode? Answer(PublishedCase one, Question question, bool forStaff = false) =>
        question.Visibility is Visibility.Public ? one.Answers[question.Key]
        : forStaff ? StaffAnswers.GetValueOrDefault(one.CaseId)?[question.Key]
        : null;

    /// <summary>A revision as its records hold it, withdrawn cases too.</summary>
    internal static async Task<RevisionDraft> OfAsync(AppDb db, Revision revision, CancellationToken stop)
    {
        var cases = await db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id).OrderBy(c => c.Order).ToListAsync(stop);
        var staff = await db.StaffAnswers.AsNoTracking().Where(c => c.RevisionId == revision.Id).ToListAsync(stop);
        return new RevisionDraft(revision, cases, staff.ToDictionary(one => one.CaseId, one => one.Answers, StringComparer.Ordinal));
    }
}

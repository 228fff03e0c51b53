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

    /// <summary>What of the cases' evaluations is public with it; none in a first revision.</summary>
    public IReadOnlyList<PublishedEvaluation> Evaluations { get; init; } = [];

    public IReadOnlyList<PublishedBest> Bests { get; init; } = [];

    /// <summary>Ids of the cases that were withdrawn.</summary>
    public IReadOnlySet<string> Withdrawn { get; init; } = new HashSet<string>();

    /// <summary>Whose edition it is; empty where nobody said.</summary>
    public string Government { get; init; } = "";

    /// <summary>When each case was first released, where that was before this revision.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FirstReleased { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The questions that the public edition holds, in the order of the questionnaire.</summary>
    public IReadOnlyList<Question> PublicQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public)];

    /// <summary>The questions that the staff edition holds. What is only for the secretariat is in neither.</summary>
    public IReadOnlyList<Question> StaffQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal)];

    /// <summary>A public case's answer, or a staff answer where <paramref name="forStaff"/>.</summary>
    public JsonNode? Answer(PublishedCase one, Question question, bool forStaff = false) =>
        question.Visibility is Visibility.Public ? one.Answers[question.Key]
        : forStaff ? StaffAnswers.GetValueOrDefault(one.CaseId)?[question.Key]
        : null;

    internal static async Task<Dictionary<string, DateTimeOffset>> FirstReleasedAsync(AppDb db, Revision revision, CancellationToken stop)
    {
        var before = await db.PublishedCases.Where(c => c.Revision.ProgrammeKey == revision.ProgrammeKey && c.Revision.Year == revision.Year && c.Revision.No < revision.No)
            .Select(c => new { c.CaseId, c.Revision.ReleasedAt }).ToListAsync(stop);
        return before.GroupBy(c => c.CaseId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(c => c.ReleasedAt), StringComparer.Ordinal);
    }

    /// <summary>A revision as its records hold it, withdrawn cases too.</summary>
    internal static async Task<RevisionDraft> OfAsync(AppDb db, Revision revision, CancellationToken stop)
    {
        var cases = await db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id).OrderBy(c => c.Order).ToListAsync(stop);
        var staff = await db.StaffAnswers.AsNoTracking().Where(c => c.RevisionId == revision.Id).ToListAsync(stop);
        return new RevisionDraft(revision, cases, staff.ToDictionary(one => one.CaseId, one => one.Answers, StringComparer.Ordinal))
        {
            FirstReleased = await FirstReleasedAsync(db, revision, stop),
            Evaluations = await db.PublishedEvaluations.AsNoTracking().Where(e => e.RevisionId == revision.Id).OrderBy(e => e.CaseId).ToListAsync(stop),
            Bests = await db.PublishedBests.AsNoTracking().Where(b => b.RevisionId == revision.Id).OrderBy(b => b.CaseId).ToListAsync(stop),
        };
    }
}

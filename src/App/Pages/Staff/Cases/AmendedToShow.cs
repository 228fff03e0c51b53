using Kyodo.App.Components;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>What the compilation changed in a reply, as the unit sees it: the original beside the change, and whether it may confirm.</summary>
public sealed record AmendedToShow(IReadOnlyList<AmendedToShow.Change> Changes)
{
    /// <summary><paramref name="WhyNotConfirm"/> is for whoever looks; null where they may confirm or decline it.</summary>
    public sealed record Change(Amendment Amendment, string Title, string Label, TextDifference Difference, string? WhyNotConfirm);

    public IReadOnlyList<Change> Waiting => [.. Changes.Where(c => c.Amendment.Status is AmendmentStatus.Proposed)];

    public static async Task<AmendedToShow> OfAsync(AppDb db, Inquiry inquiry, Actor me)
    {
        var found = await db.Amendments.AsNoTracking().WithCase().Where(a => a.InquiryId == inquiry.Id).Waiting().OrderBy(a => a.Id).ToListAsync();
        return Of(found, me);
    }

    public static AmendedToShow Of(IEnumerable<Amendment> amendments, Actor me) => new([.. amendments.Select(a =>
    {
        var round = a.Inquiry.Round;
        var forms = round.Programme.FormsIn(round.Year);
        var question = round.Questionnaire.Questions.FirstOrDefault(q => q.Key == a.QuestionKey);
        string Text(System.Text.Json.Nodes.JsonNode? value) => value is null || question is null ? "（なし）" : string.Join('\n', new AnswerToShow(question, value, forms).Lines);
        return new Change(a, a.Case.Title, question?.LabelJa ?? a.QuestionKey, TextDifference.Between(Text(a.Before), Text(a.After)), a.WhyNotConfirm(me));
    })]);
}

using Kyodo.Editions;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>
/// Two to four cases side by side, a question a row. The address alone says which, so that links are all the basket there is: each page of it
/// offers to add a case and to take one out.
/// </summary>
public sealed class CompareModel(AppDb db, ReleasedCases released, SearchIndex index) : PublicPage
{
    public const int Most = 4;

    private const int Offers = 6;

    // Shown in the column's head, or as rows of the page's own.
    private static readonly string[] Placed = ["title", "declared", "partners", "form"];

    public IReadOnlyList<ComparedCase> Cases { get; private set; } = [];

    public IReadOnlyList<ComparedRow> Rows { get; private set; } = [];

    /// <summary>What is wrong with what was asked for, in words.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>What may be added: found by the words that were typed, or like the cases there are.</summary>
    public IReadOnlyList<CaseCard> Offered { get; private set; } = [];

    public string Words { get; private set; } = "";

    public bool IsFull => Cases.Count == Most;

    public async Task<IActionResult> OnGetAsync([FromQuery] string[] id, [FromQuery] string? q, CancellationToken stop)
    {
        Titled(Say("事例を比べる", "Compare cases"), "cases");
        Words = q is { Length: <= 200 } ? q.Trim() : "";
        var asked = id.Select(one => one.Trim()).Where(one => one.Length > 0).Distinct().ToList();
        var problems = new List<string>();
        if (asked.Count > Most)
            problems.Add(Say($"一度に比べられるのは{Most}件までです（{asked.Count}件が選ばれています）。はじめの{Most}件を並べました。", $"At most {Most} cases can be compared ({asked.Count} were chosen). These are the first {Most}."));
        var cases = new List<ComparedCase>();
        foreach (var one in asked.Take(Most))
        {
            if (PublicId.IsOne(one) && await released.LatestAsync(db, one) is { } found)
                cases.Add(new ComparedCase(found, await released.RevisionAsync(db, found.RevisionId, stop)));
            else
                problems.Add(Say($"「{Short(one)}」という事例は、いま公表されている中にありません。番号が違うか、取り下げられたか、新しい版でなくなりました。", $"No case “{Short(one)}” is published now: the number is wrong, or it was withdrawn or left out of a newer revision."));
        }
        (Cases, Rows, Problems) = (cases, RowsOf(cases), problems);
        Response.StatusCode = asked.Count > Most ? StatusCodes.Status400BadRequest : cases.Count < Math.Min(asked.Count, Most) ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        Offered = IsFull ? [] : await OfferedAsync(stop);
        return Page();
    }

    public string With(string id) => Address([.. Cases.Select(c => c.Case.CaseId), id]);

    public string Without(string id) => Address([.. Cases.Select(c => c.Case.CaseId).Where(other => other != id)]);

    private string Address(IReadOnlyList<string> ids) => To("/compare") + (ids.Count == 0 ? "" : $"?{string.Join('&', ids.Select(one => $"id={one}"))}");

    private async Task<IReadOnlyList<CaseCard>> OfferedAsync(CancellationToken stop)
    {
        var chosen = Cases.Select(c => c.Case.CaseId).ToHashSet(StringComparer.Ordinal);
        IEnumerable<CaseCard> cards = Words.Length > 0 ? (await index.FindAsync(new CaseQuery { Text = Words, Size = Offers + Most, WithFacets = false }, stop)).Page.Items
            : Cases.Count > 0 ? await index.RelatedAsync(Cases[0].Case.CaseId, Offers + Most, stop)
            : [];
        return [.. cards.Where(card => !chosen.Contains(card.Id)).Take(Offers)];
    }

    // Questions of the same key are the same question, whatever the programme and year; their order is that of the first case.
    private List<ComparedRow> RowsOf(List<ComparedCase> cases)
    {
        var questions = cases.SelectMany(c => c.Revision.Questions)
            .Where(q => q.Visibility is Visibility.Public && !Placed.Contains(q.Key) && q.AnswerType is not FileType).DistinctBy(q => q.Key).ToList();
        return [.. new[]
        {
            new ComparedRow(Say("制度と年度", "Programme and year"), [.. cases.Select(c => One($"{c.Revision.Name(Lang)} {YearWords(c.Revision.Year)}"))]),
            new ComparedRow(Say("担当", "Unit"), [.. cases.Select(c => One(c.Case.UnitName))]),
            new ComparedRow(Say("新規・継続・終了", "Status"), [.. cases.Select(c => One(PublicWords.Status(c.Case.Status, En)))]),
            new ComparedRow(Say("協働形態", "Form"), [.. cases.Select(c => One(c.Revision.Forms.FirstOrDefault(f => f.No == c.Case.FormNo)?.Name(Lang) ?? ""))]),
            new ComparedRow(Say("協働の相手方", "Partners"), [.. cases.Select(c => (IReadOnlyList<string>)[.. c.Case.Partners.Select(p => p.Kind.Length > 0 ? $"{p.Name}（{p.Kind}）" : p.Name)])]),
        }.Concat(questions.Select(q => new ComparedRow(q.Label(Lang), [.. cases.Select(c => Answer(c, q.Key))]))).Where(row => row.Answers.Any(lines => lines.Count > 0))];
    }

    // A case is read with the question as its own edition asked it.
    private static IReadOnlyList<string> Answer(ComparedCase one, string key) =>
        one.Revision.Questions.FirstOrDefault(q => q.Key == key && q.Visibility is Visibility.Public) is { } question && one.Case.Answers[key] is { } value
            ? [.. question.AnswerType.Show(question, value).Where(line => line.Length > 0)] : [];

    private static IReadOnlyList<string> One(string line) => line.Length > 0 ? [line] : [];

    private static string Short(string id) => id.Length <= 40 ? id : $"{id[..40]}…";
}

public sealed record ComparedCase(PublishedCase Case, Revision Revision);

/// <summary>A question with each case's answer, line by line; no lines where it has none.</summary>
public sealed record ComparedRow(string Label, IReadOnlyList<IReadOnlyList<string>> Answers);

using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Questions;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public class CaseModel(AppDb db, SearchIndex index, ReleasedCases released) : PublicPage
{
    // They tell a story or draw a picture; every other kind of answer, a new question's too, is a fact beside it.
    private static readonly string[] StoryTypes = ["long text", "indicator series", "addresses"];

    // Shown where the page has a place of its own for them.
    private static readonly string[] Placed = ["title", "summary", "roles", "partners", "theme", "declared"];

    public PublishedCase Case { get; private set; } = null!;

    /// <summary>Set where the case was withdrawn: then nothing else is.</summary>
    public Withdrawal? Withdrawal { get; private set; }

    public Revision Revision { get; private set; } = null!;

    /// <summary>The newest revision's, or one of a revision that its address names.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>Is its revision the newest of the edition?</summary>
    public bool IsNewest { get; private set; }

    public IReadOnlyList<CaseYear> Years { get; private set; } = [];

    public IReadOnlyList<CaseCard> Related { get; private set; } = [];

    /// <summary>Why it is a best case; null where it is none.</summary>
    public string? Best { get; private set; }

    /// <summary>What both sides let be public of their evaluation; null where that is nothing.</summary>
    public PublishedEvaluation? Evaluation { get; private set; }

    public IReadOnlyList<AnswerView> Story { get; private set; } = [];

    public IReadOnlyList<AnswerView> Facts { get; private set; } = [];

    public IReadOnlyList<string> GovernmentRoles => RolesType.Of(Case.Answers["roles"], "government");

    public IReadOnlyList<string> PartnerRoles => RolesType.Of(Case.Answers["roles"], "partner");

    public int? PartnerCount => Case.Answers["partners"]?["count"]?.GetValue<int>();

    public IReadOnlyList<Photograph> Photos => Case.Photos(Revision);

    public string PhotoAddress(string file) => $"{Addresses.Revision(Revision)}/{file}";

    public PublishedForm? Form => Revision.Forms.FirstOrDefault(f => f.No == Case.FormNo);

    /// <summary>A theme is a list of its own where the question of themes stands as it came.</summary>
    public string PermanentPath => Addresses.CaseAt(Revision, Case.CaseId);

    public string Citation => Say(
        $"{Government}「{Case.Title}」『{Revision.Title}』{PartialDate.Of(Revision.ReleasedAt.DayInJapan()).InBothCalendars}公表。",
        $"{Government}, “{Case.Title}”, {Revision.NameEn} casebook {YearWords(Revision.Year)}, revision {Revision.No}, released {Revision.ReleasedAt.DayInJapan():yyyy-MM-dd}.");

    public string JsonLd => CaseJson.SchemaOrg(Case, Revision, Government, Site).ToJsonString(Json.Plain).Replace("<", "\\u003c", StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync(string id, string? programme, int? year, int? no, CancellationToken stop)
    {
        var one = !PublicId.IsOne(id) ? null
            : no is null ? await released.LatestAsync(db, id)
            : await db.PublishedCases.AsNoTracking().FirstOrDefaultAsync(c => c.CaseId == id && c.Revision.ProgrammeKey == programme && c.Revision.Year == new FiscalYear(year!.Value) && c.Revision.No == no, stop);
        if (PublicId.IsOne(id) && (one is null || no is not null) && await db.WithdrawalAsync(id, stop) is { } withdrawal)
            return Gone(withdrawal);
        if (one is null)
            return NotFound();
        (Case, IsCurrent) = (one, no is null);
        Revision = await released.RevisionAsync(db, one.RevisionId, stop);
        IsNewest = IsCurrent || await db.Revisions.AnyAsync(r => r.Id == one.RevisionId && r.IsLatest, stop);
        Years = IsCurrent ? await index.YearsAsync(one.CaseId, stop) : await released.YearsAsync(db, one.ProjectId);
        Related = await index.RelatedAsync(one.CaseId, 3, stop);
        Evaluation = await released.EvaluationAsync(db, one, stop);
        Best = await released.BestAsync(db, one, stop);
        var answers = Revision.Questions.Where(q => q.Visibility is Visibility.Public && !Placed.Contains(q.Key) && q.AnswerType is not FileType)
            .Select(q => (Question: q, Value: one.Answers[q.Key])).Where(pair => pair.Value is not null)
            .Select(pair => new AnswerView(pair.Question, pair.Value!, this)).Where(view => view.Lines.Any(line => line.Length > 0)).ToList();
        Story = answers.FindAll(view => StoryTypes.Contains(view.Question.Type));
        Facts = answers.FindAll(view => !StoryTypes.Contains(view.Question.Type));
        Titled(IsCurrent ? one.Title : $"{one.Title}（{Say($"第{Revision.No}版", $"revision {Revision.No}")}）", "cases");
        return Page();
    }

    // A page for people; whoever asks for JSON gets the problem document of the data's address.
    private IActionResult Gone(Withdrawal withdrawal)
    {
        if (Request.GetTypedHeaders().Accept is { Count: > 0 } accepted && accepted.Any(type => type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)) && !accepted.Any(type => type.MediaType == "text/html"))
        {
            var problem = CaseJson.Gone(withdrawal).ToJsonString(Json.Plain) + "\n";
            return new ContentResult { StatusCode = StatusCodes.Status410Gone, ContentType = "application/problem+json; charset=utf-8", Content = problem };
        }
        Withdrawal = withdrawal;
        Response.StatusCode = StatusCodes.Status410Gone;
        Titled(Say("公表を取り下げた事例", "A withdrawn case"), "cases");
        return Page();
    }
}

/// <summary>One answer as its type shows it.</summary>
public sealed record AnswerView(Question Question, JsonNode Value, CaseModel Page)
{
    public string Label => Question.Label(Page.Lang);

    public IReadOnlyList<string> Lines { get; } = Question.AnswerType.Show(Question, Value);

    public string? Text(string field) => Value[field]?.GetValue<string>();
}

/// <summary>Some answers of a case: parts of its story, or facts beside it.</summary>
public sealed record AnswersView(IReadOnlyList<AnswerView> Answers, bool AsStory, CaseModel Page);

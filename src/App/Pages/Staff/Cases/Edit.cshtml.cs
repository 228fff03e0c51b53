using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>
/// One case as a form of all that the round asks. Wrong is refused and kept as typed (422), missing is allowed, and a case that somebody
/// else changed meanwhile answers 409 with both, field by field.
/// </summary>
public sealed partial class EditModel(AppDb db, SearchIndex index, TimeProvider clock) : InquiryPage(db, clock)
{
    private const int Attempts = 3;

    /// <summary>A field that differs: as it was when the form was opened, as it is now, as it was typed.</summary>
    public sealed record Difference(Question Question, string Opened, string Now, string Typed, bool BothChanged);

    [FromRoute(Name = "caseId")]
    public string CaseId { get; set; } = "";

    public bool IsNew => CaseId == CaseDraft.NewCase;

    public Case? Case { get; private set; }

    public CaseVersion? Latest { get; private set; }

    public CaseForm Form { get; private set; } = null!;

    /// <summary>The version that what is typed goes on top of.</summary>
    public int SeenVersion { get; private set; }

    public IReadOnlyList<Difference> Differences { get; private set; } = [];

    public IReadOnlyList<Question> Missing => Form.Answers.Missing(Questions);

    public string Title => Form.Answers.Text("title") is { Length: > 0 } title ? title : IsNew ? "新しい事例" : "（事業名はまだありません）";

    public string FieldAddress(string? field) => Questions.Any(q => q.Fields.Any(part => q.PartKey(part) == field)) ? $"#f-{field}" : $"#q-{field}";

    public FieldToAsk FieldOf(Question question) => new(
        question, Form.Texts[question.Key], Context, [.. Form.Problems.Where(p => p.Field?.Split('.')[0] == question.Key)],
        Differences.FirstOrDefault(d => d.Question.Key == question.Key && d.BothChanged)?.Now ?? (Contested.Contains(question) ? TextOf(question, Case!.Answers) : null))
    {
        Since = SinceLastYear(question),
        Mark = Case?.Answers.Mark(question.Key) ?? "",
    };

    private IReadOnlyList<FieldComment> Comments { get; set; } = [];

    /// <summary>What was said of the field when the reply came back: open, or struck off on this very version.</summary>
    public IReadOnlyList<FieldComment> CommentsOn(Question question) =>
        [.. Comments.Where(c => c.QuestionKey == question.Key && (c.IsOpen || c.StruckAt > Inquiry.SubmittedAt))];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        if (WhyNotAnswer is not null)
            return Redirect(await Db.DraftAsync(InquiryId, CaseId, Me) is not null ? $"{Address}/{CaseId}/draft" : IsNew ? Address : $"{Address}/{CaseId}/view");
        await OpenFormAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await FindAsync() || !ReadForm())
                return NotFound();
            if (IsStale)
                return await StaleAsync();
            if (Form.Problems.Count > 0)
                return Redrawn(StatusCodes.Status422UnprocessableEntity, $"直すところが{Form.Problems.Count}か所あります。まだ保存していません。");
            if (await WhyNotSaveAsync() is { } why)
                return Redrawn(StatusCodes.Status422UnprocessableEntity, why);
            try
            {
                await SaveAsync("web");
                return DoneAt($"{Address}/{Case!.Id}", $"保存しました {Now.ClockInJapan()}");
            }
            // Somebody saved between our reading and our writing: the same case is a conflict, another case of the reply is none.
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
            }
        }
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!await FindAsync() || Case is null)
            return NotFound();
        ReadForm();
        if (IsStale)
            return await StaleAsync();
        Refusal.If(Case.WhyNotRemove(Inquiry, Me, Now));
        Case.Remove(Inquiry, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, $"「{Case.Title}」を回答から外しました。書いたものは記録に残っています。");
    }

    public override async Task LoadAsync()
    {
        if (await FindAsync())
            ReadForm();
    }

    private bool IsStale => Case is not null && SeenVersion != Case.Version;

    private async Task<bool> FindAsync()
    {
        if (!await FindInquiryAsync())
            return false;
        if (IsNew)
            return true;
        Case = await Db.Cases.Include(c => c.Project).Include(c => c.Versions.OrderByDescending(v => v.Version).Take(1)).InReplyTo(Inquiry).FirstOrDefaultAsync(c => c.Id == CaseId);
        if (Case is null)
            return false;
        Latest = Case.Versions.Find(v => v.Version == Case.Version);
        SeenVersion = Case.Version;
        Comments = await Db.CommentsOnAsync([CaseId]);
        return true;
    }

    private bool ReadForm()
    {
        Form = CaseForm.Read(Request.Form, Case?.Answers ?? Answers.None, Questions, Context);
        if (IsNew)
            return true;
        var isNumber = int.TryParse(Request.Form["version"], out var seen);
        SeenVersion = seen;
        return isNumber;
    }

    private async Task<string?> WhyNotSaveAsync() =>
        (Case is null ? WhyNotAnswer : Case.WhyNotEdit(Inquiry, Me, Now, SeenVersion))
        ?? (IsNew && !Form.Answers.Keys.Any() ? "まだ何も書かれていません。事業名だけでも書いてから保存してください。" : null)
        ?? await Db.WhyNotNameAsync(Inquiry, Case, Form.Answers.Text("title"));

    private async Task SaveAsync(string origin)
    {
        if (Case is null)
            Db.Cases.Add(Case = new Case(Inquiry, Me, Now));
        Case.Edit(Form.Answers, Inquiry, Case.Version, origin, Me, Now);
        await ForgetDraftAsync();
        await Db.StrikeCommentsAsync(Case.Id, Ids("comments"), Ids("struck"), Me, Now);
        await Db.SaveChangesAsync();
    }

    private List<long> Ids(string field) => [.. Request.Form[field].Select(text => long.TryParse(text, out var id) ? id : 0)];

    /// <summary>Both sides, field by field. What only the other has changed is taken over; what both have changed stays as typed.</summary>
    private async Task<IActionResult> StaleAsync()
    {
        var json = await Db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == CaseId && v.Version == SeenVersion).Select(v => v.AnswersJson).FirstOrDefaultAsync();
        var opened = json is null ? Answers.None : Answers.Parse(json);
        var now = Case!.Answers;
        var differences = new List<Difference>();
        // A field that cannot be read has kept the answer of the case as it is now: it was typed all the same.
        foreach (var question in Questions.Where(q => q.Fields.Count > 0))
        {
            var (then, current, typed) = (opened[question.Key], now[question.Key], Form.Answers[question.Key]);
            var theyChanged = !System.Text.Json.Nodes.JsonNode.DeepEquals(then, current);
            var iChanged = Form.IsWrong(question) || !System.Text.Json.Nodes.JsonNode.DeepEquals(then, typed);
            if (theyChanged && !iChanged)
                Form = Form.With(question, now);
            var same = !Form.IsWrong(question) && System.Text.Json.Nodes.JsonNode.DeepEquals(current, typed);
            if (theyChanged && !same)
                differences.Add(new Difference(question, TextOf(question, opened), TextOf(question, now), iChanged ? TypedText(question) : TextOf(question, now), iChanged));
        }
        Form = Form.WithReasonsUnless(opened, now, Questions);
        (Differences, SeenVersion) = (differences, Case.Version);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private string TypedText(Question question) =>
        Form.IsWrong(question) ? string.Join('\n', question.Fields.Select(part => Form.Texts[question.Key][part.Suffix]).Where(text => text.Length > 0)) : TextOf(question, Form.Answers);

    private string TextOf(Question question, Answers answers) =>
        answers[question.Key] is { } value ? string.Join('\n', new AnswerToShow(question, value, Context.Forms).Lines) : "（なし）";

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Redrawn(int status, string sentence)
    {
        (Refusal, Response.StatusCode) = (new Refusal(sentence), status);
        return Page();
    }

    private static JsonResult Said(int status, string sentence) => new(new { said = sentence }, Json.Plain) { StatusCode = status };
}

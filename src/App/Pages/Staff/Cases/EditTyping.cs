using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>
/// What happens while somebody types: the questions that changed are sent, each with the mark of the answer it was typed upon, and saved one by
/// one, so that two people in different questions never meet. What cannot be saved is kept as the person's draft. A word each ten seconds says
/// that the form is open and brings back who else has it open.
/// </summary>
public sealed partial class EditModel
{
    public const string MarkField = "mark.";

    /// <summary>The others who have this form open.</summary>
    public IReadOnlyList<PresentPerson> Others { get; private set; } = [];

    /// <summary>The questions whose fields were filled from the draft.</summary>
    public IReadOnlyList<Question> Restored { get; private set; } = [];

    /// <summary>Those of them that somebody else has changed since.</summary>
    public IReadOnlyList<Question> Contested { get; private set; } = [];

    public DateTimeOffset? DraftedAt { get; private set; }

    public string? WordsOnOthers => Others.Count == 0 ? null : string.Join("　", Others.Select(WordsOn));

    /// <summary>Saves what can be read of what is being typed; the rest is kept as a draft. 409: somebody else changed the same question.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await FindAsync() || !Inquiry.MayBeAnsweredBy(Me))
                return NotFound();
            try
            {
                return await SaveTypedAsync();
            }
            // Somebody saved between our reading and our writing, or both began the same draft: read again, merge again.
            catch (DbUpdateException) when (attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
            }
            catch (DbUpdateException)
            {
                return Said(StatusCodes.Status503ServiceUnavailable, "いま保存できませんでした。少しあとで、もう一度保存します。");
            }
        }
    }

    /// <summary>Somebody's form is open. Answers who else's is, and the case's version, from which the form knows whether others have saved.</summary>
    public async Task<IActionResult> OnPostPresenceAsync()
    {
        var cases = Db.Cases;
        var version = await Db.Inquiries.SeenBy(Me).Where(i => i.Id == InquiryId)
            .Join(cases, i => new { i.UnitId, i.Round.ProgrammeKey, i.Round.Year }, c => new { c.UnitId, c.ProgrammeKey, c.Year }, (_, c) => c)
            .Where(c => c.Id == CaseId && c.RemovedAt == null)
            .Select(c => (int?)c.Version)
            .FirstOrDefaultAsync();
        if (version is null)
            return NotFound();
        var question = Request.Form["question"].ToString();
        await Db.NotePresenceAsync(CaseId, Me, Question.IsKey(question) ? question : null, Now);
        Others = await Db.OthersInAsync(CaseId, Me, Now);
        // Their names and where they are; the form knows the questions' labels.
        return new JsonResult(new { version, others = Others }, Json.Plain);
    }

    /// <summary>The form as the case is now, without anybody's draft: what an open form takes over when somebody else has saved.</summary>
    public async Task<IActionResult> OnGetNowAsync()
    {
        if (!await FindAsync() || Case is null || WhyNotAnswer is not null)
            return NotFound();
        await Db.HoldVersionsAsync([Case.Id]);
        Form = CaseForm.Of(Case.Answers, Questions);
        return Page();
    }

    private async Task<IActionResult> SaveTypedAsync()
    {
        var asked = Questions.Where(q => q.Fields.Any(part => Request.Form.ContainsKey(q.PartKey(part)))).ToList();
        Form = CaseForm.Read(Request.Form, Case?.Answers ?? Answers.None, asked, Context);
        var unsaved = asked.Where(Form.IsWrong).Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
        var typed = asked.Where(q => !unsaved.Contains(q.Key)).Select(q => new TypedAnswer(q.Key, MarkOf(q), Form.Answers[q.Key], Request.Form.ContainsKey(CaseForm.ReasonField(q)) ? Form.Answers.ReasonFor(q.Key) : null)).ToList();
        var (status, said) = await WhyNotTypeAsync(typed, unsaved);
        IReadOnlyList<string> conflicts = [];
        var before = Case?.Version ?? 0;
        if (typed.Count > 0)
        {
            if (Case is null)
            {
                Db.Cases.Add(Case = new Case(Inquiry, Me, Now));
                await Db.KeepDraftAsync(InquiryId, CaseDraft.NewCase, Me, Drafted(asked.Where(q => unsaved.Contains(q.Key))), Questions.Select(q => q.Key), Now);
            }
            conflicts = Case.Type(typed, Inquiry, Me, Now);
            unsaved.UnionWith(conflicts);
            if (conflicts.Count > 0)
                (status, said) = (StatusCodes.Status409Conflict, $"{Labels(conflicts)}は、ほかの人が先に変えました。あなたが書いたものは下書きに残しました。");
        }
        await Db.KeepDraftAsync(InquiryId, Case?.Id ?? CaseDraft.NewCase, Me, Drafted(asked.Where(q => unsaved.Contains(q.Key))), typed.Select(t => t.Key).Except(conflicts), Now);
        await Db.SaveTogetherAsync();
        return new JsonResult(new
        {
            said = said ?? SavedWords(unsaved),
            version = Case?.Version,
            before,
            address = Case is null ? null : $"{Address}/{Case.Id}",
            marks = asked.Where(q => Case is not null && !unsaved.Contains(q.Key)).ToDictionary(q => q.Key, q => Case!.Answers.Mark(q.Key)),
            conflicts,
            large = await LargeChangesAsync(typed),
        }, Json.Plain)
        { StatusCode = status };
    }

    // What was typed and may need a reason, by the question's key: how it changed from the year before, empty where it did not change much.
    private async Task<Dictionary<string, string>> LargeChangesAsync(List<TypedAnswer> typed)
    {
        var limited = Questions.Where(q => q.ChangeLimit is not null && typed.Exists(t => t.Key == q.Key)).ToList();
        if (limited.Count == 0 || Case?.CarriedFromId is not { } past || await Db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == past) is not { } before)
            return [];
        var differences = CaseDifference.Between(before.Answers, Case.Answers, limited).ToDictionary(d => d.Question.Key, d => string.Join("、", d.Large), StringComparer.Ordinal);
        return limited.ToDictionary(q => q.Key, q => differences.GetValueOrDefault(q.Key, ""), StringComparer.Ordinal);
    }

    // Why nothing, or not all, of what was typed can become an answer; what cannot is moved from typed to unsaved.
    private async Task<(int Status, string? Said)> WhyNotTypeAsync(List<TypedAnswer> typed, HashSet<string> unsaved)
    {
        var title = typed.Find(t => t.Key == "title");
        var why = WhyNotAnswer is { } closed ? closed.Replace("書いたものは残っています。", "", StringComparison.Ordinal) + "書いたものは下書きに残しました。"
            : IsNew && (title?.Value is null) ? "下書きに残しました。事業名を書くと、事例として保存します。"
            : null;
        if (why is not null)
        {
            unsaved.UnionWith(typed.Select(t => t.Key));
            typed.Clear();
            return (WhyNotAnswer is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, why);
        }
        if (title is not null && await Db.WhyNotNameAsync(Inquiry, Case, Form.Answers.Text("title")) is { } taken)
        {
            if (IsNew)
            {
                unsaved.UnionWith(typed.Select(t => t.Key));
                typed.Clear();
            }
            else
            {
                unsaved.Add(title.Key);
                typed.Remove(title);
            }
            return (StatusCodes.Status422UnprocessableEntity, taken);
        }
        return (StatusCodes.Status200OK, null);
    }

    private string SavedWords(HashSet<string> unsaved) =>
        $"保存しました {Now.ClockInJapan()}" + (unsaved.Count > 0 ? $"（{Labels(unsaved)}は直すところがあるため、下書きに残しました）" : "");

    private string Labels(IEnumerable<string> keys) => string.Concat(Questions.Where(q => keys.Contains(q.Key)).Select(q => $"「{q.LabelJa}」"));

    private string MarkOf(Question question) => Request.Form[MarkField + question.Key].ToString();

    private Dictionary<string, DraftedQuestion> Drafted(IEnumerable<Question> questions) => questions.ToDictionary(
        q => q.Key,
        q => new DraftedQuestion(MarkOf(q), q.Fields.Select(q.PartKey).Append(CaseForm.ReasonField(q)).Where(Request.Form.ContainsKey).ToDictionary(name => name, name => Request.Form[name].Select(value => value ?? "").ToArray(), StringComparer.Ordinal)),
        StringComparer.Ordinal);

    /// <summary>Notes that the form is open, and lays over it what this person typed before and could not save.</summary>
    private async Task OpenFormAsync()
    {
        Form = CaseForm.Of(Case?.Answers ?? Answers.None, Questions);
        if (Case is not null)
        {
            if (Case.HeldVersion < Case.Version)
                await Db.HoldVersionsAsync([Case.Id]);
            await Db.NotePresenceAsync(CaseId, Me, null, Now);
            Others = await Db.OthersInAsync(CaseId, Me, Now);
        }
        if (await Db.DraftAsync(InquiryId, CaseId, Me) is not { } draft)
            return;
        var fields = draft.Questions.Values.SelectMany(q => q.Fields).ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.Ordinal);
        Form = CaseForm.Read(new FormCollection(fields), Form.Answers, Questions, Context);
        Restored = [.. Questions.Where(q => draft.Questions.ContainsKey(q.Key))];
        Contested = [.. Restored.Where(q => Case is not null && draft.Questions[q.Key].Mark != Case.Answers.Mark(q.Key))];
        DraftedAt = draft.At;
    }

    /// <summary>What was saved as a whole leaves no draft behind.</summary>
    private async Task ForgetDraftAsync()
    {
        foreach (var key in new[] { CaseId, Case?.Id ?? CaseId }.Distinct())
        {
            if (await Db.DraftAsync(InquiryId, key, Me) is { } draft)
                Db.CaseDrafts.Remove(draft);
        }
    }

    private string WordsOn(PresentPerson other) =>
        $"{other.Name}さんも開いています" + (Questions.FirstOrDefault(q => q.Key == other.Question) is { } question ? $"（「{question.LabelJa}」を書いています）" : "");
}

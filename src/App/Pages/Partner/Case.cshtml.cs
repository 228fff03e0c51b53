using Kyodo.Cases;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Partner;

/// <summary>The text about the partner, to be confirmed field by field, and what of its evaluation may be public.</summary>
public sealed class CaseModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    // What a case says of its partner, or in its name.
    private static readonly string[] Asked = ["title", "summary", "partners", "roles", "content", "result"];

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public Case Case { get; private set; } = null!;

    public IReadOnlyList<FieldOfUs> Fields { get; private set; } = [];

    public PartnerConfirmation? Confirmation { get; private set; }

    public PartnerConsent? Consent { get; private set; }

    public ConfirmedField? Said(string key) =>
        Request.HasFormContentType && Enum.TryParse<TextVerdict>(Request.Form[$"v-{key}"], out var verdict) ? new(key, verdict, Request.Form[$"words-{key}"].ToString())
        : Confirmation?.Fields.FirstOrDefault(field => field.Key == key);

    public string? WrongIn(string field) => Refusal?.Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostConfirmAsync([FromForm] int version)
    {
        if (!await FindAsync())
            return NotFound();
        RefuseOld(version);
        var said = Fields.Where(field => Enum.TryParse<TextVerdict>(Request.Form[$"v-{field.Key}"], out _)).Select(field => Said(field.Key)!).ToList();
        if (said.Count == 0)
            throw new Common.Refusal("確認する欄を、1つは選んでください。");
        var kept = await Db.PartnerConfirmations.FirstOrDefaultAsync(c => c.CaseId == Id && c.PartnerId == PartnerId);
        if (kept is null)
            Db.Add(kept = new PartnerConfirmation(PartnerId, Id));
        kept.Say(said, Case.Version, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/partner/cases/{Id}#consent", "内容の確認を受け取りました。ありがとうございます。");
    }

    public async Task<IActionResult> OnPostConsentAsync([FromForm] int version, [FromForm] bool scores, [FromForm] bool words, [FromForm] bool silence, [FromForm] bool withdraw)
    {
        if (!await FindAsync())
            return NotFound();
        RefuseOld(version);
        Db.Add(new PartnerConsent(PartnerId, Id, Case.Version, scores && !withdraw, words && !withdraw, silence && !withdraw, AnswerChannel.Web, Me, Now));
        await Db.SaveChangesAsync();
        return DoneAt($"/partner/cases/{Id}#consent", withdraw ? "同意を取り消しました。次に公表する版から外します。" : "公表について、お決めになったことを受け取りました。");
    }

    public override Task LoadAsync() => FindAsync();

    private void RefuseOld(int version)
    {
        if (version != Case.Version)
            throw new Common.Refusal("ご覧になっているあいだに、文が変わりました。新しい文をお確かめのうえ、もう一度送ってください。");
    }

    private async Task<bool> FindAsync()
    {
        if (!await Db.Evaluations.SeenBy(Me).AnyAsync(e => e.CaseId == Id) || await Db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == Id && c.RemovedAt == null) is not { } found)
            return false;
        Case = found;
        var questions = await Db.QuestionsAskedAsync(found.ProgrammeKey, found.Year);
        Fields = [.. Asked.Select(key => questions.FirstOrDefault(q => q.Key == key)).OfType<Questions.Question>().Where(q => q.Visibility is Questions.Visibility.Public && found.Answers[q.Key] is not null)
            .Select(q => new FieldOfUs(q.Key, q.LabelJa, string.Join('\n', q.AnswerType.Show(q, found.Answers[q.Key]!))))];
        Confirmation = await Db.PartnerConfirmations.AsNoTracking().FirstOrDefaultAsync(c => c.CaseId == Id && c.PartnerId == PartnerId);
        Consent = (await Db.ConsentsAsync([Id])).GetValueOrDefault((Id, PartnerId));
        return true;
    }
}

/// <summary>One field of the case as it stands now.</summary>
public sealed record FieldOfUs(string Key, string Label, string Text);

using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Mails;
using Kyodo.Reminders;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Mails;

/// <summary>One kind's text, changed and seen with a real unit's data.</summary>
public sealed class TemplateModel(AppDb db, TimeProvider clock, MailSender sender) : StaffPage(db, clock)
{
    [FromRoute(Name = "kind")]
    public string KindName { get; set; } = "";

    [FromQuery(Name = "round")]
    public long? RoundId { get; set; }

    [BindProperty(Name = "subject")]
    public string? Subject { get; set; }

    [BindProperty(Name = "body")]
    public string? Body { get; set; }

    /// <summary>The version of the text that the form was drawn from; 0 where there was none of its own.</summary>
    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public MailKind Kind => Enum.Parse<MailKind>(KindName);

    public string? RoundTitle { get; private set; }

    /// <summary>Written here, for this round or for all; null where another text stands.</summary>
    public MailTemplate? Own { get; private set; }

    /// <summary>The mail that the typed text would make; null while it cannot be one.</summary>
    public MailText? Preview { get; private set; }

    /// <summary>Whose data the preview shows.</summary>
    public string PreviewOf { get; private set; } = "";

    public string? WhyNotWrite => MailTemplate.WhyNotWrite(Me);

    public string Address => $"/staff/mails/templates/{KindName}{(RoundId is { } round ? $"?round={round}" : "")}";

    public string HandlerAddress(string handler) => $"{Address}{(RoundId is null ? "?" : "&")}handler={handler}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        await LoadAsync();
        return Page();
    }

    /// <summary>Draws the page with what was typed, and saves nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        Typed.Checked(Kind);
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        var template = await OwnAsync();
        if (template is null)
            Db.Add(template = new MailTemplate(Kind, RoundId));
        else
            Expect(template, SeenVersion);
        template.Write(Typed, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, "保存しました。これから用意するメールに使います。");
    }

    public async Task<IActionResult> OnPostDefaultAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        if (await OwnAsync() is { } template)
        {
            template.GiveUp(Me, Now);
            Db.Remove(template);
            await Db.SaveChangesAsync();
        }
        return DoneAt(Address, RoundId is null ? "はじめの文に戻しました。" : "すべての照会の文に戻しました。");
    }

    public override async Task LoadAsync()
    {
        Own = await OwnAsync();
        if (Subject is null && Body is null)
        {
            (Subject, Body) = await Db.MailTemplates.TextOfAsync(Kind, RoundId);
            SeenVersion = Own?.RowVersion ?? 0;
        }
        RoundTitle = await Db.Rounds.Where(r => r.Id == RoundId).Select(r => r.Title).FirstOrDefaultAsync();
        if (Typed.Unknown(Kind).Count == 0)
            await PreviewAsync();
    }

    private MailText Typed => new(Subject ?? "", Body ?? "");

    private async Task<bool> ExistsAsync() =>
        Enum.TryParse<MailKind>(KindName, out var kind) && kind.ToString() == KindName
        && (RoundId is null || (MailKinds.IsOfRound(kind) && await Db.Rounds.AnyAsync(r => r.Id == RoundId)));

    private Task<MailTemplate?> OwnAsync()
    {
        var key = MailTemplate.KeyOf(Kind, RoundId);
        return Db.MailTemplates.FirstOrDefaultAsync(t => t.Key == key);
    }

    private async Task PreviewAsync()
    {
        var (words, page) = Kind switch
        {
            MailKind.Digest => (await DigestWordsAsync(), "/staff/rounds"),
            MailKind.ReleaseDone or MailKind.ReleaseRefused => (ExampleWords(), "/staff/editions"),
            _ when !MailKinds.IsOfRound(Kind) => (ExampleWords(), "/staff/casebook"),
            _ => await InquiryWordsAsync(),
        };
        if (words.Count == 0)
            return;
        var filled = Typed.Fill(words);
        Preview = filled with { Body = MailText.WithLink(filled.Body, sender.Settings?.PublicUrl is { } url ? url + page : null) };
    }

    private async Task<Dictionary<string, string>> DigestWordsAsync()
    {
        PreviewOf = "いまの照会";
        return new(StringComparer.Ordinal) { ["日付"] = PartialDate.Of(Today).Japanese, ["まとめ"] = await Db.DigestAsync(Now) };
    }

    // Of no round: each placeholder says what will stand there.
    private Dictionary<string, string> ExampleWords()
    {
        PreviewOf = "例";
        return MailKinds.PlaceholdersOf(Kind).Where(word => word.Key != MailText.Link).ToDictionary(word => word.Key, word => word.Key is "件数" or "版" ? "1" : $"（{word.Value}）", StringComparer.Ordinal);
    }

    // A unit of the round, or of the newest one; what only the moment of sending knows has an example.
    private async Task<(Dictionary<string, string> Words, string Page)> InquiryWordsAsync()
    {
        var inquiry = await Db.Inquiries.AsNoTracking().WithRound()
            .Where(i => RoundId == null || i.RoundId == RoundId)
            .OrderByDescending(i => i.RoundId).ThenBy(i => i.Unit.Order)
            .FirstOrDefaultAsync();
        if (inquiry is null)
            return ([], "");
        PreviewOf = inquiry.Unit.Name;
        var words = inquiry.MailWords(Today);
        (words["本文"], words["理由"], words["提出者"], words["回答"]) = (inquiry.Round.Letter.Body, "（ここに理由が入ります）", "（提出した人）", "事例3件");
        (words["上位"], words["移送元"], words["質問"], words["答え"]) = ("（上の組織）", "（移送した組織）", "（質問の文）", "（答えの文）");
        return (words, inquiry.PlaceOfMails().Page!);
    }
}

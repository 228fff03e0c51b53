using Kyodo.Common;
using Kyodo.Mails;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Mails;

/// <summary>The texts of all mails: for all rounds, or, with <c>?round=</c>, for one.</summary>
public sealed class TemplatesModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public sealed record Listed(MailKind Kind, string Subject, string Whose);

    [FromQuery(Name = "round")]
    public long? RoundId { get; set; }

    public string? RoundTitle { get; private set; }

    public IReadOnlyList<Listed> Texts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return RoundId is null || RoundTitle is not null ? Page() : NotFound();
    }

    public override async Task LoadAsync()
    {
        RoundTitle = await Db.Rounds.Where(r => r.Id == RoundId).Select(r => r.Title).FirstOrDefaultAsync();
        var written = await Db.MailTemplates.AsNoTracking().Where(t => t.RoundId == null || t.RoundId == RoundId).ToDictionaryAsync(t => t.Key);
        Texts = [.. Enum.GetValues<MailKind>().Where(kind => RoundId is null || MailKinds.IsOfRound(kind)).Select(Text)];

        Listed Text(MailKind kind) =>
            RoundId is not null && written.TryGetValue(MailTemplate.KeyOf(kind, RoundId), out var own) ? new(kind, own.Subject, "この照会の文")
            : written.TryGetValue(MailTemplate.KeyOf(kind, null), out var all) ? new(kind, all.Subject, "すべての照会の文")
            : new(kind, MailKinds.DefaultOf(kind).Subject, "はじめの文");
    }
}

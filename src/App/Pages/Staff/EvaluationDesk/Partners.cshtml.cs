using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>Who may come in by the partners' door: invitations, when somebody entered, and how to close it.</summary>
public sealed class PartnersModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<PartnerRow> Rows { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostInviteAsync([FromForm] string? partner, [FromForm] string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
            throw new Refusal("メールアドレスを書いてください。");
        var invitation = await Db.InviteAsync(partner ?? "", email, Me, Now);
        return DoneAt("/staff/evaluation/partners", $"{invitation.Partner.Name}への招待を、送信の列に入れました。");
    }

    public async Task<IActionResult> OnPostRevokeAsync([FromForm] long invitation)
    {
        if (await Db.PartnerInvitations.Include(i => i.Partner).FirstOrDefaultAsync(i => i.Id == invitation) is not { } found)
            return NotFound();
        found.Revoke(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/evaluation/partners", $"{found.Partner.Name}の招待を取り消しました。");
    }

    public async Task<IActionResult> OnPostMergeAsync([FromForm] string? from, [FromForm] string? into)
    {
        var key = TextForms.OrganisationKey(into);
        var named = await Db.Partners.Where(p => p.NameKey == key && p.MergedIntoId == null && p.Id != from).Select(p => p.Id).ToListAsync();
        if (named.Count != 1)
            throw new Refusal(named.Count == 0 ? $"「{into}」という相手方は登録されていません。" : $"「{into}」という相手方が{named.Count}件あります。先に名前で区別できるようにしてください。");
        await Db.MergePartnersAsync(from ?? "", named[0], Me, Now);
        return DoneAt("/staff/evaluation/partners", "相手方を統合しました。");
    }

    public override async Task LoadAsync()
    {
        var sides = (await Db.EvaluationSides.Where(s => s.PartnerId != null && s.Status != SideStatus.Merged).GroupBy(s => new { s.PartnerId, s.Status }).Select(g => new { g.Key.PartnerId, g.Key.Status, Count = g.Count() }).ToListAsync()).ToLookup(s => s.PartnerId!);
        var ids = sides.Select(g => g.Key).ToList();
        var partners = await Db.Partners.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync();
        var invitations = (await Db.PartnerInvitations.AsNoTracking().Where(i => ids.Contains(i.PartnerId)).ToListAsync()).ToLookup(i => i.PartnerId);
        var alive = Now - PartnerSession.Idle;
        var sessions = (await Db.PartnerSessions.Where(s => s.SeenAt > alive).GroupBy(s => s.InvitationId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync()).ToDictionary(s => s.Key, s => s.Count);
        Rows = [.. partners.Select(partner =>
        {
            var invitation = invitations[partner.Id].OrderBy(i => i.RevokedAt is null ? 1 : 0).ThenBy(i => i.InvitedAt).LastOrDefault();
            return new PartnerRow(partner, sides[partner.Id].Sum(s => s.Count), sides[partner.Id].Where(s => s.Status is SideStatus.Submitted).Sum(s => s.Count), invitation,
                invitation is { RevokedAt: null } ? sessions.GetValueOrDefault(invitation.Id) : 0);
        })];
    }
}

/// <summary>A partner with its newest invitation.</summary>
public sealed record PartnerRow(Kyodo.Partners.Partner Partner, int Evaluations, int Answered, PartnerInvitation? Invitation, int Sessions);

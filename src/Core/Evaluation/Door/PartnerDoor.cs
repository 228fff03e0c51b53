using Kyodo.Common;
using Kyodo.Partners;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation.Door;

/// <summary>What came of trying to enter.</summary>
public enum Entering
{
    Done,

    /// <summary>Used, expired, or its invitation was taken back.</summary>
    Gone,

    /// <summary>Opened in another browser than the one that asked for it; it can still be used there.</summary>
    OtherBrowser,

    WrongCode,
}

/// <summary>The partner's door: invitation → one-time link and code → session. No account, no password.</summary>
public static class PartnerDoor
{
    extension(AppDb db)
    {
        public DbSet<PartnerInvitation> PartnerInvitations => db.Set<PartnerInvitation>();

        public DbSet<PartnerLink> PartnerLinks => db.Set<PartnerLink>();

        public DbSet<PartnerSession> PartnerSessions => db.Set<PartnerSession>();
    }

    public static string NewBrowserSecret() => PartnerLink.NewSecret();

    /// <summary>Those who act for a partner: they have no account, and no role.</summary>
    public static Actor ActorFor(string partnerId, string name) => new(null, TextForms.UpTo(60, name), []) { PartnerId = partnerId };

    public static Task<PartnerInvitation?> InvitationAsync(this AppDb db, string token, CancellationToken stop = default) =>
        db.PartnerInvitations.Include(i => i.Partner).FirstOrDefaultAsync(i => i.Token == token, stop);

    /// <summary>Mails a fresh one-time link and code to the invitation's own address, for the browser that asks.</summary>
    public static async Task AskForLinkAsync(this AppDb db, PartnerInvitation invitation, string browser, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var hourAgo = now - TimeSpan.FromHours(1);
        if (await db.PartnerLinks.CountAsync(l => l.InvitationId == invitation.Id && l.AskedAt > hourAgo, stop) >= PartnerInvitation.MostLinksAnHour)
            throw new Refusal("メールを何度もお送りしたため、いまは送れません。1時間ほどたってから、もう一度お試しください。届いたメールの番号は、送ってから10分のあいだ使えます。");
        db.Add(new PartnerLink(invitation, browser, now));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Uses up a link: however many try at once, one of them enters. The session's key, where that was this one.</summary>
    public static Task<(Entering Outcome, string? Key)> EnterByLinkAsync(this AppDb db, string token, string? browser, DateTimeOffset now, CancellationToken stop = default) =>
        EnterAsync(db, links => links.Where(l => l.TokenHash == PartnerLink.Hash(token)), null, browser, now, stop);

    /// <summary>The same by the code, typed in the browser that asked: for those who read their mail on another machine.</summary>
    public static Task<(Entering Outcome, string? Key)> EnterByCodeAsync(this AppDb db, string code, string? browser, DateTimeOffset now, CancellationToken stop = default) =>
        browser is null
            ? Task.FromResult<(Entering, string?)>((Entering.OtherBrowser, null))
            : EnterAsync(db, links => links.Where(l => l.BrowserHash == PartnerLink.Hash(browser)), TextForms.Key(code).Replace("-", "", StringComparison.Ordinal), browser, now, stop);

    private static async Task<(Entering, string?)> EnterAsync(AppDb db, Func<IQueryable<PartnerLink>, IQueryable<PartnerLink>> which, string? code, string? browser, DateTimeOffset now, CancellationToken stop)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var found = await which(db.PartnerLinks.Include(l => l.Invitation).ThenInclude(i => i.Partner)).ToListAsync(stop);
        var usable = found.Where(l => l.IsUsable(now)).ToList();
        if (usable.Count == 0)
            return (Entering.Gone, null);
        if (browser is null || usable.TrueForAll(l => l.BrowserHash != PartnerLink.Hash(browser)))
            return (Entering.OtherBrowser, null);
        var link = code is null ? usable[0] : usable.Find(l => l.CodeHash == PartnerLink.Hash($"{browser}:{code}"));
        if (link is null)
        {
            foreach (var tried in usable)
                tried.WrongCodes++;
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return (Entering.WrongCode, null);
        }
        link.Use(now);
        var key = PartnerLink.NewSecret();
        db.Add(new PartnerSession(PartnerLink.Hash(key), link.InvitationId, now));
        link.Invitation.NoteEntering(ActorFor(link.Invitation.PartnerId, link.Invitation.Partner.Name), now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return (Entering.Done, key);
    }

    public static Task EndSessionAsync(this AppDb db, string key, CancellationToken stop = default)
    {
        var hash = PartnerLink.Hash(key);
        return db.PartnerSessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync(stop);
    }

    /// <summary>The key as its row names it.</summary>
    public static string HashOf(string key) => PartnerLink.Hash(key);

    /// <summary>Invites those whose address is known; whoever has an invitation already is told by the same one. How many.</summary>
    internal static async Task<int> InviteAllAsync(
        this AppDb db, EvaluationCall call, IReadOnlyList<Partner> partners, IReadOnlyList<CaseEvaluation> evaluations, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var ids = partners.Select(p => p.Id).ToList();
        var standing = (await db.PartnerInvitations.Where(i => ids.Contains(i.PartnerId) && i.RevokedAt == null && i.ExpiresAt > now).ToListAsync(stop)).ToLookup(i => (i.PartnerId, i.Email));
        var titles = evaluations.SelectMany(e => e.Partners.Select(side => (side.PartnerId, e.CaseTitle, Unit: e.Unit.Name))).ToLookup(pair => pair.PartnerId);
        foreach (var partner in partners)
        {
            var invitation = standing[(partner.Id, partner.Email!)].MaxBy(i => i.InvitedAt);
            if (invitation is null)
                db.Add(invitation = new PartnerInvitation(partner, partner.Email!, now));
            invitation.Invite(Words(partner, call, titles[partner.Id].Select(t => (t.CaseTitle, t.Unit))), $"{call.AuditName}/{titles[partner.Id].Count()}/{now:yyyyMMddHHmm}", by, now);
        }
        return partners.Count;
    }

    /// <summary>Notes a partner's address and invites it to the evaluations that wait for it: the partnership division, or a unit for its own partners.</summary>
    public static async Task<PartnerInvitation> InviteAsync(this AppDb db, string partnerId, string? email, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var partner = await db.Partners.FirstOrDefaultAsync(p => p.Id == partnerId, stop) ?? throw new Refusal("その相手方は登録されていません。");
        var evaluations = await db.Evaluations.WithSides().Where(e => e.Sides.Any(s => s.PartnerId == partnerId && s.Status != SideStatus.Merged)).OrderByDescending(e => e.Call.Year).ToListAsync(stop);
        if (!by.Is(Role.Coordinator) && !evaluations.Exists(e => e.Government.IsOf(by)))
            throw new Refusal("招待できるのは、協働の担当課と、その団体と事業をした組織です。");
        partner.Reach(email, by, now);
        foreach (var old in await db.PartnerInvitations.Where(i => i.PartnerId == partnerId && i.RevokedAt == null && i.Email != partner.Email).ToListAsync(stop))
            old.Revoke(Actor.Program with { Duties = [new Duty(Role.Coordinator, 0)] }, now);
        var waiting = evaluations.Where(e => e.Status is EvaluationStatus.Answering).ToList();
        var call = (waiting.FirstOrDefault() ?? evaluations.FirstOrDefault() ?? throw new Refusal("この団体に答えてもらう評価がありません。")).Call;
        await db.InviteAllAsync(call, [partner], waiting.Count > 0 ? waiting : [.. evaluations.Take(1)], by, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return await db.PartnerInvitations.Where(i => i.PartnerId == partnerId && i.RevokedAt == null).OrderByDescending(i => i.InvitedAt).FirstAsync(stop);
    }

    /// <summary>Reminds every partner of a call that has not answered and has an invitation that stands; how many.</summary>
    public static async Task<int> RemindPartnersAsync(this AppDb db, long callId, Actor by, DateTimeOffset now, string? onlyPartner = null, CancellationToken stop = default)
    {
        Refusal.If(EvaluationCall.WhyNotOpen(by));
        var call = await db.EvaluationCalls.FirstAsync(c => c.Id == callId, stop);
        if (call.IsOver(now))
            throw new Refusal("期限を過ぎたため、お願いは送れません。");
        var silent = await db.EvaluationSides.Where(s => s.Evaluation.CallId == callId && s.Kind == SideKind.Partner && (s.Status == SideStatus.NotStarted || s.Status == SideStatus.Answering))
            .Where(s => onlyPartner == null || s.PartnerId == onlyPartner)
            .Select(s => new { s.PartnerId, s.Evaluation.CaseTitle, Unit = s.Evaluation.Unit.Name }).ToListAsync(stop);
        var ids = silent.Select(s => s.PartnerId).Distinct().ToList();
        var invitations = await db.PartnerInvitations.Include(i => i.Partner).Where(i => ids.Contains(i.PartnerId) && i.RevokedAt == null && i.ExpiresAt > now).ToListAsync(stop);
        foreach (var invitation in invitations)
            invitation.Remind(Words(invitation.Partner, call, silent.Where(s => s.PartnerId == invitation.PartnerId).Select(s => (s.CaseTitle, s.Unit))), by, now);
        await db.SaveChangesAsync(stop);
        return invitations.Count;
    }

    /// <summary>Reminds the units whose own answers are missing; how many.</summary>
    public static async Task<int> RemindUnitsAsync(this AppDb db, long callId, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(EvaluationCall.WhyNotOpen(by));
        var call = await db.EvaluationCalls.FirstAsync(c => c.Id == callId, stop);
        if (call.IsOver(now))
            throw new Refusal("期限を過ぎたため、お願いは送れません。");
        var silent = await db.EvaluationSides.Where(s => s.Evaluation.CallId == callId && s.Kind == SideKind.Government && (s.Status == SideStatus.NotStarted || s.Status == SideStatus.Answering))
            .Select(s => new { s.Evaluation.UnitId, s.Evaluation.CaseTitle, Unit = s.Evaluation.Unit.Name }).ToListAsync(stop);
        var addresses = await Kyodo.Organizations.OrganizationQueries.MailAddressesAsync(db, Role.Respondent, silent.Select(s => s.UnitId).Distinct(), now.DayInJapan(), stop);
        foreach (var unit in silent.GroupBy(s => s.UnitId))
            call.RemindUnit(addresses[unit.Key].Distinct(StringComparer.OrdinalIgnoreCase), unit.First().Unit, [.. unit.Select(s => s.CaseTitle)], unit.Key, by, now);
        await db.SaveChangesAsync(stop);
        return silent.Select(s => s.UnitId).Distinct().Count();
    }

    private static Dictionary<string, string> Words(Partner partner, EvaluationCall call, IEnumerable<(string Title, string Unit)> projects) => new(StringComparer.Ordinal)
    {
        ["団体"] = partner.Name,
        ["年度"] = call.Year.Japanese,
        ["期限"] = PartialDate.Of(call.Due).Japanese,
        ["事業"] = string.Join('\n', projects.Take(20).Select(p => $"・{p.Title}（{p.Unit}）")),
    };
}

using Kyodo.Common;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation.Door;

/// <summary>統合 and its undoing: what hangs on a partner goes along, is written down, and goes back.</summary>
public static class PartnerMerging
{
    private const string Side = "side", Invitation = "invitation", Consent = "consent", Confirmation = "confirmation";

    /// <summary>統合: two entries of the register are one partner. Its evaluations, invitations and consents go along; nothing that was answered is lost.</summary>
    public static async Task<PartnerMerge> MergePartnersAsync(this AppDb db, string fromId, string intoId, Actor by, DateTimeOffset now, string? reason = null, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var (from, into) = (await FindAsync(db, fromId, stop), await FindAsync(db, intoId, stop));
        var merge = from.MergeInto(into, reason, by, now);
        db.Add(merge);
        var moved = new List<MovedRecord>();
        foreach (var evaluation in await db.Evaluations.WithSides().Where(e => e.Sides.Any(s => s.PartnerId == fromId && s.Status != SideStatus.Merged)).ToListAsync(stop))
        {
            var (own, other) = (evaluation.Sides.Find(s => s.PartnerId == intoId && s.Status is not SideStatus.Merged), evaluation.Sides.Find(s => s.PartnerId == fromId && s.Status is not SideStatus.Merged)!);
            // Of two sides the one that says more stays.
            if (own is { Status: SideStatus.NotStarted or SideStatus.Silent } && other.Status is SideStatus.Answering or SideStatus.Submitted)
            {
                Follow(own!, hasOwnSide: true);
                own = null;
            }
            Follow(other, own is not null);
            // The one who was waited for may have been the same partner all along.
            if (evaluation.WhyNotOpen(now) is null)
                evaluation.Open(now, []);
        }
        foreach (var invitation in await db.PartnerInvitations.Where(i => i.PartnerId == fromId).ToListAsync(stop))
        {
            moved.Add(new MovedRecord(Invitation, Key(invitation.Id)));
            invitation.Follow(into);
        }
        foreach (var consent in await db.PartnerConsents.Where(c => c.PartnerId == fromId).ToListAsync(stop))
        {
            moved.Add(new MovedRecord(Consent, Key(consent.Id)));
            consent.Follow(intoId);
        }
        // Where both have confirmed one text, each keeps its own word.
        foreach (var confirmation in await db.PartnerConfirmations.Where(c => c.PartnerId == fromId && !db.Set<PartnerConfirmation>().Any(o => o.PartnerId == intoId && o.CaseId == c.CaseId)).ToListAsync(stop))
        {
            moved.Add(new MovedRecord(Confirmation, Key(confirmation.Id)));
            confirmation.Follow(intoId);
        }
        merge.NoteMoved(moved);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return merge;

        void Follow(EvaluationSide side, bool hasOwnSide)
        {
            moved.Add(new MovedRecord(Side, side.Id, side.Name, hasOwnSide ? side.Status.ToString() : null));
            side.Follow(intoId, into.Name, hasOwnSide, by, now);
        }
    }

    /// <summary>
    /// The undoing of a merge: what came along goes back as it was, with what has been answered since. Answers and editions name partners by name,
    /// so that their cases go back with the next revision.
    /// </summary>
    public static async Task<PartnerMerge?> SplitPartnersAsync(this AppDb db, long mergeId, string? reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.PartnerMerges.FirstOrDefaultAsync(m => m.Id == mergeId, stop) is not { } merge)
            return null;
        var (from, into) = (await FindAsync(db, merge.FromId, stop), await FindAsync(db, merge.IntoId, stop));
        from.SplitFrom(into, merge, reason ?? "", by, now);
        var moved = merge.Moved.ToLookup(one => one.Kind, StringComparer.Ordinal);
        var sides = moved[Side].ToDictionary(one => one.Key, StringComparer.Ordinal);
        var ids = sides.Select(one => one.Key).ToList();
        foreach (var evaluation in await db.Evaluations.WithSides().Where(e => e.Sides.Any(s => ids.Contains(s.Id))).ToListAsync(stop))
        {
            foreach (var side in evaluation.Sides.Where(s => sides.ContainsKey(s.Id)))
            {
                var (name, before) = (sides[side.Id].Name!, sides[side.Id].Status);
                // One that only remained as a record counts again, under whichever of the two it was.
                side.ComeBack(before is null ? from.Id : side.PartnerId!, name, before is null ? null : Enum.Parse<SideStatus>(before), by, now);
            }
        }
        var (invitations, consents, confirmations) = (Numbers(moved[Invitation]), Numbers(moved[Consent]), Numbers(moved[Confirmation]));
        foreach (var invitation in await db.PartnerInvitations.Where(i => invitations.Contains(i.Id)).ToListAsync(stop))
            invitation.Follow(from);
        foreach (var consent in await db.PartnerConsents.Where(c => consents.Contains(c.Id)).ToListAsync(stop))
            consent.Follow(from.Id);
        foreach (var confirmation in await db.PartnerConfirmations.Where(c => confirmations.Contains(c.Id)).ToListAsync(stop))
            confirmation.Follow(from.Id);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return merge;
    }

    private static async Task<Partner> FindAsync(AppDb db, string id, CancellationToken stop) => await db.Partners.FirstOrDefaultAsync(p => p.Id == id, stop) ?? throw new Refusal("その相手方は登録されていません。");

    private static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static List<long> Numbers(IEnumerable<MovedRecord> moved) => [.. moved.Select(one => long.Parse(one.Key, System.Globalization.CultureInfo.InvariantCulture))];
}

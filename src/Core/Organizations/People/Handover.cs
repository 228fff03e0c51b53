using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>One person's duties to a successor, from a day on.</summary>
/// <param name="Appointments">Which; null for all that are held on that day or later.</param>
public sealed record Handover(Person From, Person To, DateOnly Day, IReadOnlyCollection<long>? Appointments = null)
{
    /// <summary>What would go over.</summary>
    public IReadOnlyList<Appointment> Chosen =>
        [.. From.Appointments.Where(a => a.ActsFor is null && a.Period.Since(Day) is not null && Appointments?.Contains(a.Id) is not false)];
}

/// <summary>
/// 引き継ぎ. The first's days end the day before and the successor's begin; what is open in a unit belongs to the unit and stays there. Several
/// at once are worked out from what stood before any of them, so that A → B and B → C on one day hand nobody on twice.
/// </summary>
public static class HandingOver
{
    public static string? WhyNot(Handover handover, Actor by) =>
        PeopleRules.WhyNotGive(handover.To, by)
        ?? (handover.From.Id == handover.To.Id ? "前任者と後任者が同じ人です。"
            : handover.Chosen.Count == 0 ? $"{handover.From.Name}さんには、{PartialDate.Of(handover.Day).Japanese}から引き継ぐ役割がありません。"
            : handover.Chosen.Select(a => PeopleRules.WhyNotStands(a.Unit, a.From is { } from && from > handover.Day ? from : handover.Day)).FirstOrDefault(why => why is not null));

    public static Task HandOverAsync(this AppDb db, long fromId, long toId, IReadOnlyCollection<long>? appointments, DateOnly day, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () => await db.HandOverAsync([new Handover(await db.KnownAsync(fromId, stop), await db.KnownAsync(toId, stop), day, appointments)], by, now, stop), stop);

    internal static async Task HandOverAsync(this AppDb db, IReadOnlyList<Handover> all, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var one in all)
            Refusal.If(WhyNot(one, by));
        var pieces = all.SelectMany(one => one.Chosen.Select(a => (Handover: one, Appointment: a, a.Words, Days: a.Period.Since(one.Day)!.Value))).ToList();
        if (pieces.GroupBy(piece => piece.Appointment).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new Refusal($"{twice.First().Handover.From.Name}さんの{twice.First().Words}が、二度引き継がれることになっています。");
        foreach (var one in all)
        {
            var stoodIn = one.Appointments is null ? one.From.Appointments.Where(a => a.ActsFor is not null && a.Period.Since(one.Day) is not null).ToList() : [];
            foreach (var ended in one.Chosen.Concat(stoodIn).ToList())
                await db.CutAsync(ended, one.Day, stop);
        }
        foreach (var (handover, appointment, words, days) in pieces)
        {
            IEnumerable<Period> left = [days];
            foreach (var held in handover.To.Appointments.Where(a => a.ActsFor is null && a.UnitId == appointment.UnitId && a.Role == appointment.Role && db.Entry(a).State is not EntityState.Deleted).ToList())
                left = left.SelectMany(period => period.Minus(held.Period));
            foreach (var period in left.ToList())
                handover.To.Appoint(appointment.Unit, appointment.Role, period);
            handover.From.Note(by, now, "handed-over", $"{words}を{handover.To.Name}へ（{days.Japanese}）");
            handover.To.Note(by, now, "taken-over", $"{words}を{handover.From.Name}から（{days.Japanese}）");
        }
    }
}

using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Training;

/// <summary>One workplace (a unit with people): how many work there today, and how many of them took part in a session of the fiscal year.</summary>
/// <param name="Upper">The unit above; null at the top.</param>
public sealed record WorkplaceCoverage(long UnitId, string Code, string Name, string? Upper, OrgUnitKind Kind, int People, int Attended)
{
    public bool IsReached => Attended > 0;
}

/// <summary>A registration as the list of a session shows it.</summary>
public sealed record RegistrationLine(string Number, string Name, string? Unit, RegistrationStatus Status, DateTimeOffset RegisteredAt);

public static class TrainingQueries
{
    /// <summary>受講の広がり: every workplace that stands in the year and has people, in the printed order. Somebody who took part twice counts once.</summary>
    public static async Task<IReadOnlyList<WorkplaceCoverage>> TrainingCoverageAsync(this AppDb db, FiscalYear year, DateOnly today, CancellationToken stop = default)
    {
        var (from, until) = (JapanTime.At(year.First, 0), JapanTime.At(year.Last.AddDays(1), 0));
        var units = await db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).Select(u => new { u.Id, u.Code, u.Name, Upper = u.Parent!.Name, u.Kind, u.FirstYear, u.LastYear }).ToListAsync(stop);
        var people = await db.Appointments.Where(a => (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today) && a.ActsFor == null)
            .GroupBy(a => a.UnitId).Select(g => new { g.Key, Count = g.Select(a => a.PersonId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var attended = await db.TrainingRegistrations.Where(r => r.Status == RegistrationStatus.Attended && r.UnitId != null && r.Session.StartsAt >= from && r.Session.StartsAt < until)
            .GroupBy(r => r.UnitId!.Value).Select(g => new { g.Key, Count = g.Select(r => r.PersonId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        return [.. units.Where(u => !(year < u.FirstYear) && !(year > u.LastYear) && (people.ContainsKey(u.Id) || attended.ContainsKey(u.Id)))
            .Select(u => new WorkplaceCoverage(u.Id, u.Code, u.Name, u.Upper, u.Kind, people.GetValueOrDefault(u.Id), attended.GetValueOrDefault(u.Id)))];
    }

    /// <summary>Those who come, then those who wait, then the rest; each in the order of registering.</summary>
    public static async Task<IReadOnlyList<RegistrationLine>> RegistrationLinesAsync(this AppDb db, string sessionId, CancellationToken stop = default)
    {
        var lines = await (from r in db.TrainingRegistrations
                           join u in db.OrgUnits on r.UnitId equals (long?)u.Id into units
                           from unit in units.DefaultIfEmpty()
                           where r.SessionId == sessionId
                           orderby r.Id
                           select new RegistrationLine(r.Number, r.Name, unit == null ? null : unit.Name, r.Status, r.RegisteredAt)).ToListAsync(stop);
        return [.. lines.OrderBy(line => line.Status is RegistrationStatus.Cancelled ? 2 : line.Status is RegistrationStatus.Waiting ? 1 : 0)];
    }

    /// <summary>Why there is no certificate for it; null when there is.</summary>
    public static string? WhyNotCertificate(TrainingRegistration registration, Actor by) =>
        by.PersonId != registration.PersonId && TrainingSession.WhyNotPlan(by) is not null ? "修了証を開けるのは、本人と研修担当だけです。"
        : registration.Status is RegistrationStatus.Absent ? $"{registration.Name}さんは「{registration.Session.Title}」を欠席したため、修了証はありません。"
        : registration.Status is not RegistrationStatus.Attended ? "修了証は、研修に出席し、出席が付いたあとで開けます。"
        : null;
}

using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Approval;

public static class ApprovalQueries
{
    extension(AppDb db)
    {
        public DbSet<ApprovalRequest> ApprovalRequests => db.Set<ApprovalRequest>();
    }

    public static IQueryable<ApprovalRequest> WithInquiry(this IQueryable<ApprovalRequest> requests) => requests
        .Include(a => a.Inquiry).ThenInclude(i => i.Unit)
        .Include(a => a.Inquiry).ThenInclude(i => i.Parent).ThenInclude(upper => upper!.Unit)
        .Include(a => a.Inquiry).ThenInclude(i => i.Round).ThenInclude(r => r.Questionnaire)
        .Include(a => a.Inquiry).ThenInclude(i => i.Round).ThenInclude(r => r.Programme).ThenInclude(p => p.Forms)
        .Include(a => a.Decisions.OrderBy(d => d.Id));

    /// <summary>The approvals that the person may see: those of the units where they approve or answer, and those whose route names them.</summary>
    public static IQueryable<ApprovalRequest> SeenBy(this IQueryable<ApprovalRequest> requests, Actor by)
    {
        if (by.SeesAllUnits)
            return requests;
        var units = by.Duties.Where(d => d.Role is Role.Approver or Role.Respondent).Select(d => d.UnitId).ToList();
        var approves = by.Duties.Where(d => d.Role is Role.Approver).Select(d => (long?)d.UnitId).ToList();
        return requests.Where(a => units.Contains(a.Inquiry.UnitId) || a.Seats.Any(s => (s.PersonId != null && s.PersonId == by.PersonId) || approves.Contains(s.UnitId)));
    }

    /// <summary>Those in which somebody decided ahead of, or for, a person who has not looked at it since (後閲).</summary>
    public static IQueryable<ApprovalRequest> AwaitingReview(this IQueryable<ApprovalRequest> requests) =>
        requests.Where(a => a.Decisions.Any(d => (d.Kind == DecisionKind.Substituted || d.Kind == DecisionKind.Escalated) && d.ReviewedAt == null));

    /// <summary>The newest request of each inquiry of a round.</summary>
    public static async Task<Dictionary<long, ApprovalRequest>> NewestByInquiryAsync(this AppDb db, IEnumerable<long> inquiryIds, CancellationToken stop = default)
    {
        var ids = inquiryIds.ToList();
        var requests = await db.ApprovalRequests.AsNoTracking().Where(a => ids.Contains(a.InquiryId)).OrderBy(a => a.Id).ToListAsync(stop);
        return requests.GroupBy(a => a.InquiryId).ToDictionary(g => g.Key, g => g.Last());
    }
}

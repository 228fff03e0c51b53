using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;

namespace Kyodo.Reminders;

/// <summary>For whom inquiries wait: mail addresses, by what each inquiry waits for.</summary>
public sealed class ThoseAwaited
{
    private readonly ILookup<long, string> _respondents;
    private readonly ILookup<long, string> _approvers;

    internal ThoseAwaited(ILookup<long, string> respondents, ILookup<long, string> approvers) => (_respondents, _approvers) = (respondents, approvers);

    /// <summary>The unit's respondents; its approvers where its reply waits for them; the respondents of the unit whose turn it is to check.</summary>
    public IEnumerable<string> Of(Inquiry inquiry) => inquiry.Status switch
    {
        InquiryStatus.AwaitingCheck => _respondents[inquiry.Checker!.UnitId],
        InquiryStatus.AwaitingApproval when _approvers[inquiry.UnitId].Any() => _approvers[inquiry.UnitId],
        _ => _respondents[inquiry.UnitId],
    };

    /// <summary>The approvers of the unit and of the one above it, or of the unit that checks; and of the one that relayed it.</summary>
    public IEnumerable<string> Above(Inquiry inquiry) => SuperiorUnitIdsOf(inquiry).SelectMany(unit => _approvers[unit]).Distinct(StringComparer.OrdinalIgnoreCase);

    internal static IEnumerable<long> SuperiorUnitIdsOf(Inquiry inquiry) => new[]
    {
        inquiry.Status is InquiryStatus.AwaitingCheck ? inquiry.Checker!.UnitId : inquiry.UnitId,
        inquiry.Status is InquiryStatus.AwaitingCheck ? null : inquiry.Unit.ParentId,
        inquiry.UpperUnitIds?[0],
    }.OfType<long>().Distinct();
}

public static class ThoseAwaitedQueries
{
    /// <summary>The inquiries must be read with their units and checkers.</summary>
    public static async Task<ThoseAwaited> ThoseAwaitedAsync(this AppDb db, IReadOnlyList<Inquiry> inquiries, DateOnly today, CancellationToken stop = default)
    {
        var answering = inquiries.Select(i => i.UnitId).Concat(inquiries.Select(i => i.Checker?.UnitId).OfType<long>()).Distinct().ToList();
        var superior = inquiries.SelectMany(ThoseAwaited.SuperiorUnitIdsOf).Concat(inquiries.Select(i => i.UnitId)).Distinct().ToList();
        return new ThoseAwaited(await db.MailAddressesAsync(Role.Respondent, answering, today, stop), await db.MailAddressesAsync(Role.Approver, superior, today, stop));
    }
}

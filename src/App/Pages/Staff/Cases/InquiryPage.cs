using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>A page under one inquiry. Somebody else's inquiry is not there.</summary>
public abstract class InquiryPage(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "inquiryId")]
    public long InquiryId { get; set; }

    public Inquiry Inquiry { get; private set; } = null!;

    public Round Round => Inquiry.Round;

    public IReadOnlyList<Question> Questions => Round.Questionnaire.Questions;

    public ReadingContext Context { get; private set; } = null!;

    public string Address => $"/staff/cases/{InquiryId}";

    public string? WhyNotAnswer => Inquiry.WhyNotAnswer(Me, Now);

    /// <summary>The inquiry with what the page's verbs look at.</summary>
    protected virtual IQueryable<Inquiry> WithItsRound => Db.Inquiries.WithRound();

    protected async Task<bool> FindInquiryAsync()
    {
        if (await WithItsRound.SeenBy(Me).FirstOrDefaultAsync(i => i.Id == InquiryId) is not { } found)
            return false;
        Inquiry = found;
        Context = Round.ReadingContext(await Db.MunicipalityNamesAsync(Round.Year));
        return true;
    }

    protected static IEnumerable<long> NextChecking(params IEnumerable<Inquiry> inquiries) => inquiries.Select(one => one.NextCheckingUnitId).OfType<long>().Distinct();

    protected Task<List<Case>> CasesAsync() => Db.Cases.Include(c => c.Project).InReplyTo(Inquiry).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync();

    protected Task<ApprovalRequest?> NewestRequestAsync() =>
        Db.ApprovalRequests.WithInquiry().Where(a => a.InquiryId == InquiryId).OrderByDescending(a => a.Id).FirstOrDefaultAsync();
}

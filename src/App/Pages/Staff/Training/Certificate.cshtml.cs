using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Kyodo.Training;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Training;

/// <summary>修了証: a sheet of A4 for somebody who took part; for somebody absent, a sentence.</summary>
public sealed class CertificateModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "number")]
    public string Number { get; set; } = "";

    public TrainingRegistration Registration { get; private set; } = null!;

    public string? Unit { get; private set; }

    public string Home { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await Db.TrainingRegistrations.AsNoTracking().Include(r => r.Session).FirstOrDefaultAsync(r => r.Number == Number, stop) is not { } registration
            || (registration.PersonId != Me.PersonId && TrainingSession.WhyNotPlan(Me) is not null))
            return NotFound();
        Registration = registration;
        Unit = await Db.OrgUnits.Where(u => u.Id == registration.UnitId).Select(u => u.Name).FirstOrDefaultAsync(stop);
        Home = await Db.HomeNameAsync(stop);
        if (TrainingQueries.WhyNotCertificate(registration, Me) is { } why)
            Refusal = new Refusal(why);
        return Page();
    }

    public override Task LoadAsync() => Task.CompletedTask;
}

using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Approval;

/// <summary>What the compilation changed in the replies of my units: confirmed at once, or each declined with a reason.</summary>
public sealed class AmendmentsModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public AmendedToShow Amended { get; private set; } = null!;

    /// <summary>The one whose refusal is drawn, with what was typed.</summary>
    public long? DeclinedId { get; private set; }

    public string? Comment { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostConfirmAsync(long[] ids)
    {
        var found = await Mine(Db, Me).Where(a => ids.Contains(a.Id)).ToListAsync();
        Refusal.If(found.Count == 0 ? "確認するものに印を付けてください。" : null);
        foreach (var amendment in found)
            amendment.Confirm(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/approval/amendments", $"{found.Count}か所の修正を確認しました。");
    }

    public async Task<IActionResult> OnPostDeclineAsync(long id, string? comment)
    {
        (DeclinedId, Comment) = (id, comment);
        if (await Mine(Db, Me).FirstOrDefaultAsync(a => a.Id == id) is not { } found)
            return NotFound();
        found.Decline(comment ?? "", Me, Now, await Db.AddressesOfAmenderAsync(found, Today));
        await Db.SaveChangesAsync();
        return DoneAt("/staff/approval/amendments", "元の内容に戻しました。理由は協働の担当課に伝わります。");
    }

    public override async Task LoadAsync() => Amended = AmendedToShow.Of(await Mine(Db, Me).AsNoTracking().OrderBy(a => a.InquiryId).ThenBy(a => a.Id).Take(500).ToListAsync(), Me);

    public static Task<int> CountAsync(AppDb db, Actor me) => Mine(db, me).CountAsync();

    private static IQueryable<Amendment> Mine(AppDb db, Actor me)
    {
        var units = me.Duties.Where(d => d.Role is Role.Approver).Select(d => d.UnitId).ToList();
        return db.Amendments.WithCase().Waiting().Where(a => units.Contains(a.Inquiry.UnitId)).AsSplitQuery();
    }
}

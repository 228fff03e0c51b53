using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Federation;

/// <summary>Other governments whose editions are shown here: entered, looked at, taken in from files, ended.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, ForeignSites sites) : StaffPage(db, clock)
{
    public sealed record Row(FederatedGovernment Government, int Editions, int Cases);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public bool MayKeep => FederatedGovernment.WhyNotKeep(Me) is null;

    public string? Typed(string field) => Refusal is not null && Request.HasFormContentType && !Request.Query.ContainsKey("handler") ? Request.Form[field].ToString() : null;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(string? code, string? name, string? address, string? credit, CancellationToken stop)
    {
        var government = await Db.FederateAsync(code ?? "", name ?? "", address, credit, Me, Now, stop);
        return DoneAt("/staff/federation", $"{government.Name}を登録しました。");
    }

    public async Task<IActionResult> OnPostChangeAsync(string? code, string? name, string? address, string? credit, CancellationToken stop)
    {
        if (await FindAsync(code, stop) is not { } government)
            return NotFound();
        government.Change(name ?? "", address, credit, Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt("/staff/federation", $"{government.Name}の登録を直しました。");
    }

    public async Task<IActionResult> OnPostLookAsync(string? code, CancellationToken stop)
    {
        if (await FindAsync(code, stop) is not { } government)
            return NotFound();
        Refusal.If(government.WhyNotLook(Me));
        var looked = await Db.LookAtAsync(government, sites.Below(government.Address), government.Address, Me, Now, stop);
        return DoneAt("/staff/federation", $"{government.Name}: {TakingIn.Words(looked)}");
    }

    public async Task<IActionResult> OnPostTakeAsync(string? code, IFormFile? manifest, IFormFile? cases, CancellationToken stop)
    {
        if (await FindAsync(code, stop) is not { } government)
            return NotFound();
        if (manifest is null || cases is null)
            throw new Refusal("目録（manifest.json）と事例のデータ（cases.json）の両方を選んでください。同じ版のフォルダーにあります。");
        var read = ForeignEdition.Read(await BytesAsync(manifest, stop), await BytesAsync(cases, stop), government.Code);
        var result = await Db.TakeInAsync(government, read, cases.FileName, Me, Now, stop);
        var edition = $"{read.Year.Japanese}「{read.NameJa}」第{read.No}版（{read.Cases.Count}件）";
        return DoneAt("/staff/federation", result is TakenIn.Unchanged ? $"{edition}は、もう取り込んであります。" : $"{edition}を取り込みました。");
    }

    public async Task<IActionResult> OnPostEndAsync(string? code, CancellationToken stop)
    {
        if (await FindAsync(code, stop) is not { } government)
            return NotFound();
        await Db.EndFederationAsync(government, Me, Now, stop);
        return DoneAt("/staff/federation", $"{government.Name}の掲載を終えました。取り込んだものは残っています。");
    }

    public async Task<IActionResult> OnPostResumeAsync(string? code, CancellationToken stop)
    {
        if (await FindAsync(code, stop) is not { } government)
            return NotFound();
        await Db.ResumeFederationAsync(government, Me, Now, stop);
        return DoneAt("/staff/federation", $"{government.Name}の掲載を再開しました。");
    }

    public override async Task LoadAsync()
    {
        var editions = Db.FederatedEditions;
        Rows = await Db.FederatedGovernments.AsNoTracking().OrderBy(g => g.Code)
            .Select(g => new Row(g, editions.Count(e => e.GovernmentId == g.Id), editions.Where(e => e.GovernmentId == g.Id).Sum(e => e.CaseCount))).ToListAsync();
    }

    private async Task<FederatedGovernment?> FindAsync(string? code, CancellationToken stop) => await Db.FederatedGovernmentAsync(code ?? "", stop);

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }
}

using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Audit;

/// <summary>監査証跡: who did what, when and why, newest first; and whether the chain still holds.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Size = 50;

    // Every entry is hashed again: for a long trail that is asked for, not done with each look.
    private const int CheckedAtOnce = 5000;

    [FromQuery(Name = "subject")]
    public string? Subject { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    [FromQuery(Name = "check")]
    public bool Check { get; set; }

    public Page<AuditEntry> Entries { get; private set; } = new([], 0, 1, Size);

    public bool IsChecked { get; private set; }

    public string? Break { get; private set; }

    public int All { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var subject = TextForms.Clean(Subject);
        var entries = Db.AuditTrail.AsNoTracking();
        All = await entries.CountAsync();
        if (subject.Length > 0)
            entries = entries.Where(e => e.Subject == subject || e.Subject.StartsWith(subject + "/"));
        var total = await entries.CountAsync();
        var number = Math.Clamp(Number, 1, Math.Max(1, (total + Size - 1) / Size));
        Entries = new Page<AuditEntry>(await entries.OrderByDescending(e => e.Id).Skip((number - 1) * Size).Take(Size).ToListAsync(), total, number, Size);
        IsChecked = Check || All <= CheckedAtOnce;
        Break = IsChecked ? await AuditEntry.FirstBreakAsync(Db) : null;
    }

    public string AddressOf(int number) => "/staff/audit" + QueryString.Create(new Dictionary<string, string?>
    {
        ["subject"] = string.IsNullOrEmpty(Subject) ? null : Subject,
        ["page"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null));
}

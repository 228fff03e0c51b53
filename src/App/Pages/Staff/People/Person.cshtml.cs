using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>One person: roles of all times, giving and ending them, handing them over, absence, and what happened.</summary>
public sealed class PersonModel(AppDb db, TimeProvider clock, MailSender sender) : PeoplePage(db, clock, sender)
{
    private const int EntriesShown = 20;

    // So many are offered while typing; any address can be typed.
    private const int MostOffered = 500;

    [FromRoute]
    public long Id { get; set; }

    public Person Person { get; private set; } = null!;

    public PersonState State => PeopleQueries.StateOf(Person, Now);

    /// <summary>By the day on which they begin, the newest first.</summary>
    public IReadOnlyList<Appointment> Appointments => [.. Person.Appointments.OrderByDescending(a => a.Until ?? DateOnly.MaxValue).ThenByDescending(a => a.From ?? DateOnly.MinValue).ThenBy(a => a.Unit.Order)];

    /// <summary>Own roles of today or later.</summary>
    public IReadOnlyList<Appointment> Standing => [.. Appointments.Where(a => a.ActsFor is null && !(a.Until < Today))];

    public IReadOnlyList<Appointment> Proxies { get; private set; } = [];

    public IReadOnlyList<(string Email, string Words)> Others { get; private set; } = [];

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>Is this the answer to that form, refused?</summary>
    public bool IsRefused(string handler) => Refusal is not null && Request.HasFormContentType && Request.Query["handler"] == handler;

    /// <summary>What was typed into the form that was refused.</summary>
    public string? Typed(string handler, string field) => IsRefused(handler) ? Request.Form[field].ToString() : null;

    public string? WrongIn(string handler, string field) => Typed(handler, field) is null ? null : WrongIn(field);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Person is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostGiveAsync([FromForm] string? unit, [FromForm] string? role, [FromForm] string? from, [FromForm] string? until, CancellationToken stop)
    {
        var grant = await GrantAsync(unit, role, from, until);
        await Db.GiveAsync(Id, grant, Me, Now, stop);
        return Done($"役割を与えました: {grant.Words}");
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] long appointment, [FromForm] string? last, CancellationToken stop)
    {
        var day = Needed(last, "最後の日", "last");
        await Db.EndAsync(Id, appointment, day, Me, Now, stop);
        return Done($"役割の最後の日を、{PartialDate.Of(day).Japanese}にしました。");
    }

    public async Task<IActionResult> OnPostHandOverAsync([FromForm] long[] appointments, [FromForm] string? to, [FromForm] string? day, CancellationToken stop)
    {
        if (appointments.Length == 0)
            throw new Refusal("引き継ぐ役割を選んでください。");
        var (successor, first) = (await PersonByAsync(to, "後任者", "to"), Needed(day, "引き継ぐ日", "day"));
        Db.ChangeTracker.Clear();
        var all = await Db.PersonAsync(Id, stop) is { } person && person.Appointments.TrueForAll(a => a.ActsFor is not null || a.Until < first || appointments.Contains(a.Id));
        Db.ChangeTracker.Clear();
        await Db.HandOverAsync(Id, successor.Id, all ? null : appointments, first, Me, Now, stop);
        return Done($"{PartialDate.Of(first).Japanese}から、{successor.Name}さんが引き継ぎます。");
    }

    public async Task<IActionResult> OnPostProxyAsync([FromForm] string? proxy, [FromForm] string? away, [FromForm] string? back, CancellationToken stop)
    {
        var (other, period) = (await PersonByAsync(proxy, "代理", "proxy"), new Period(Needed(away, "不在のはじめの日", "away"), Needed(back, "不在のおわりの日", "back")));
        Db.ChangeTracker.Clear();
        await Db.ArrangeProxyAsync(Id, other.Id, period, Me, Now, stop);
        return Done($"{period.Japanese}、{other.Name}さんが代理をします。");
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken stop)
    {
        await Db.InviteAgainAsync(Id, Me, Now, stop);
        return Done("招待のメールを、もう一度送信の列に入れました。前のリンクは使えなくなりました。");
    }

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken stop)
    {
        await Db.UnlockAsync(Id, Me, Now, stop);
        return Done("サインインの停止を解きました。");
    }

    public override async Task LoadAsync()
    {
        if (await Db.PersonAsync(Id) is not { } found)
            return;
        Person = found;
        await LoadUnitsAsync();
        Proxies = await Db.ProxiesOfAsync(Id, Today);
        Others = [.. (await Db.People.AsNoTracking().Where(p => p.Id != Id && p.Appointments.Any(a => a.Until == null || a.Until >= Today)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostOffered)
            .Select(p => new { p.Email, p.Name }).ToListAsync()).Select(p => (p.Email!, p.Name))];
        var subject = Person.AuditSubject;
        Entries = await Db.AuditTrail.AsNoTracking().Where(e => e.Subject == subject).OrderByDescending(e => e.Id).Take(EntriesShown).ToListAsync();
    }

    private new IActionResult Done(string words) => DoneAt($"/staff/people/{Id}", words);
}

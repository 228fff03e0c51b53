using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>
/// Sessions are rows on the server: the cookie holds a random number and nothing else, the table its hash. What a person may do is looked up
/// at each request, so that a changed appointment counts at once.
/// </summary>
public sealed class SessionTickets(Database database, TimeProvider clock) : ITicketStore
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    // Each signed-in request asks these two; compiled queries belong to the engine they were compiled for, and so to one running program.
    private readonly Func<AppDb, string, Task<Seen?>> _session = EF.CompileAsyncQuery((AppDb db, string hash) =>
        db.Set<Session>().Where(s => s.KeyHash == hash)
            .Join(db.Set<Person>(), s => s.PersonId, p => p.Id, (s, p) => new Seen(p.Id, p.Name, p.SecurityStamp ?? "", s.SecurityStamp, s.BeganAt, s.SeenAt))
            .FirstOrDefault());

    private readonly Func<AppDb, long, DateOnly, IAsyncEnumerable<Duty>> _duties = EF.CompileAsyncQuery((AppDb db, long person, DateOnly today) =>
        db.Set<Appointment>().Where(a => a.PersonId == person && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .Select(a => new Duty(a.Role, a.UnitId) { For = a.ActsFor == null ? null : new Absentee(a.ActsFor.PersonId, a.ActsFor.Person.Name) }));

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var personId = long.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        await db.BeginSessionAsync(Hash(key), personId, now);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var (hash, now) = (Hash(key), clock.GetUtcNow());
        await using var db = database.Open();
        if (await _session(db, hash) is not { } session || session.Stamp != session.PersonStamp || now - session.SeenAt > Idle || now - session.BeganAt > Longest)
            return null;
        var duties = new List<Duty>();
        await foreach (var duty in _duties(db, session.PersonId, now.DayInJapan()))
            duties.Add(duty);
        var actor = new Actor(session.PersonId, session.Name, duties);
        // A row a request would be a write a request: once a minute is enough to count an idle hour.
        if (now - session.SeenAt > TimeSpan.FromMinutes(1))
            await db.WithoutWaitingForDiskAsync(() => db.Set<Session>().Where(s => s.KeyHash == hash).ExecuteUpdateAsync(s => s.SetProperty(one => one.SeenAt, now)));
        return new AuthenticationTicket(Principal(actor), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + Idle }, SignIn.Scheme);
    }

    public async Task RemoveAsync(string key)
    {
        var hash = Hash(key);
        await using var db = database.Open();
        await db.Set<Session>().Where(s => s.KeyHash == hash).ExecuteDeleteAsync();
    }

    public static ClaimsPrincipal Principal(Actor actor) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, actor.PersonId!.Value.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, actor.Name),
        .. actor.Duties.Select(duty => new Claim(Access.DutyClaim, Access.ClaimOf(duty))),
        .. actor.Duties.Select(duty => duty.Role).Distinct().Select(role => new Claim(ClaimTypes.Role, role.ToString())),
    ], SignIn.Scheme));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(key)));

    private sealed record Seen(long PersonId, string Name, string PersonStamp, string Stamp, DateTimeOffset BeganAt, DateTimeOffset SeenAt);
}

using System.Security.Claims;
using Kyodo.Common;
using Kyodo.Evaluation.Door;
using Kyodo.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>
/// A partner's session: a cookie and a scheme of its own beside the staff's, so that neither ever stands for the other. Sessions are rows on the
/// server, as the staff's are, and end with their invitation.
/// </summary>
public sealed class PartnerSignIn(Database database, TimeProvider clock) : ITicketStore
{
    public const string Scheme = "kyodo-partner";
    public const string PartnerClaim = "partner";

    private const string Key = "key";
    private static bool s_https;

    private readonly Func<AppDb, string, Task<Seen?>> _session = EF.CompileAsyncQuery((AppDb db, string hash) =>
        db.Set<PartnerSession>().Where(s => s.KeyHash == hash)
            .Join(db.Set<PartnerInvitation>(), s => s.InvitationId, i => i.Id, (s, i) => new Seen(i.PartnerId, i.Partner.Name, i.RevokedAt, i.ExpiresAt, s.BeganAt, s.SeenAt))
            .FirstOrDefault());

    public static void AddTo(IServiceCollection services, bool https)
    {
        s_https = https;
        services.AddSingleton<PartnerSignIn>();
        services.AddAuthentication().AddCookie(Scheme, options =>
        {
            options.Cookie.Name = https ? "__Host-kyodo-partner" : "kyodo-partner";
            options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.Path = "/";
            options.ExpireTimeSpan = PartnerSession.Idle;
            options.SlidingExpiration = true;
            // There is nothing to sign in with: the page says how to come in again.
            options.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect("/partner?ended");
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<PartnerSignIn>((options, sessions) => options.SessionStore = sessions);
    }

    public static string CookieOf(HttpContext http) => http.Request.IsHttps && s_https ? "__Host-kyodo-partner" : "kyodo-partner";

    /// <summary>Begins the session whose row the door has made.</summary>
    public static Task BeginAsync(HttpContext http, string key) => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(Scheme)), new AuthenticationProperties(new Dictionary<string, string?> { [Key] = key }));

    public Task<string> StoreAsync(AuthenticationTicket ticket) => Task.FromResult(ticket.Properties.Items[Key]!);

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var (hash, now) = (PartnerDoor.HashOf(key), clock.GetUtcNow());
        await using var db = database.Open();
        if (await _session(db, hash) is not { RevokedAt: null } seen || now >= seen.ExpiresAt || now - seen.SeenAt > PartnerSession.Idle || now - seen.BeganAt > PartnerSession.Longest)
            return null;
        if (now - seen.SeenAt > TimeSpan.FromMinutes(1))
            await db.WithoutWaitingForDiskAsync(() => db.PartnerSessions.Where(s => s.KeyHash == hash).ExecuteUpdateAsync(s => s.SetProperty(one => one.SeenAt, now)));
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, $"partner:{seen.PartnerId}"), new(ClaimTypes.Name, TextForms.UpTo(60, seen.Name)), new(PartnerClaim, seen.PartnerId)], Scheme));
        return new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + PartnerSession.Idle }, Scheme);
    }

    public async Task RemoveAsync(string key)
    {
        await using var db = database.Open();
        await db.EndSessionAsync(key);
    }

    private sealed record Seen(string PartnerId, string Name, DateTimeOffset? RevokedAt, DateTimeOffset ExpiresAt, DateTimeOffset BeganAt, DateTimeOffset SeenAt);
}

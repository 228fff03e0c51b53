using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>
/// Signing in with mail address and password, and a code where a second factor is set. No account exists by default. Hashing a password is
/// what the deadline hour waits for, so only as many run at once as there are cores.
/// </summary>
public sealed class SignIn(UserManager<Person> people, TimeProvider clock, Database database)
{
    public const string Scheme = "kyodo";

    private static readonly SemaphoreSlim Hashing = new(Environment.ProcessorCount);
    private static readonly string NobodysHash = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());

    public enum Outcome
    {
        Wrong,
        Locked,
        NeedsCode,
        WrongCode,
        Done,
    }

    public static void AddTo(IServiceCollection services, bool https)
    {
        services.AddSingleton<SessionTickets>();
        services.AddScoped<SignIn>();
        services.AddIdentityCore<Person>(options =>
            {
                options.Password.RequiredLength = PasswordRule.Shortest;
                options.Password.RequireDigit = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = options.Password.RequireLowercase = false;
                options.Password.RequiredUniqueChars = PasswordRule.FewestDifferent;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                options.Tokens.AuthenticatorTokenProvider = TokenOptions.DefaultAuthenticatorProvider;
            })
            .AddUserStore<UserOnlyStore<Person, AppDb, long>>()
            .AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            // Browsers take __Host- only over https; over plain http (a trial on one machine) the name must be another.
            options.Cookie.Name = https ? "__Host-kyodo" : "kyodo";
            options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.Path = "/";
            options.ExpireTimeSpan = SessionTickets.Idle;
            options.SlidingExpiration = true;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "next";
            options.Events.OnRedirectToLogin = context =>
            {
                // Signing in does not make a page of an address that has none; a program is told so and not led to a form.
                if (context.HttpContext.GetEndpoint() is null)
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                else if (context.Request.Path.StartsWithSegments("/api"))
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else
                    context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = context =>
            {
                // What somebody may not use is, to them, not there.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<SessionTickets>((options, tickets) => options.SessionStore = tickets);
    }

    public async Task<(Outcome Outcome, Person? Person)> CheckAsync(string email, string password, string? code)
    {
        var person = email.Length <= 254 && password.Length <= 200 ? await people.FindByNameAsync(email) : null;
        if (person is not null && await people.IsLockedOutAsync(person))
            return (Outcome.Locked, null);
        if (!await PasswordFitsAsync(person, password.Length <= 200 ? password : ""))
        {
            if (person is not null)
                await FailedAsync(person, wasCode: false);
            return (Outcome.Wrong, null);
        }
        if (await people.GetTwoFactorEnabledAsync(person!))
        {
            if (string.IsNullOrWhiteSpace(code))
                return (Outcome.NeedsCode, null);
            if (!await people.VerifyTwoFactorTokenAsync(person!, TokenOptions.DefaultAuthenticatorProvider, TextForms.Key(code)))
            {
                await FailedAsync(person!, wasCode: true);
                return (Outcome.WrongCode, null);
            }
        }
        await people.ResetAccessFailedCountAsync(person!);
        return (Outcome.Done, person);
    }

    public async Task BeginSessionAsync(HttpContext http, Person person)
    {
        await using var db = database.Open();
        var actor = (await db.ActorAsync(person.Id, clock.GetUtcNow().DayInJapan()))!;
        await http.SignInAsync(Scheme, SessionTickets.Principal(actor));
    }

    /// <summary>The password as it is kept; as many at once as there are cores.</summary>
    public async Task<string> HashAsync(Person person, string password)
    {
        await Hashing.WaitAsync();
        try
        {
            return people.PasswordHasher.HashPassword(person, password);
        }
        finally
        {
            Hashing.Release();
        }
    }

    private async Task FailedAsync(Person person, bool wasCode)
    {
        await people.AccessFailedAsync(person);
        await using var db = database.Open();
        await db.NoteFailureAsync(person.Id, wasCode, await people.IsLockedOutAsync(person), clock.GetUtcNow());
    }

    // An unknown address costs as much time as a known one.
    private async Task<bool> PasswordFitsAsync(Person? person, string password)
    {
        await Hashing.WaitAsync();
        try
        {
            if (person?.PasswordHash is not { } hash)
            {
                people.PasswordHasher.VerifyHashedPassword(null!, NobodysHash, password);
                return false;
            }
            return people.PasswordHasher.VerifyHashedPassword(person, hash, password) is not PasswordVerificationResult.Failed;
        }
        finally
        {
            Hashing.Release();
        }
    }
}

using System.Globalization;
using System.Security.Claims;
using Kyodo.Common;
using Microsoft.AspNetCore.Authorization;

namespace Kyodo.App.Hosting;

/// <summary>
/// Who may use an endpoint. Every endpoint names exactly one of these, or is public; the default is nobody, and start-up fails where one is
/// forgotten. Which records of a kind somebody sees is asked in Core.
/// </summary>
public static class Access
{
    public const string Public = "public";
    public const string SignedIn = "signed-in";
    public const string Staff = "staff";

    /// <summary>A partner outside, come in by a one-time link: a session of its own kind, with no role.</summary>
    public const string Partner = "partner";

    public const string Answering = "answering";
    public const string Approving = "approving";
    public const string Replying = "replying";
    public const string Deciding = "deciding";
    public const string Handling = "handling";
    public const string Judging = "judging";
    public const string Coordinating = "coordinating";
    public const string Overseeing = "overseeing";
    public const string Mailing = "mailing";
    public const string Routing = "routing";
    public const string Administering = "administering";
    public const string Federating = "federating";

    private static readonly Dictionary<string, Role[]> Roles = new(StringComparer.Ordinal)
    {
        [Staff] = Enum.GetValues<Role>(),
        [Answering] = [Role.Respondent, Role.Approver, Role.Coordinator, Role.Auditor],
        [Approving] = [Role.Respondent, Role.Approver, Role.Coordinator, Role.Auditor],
        [Replying] = [Role.Respondent, Role.Coordinator],
        [Deciding] = [Role.Approver],
        [Handling] = [Role.Respondent, Role.Approver, Role.Coordinator],
        [Judging] = [Role.Juror],
        [Coordinating] = [Role.Coordinator],
        [Overseeing] = [Role.Coordinator, Role.Auditor, Role.Administrator],
        [Mailing] = [Role.Coordinator, Role.Administrator],
        [Routing] = [Role.Coordinator, Role.Administrator],
        [Administering] = [Role.Administrator],
        [Federating] = [Role.Coordinator, Role.Administrator],
    };

    /// <summary>The roles that a policy lets in; all of them for those that only ask for a signed-in person.</summary>
    public static IReadOnlyList<Role> RolesOf(string policy) => Roles.GetValueOrDefault(policy, []);

    public static IReadOnlyList<string> Policies { get; } = [SignedIn, Partner, .. Roles.Keys];

    public static void AddPolicies(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        options.AddPolicy(Partner, policy => policy.AddAuthenticationSchemes(PartnerSignIn.Scheme).RequireAuthenticatedUser().RequireClaim(PartnerSignIn.PartnerClaim));
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        foreach (var (name, roles) in Roles)
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireRole(roles.Select(role => role.ToString())));
    }

    public static Actor Actor(this ClaimsPrincipal user) => new(
        long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null,
        user.Identity?.Name ?? "",
        [.. user.FindAll(DutyClaim).Select(claim => claim.Value.Split('@', 4)).Select(DutyOf)])
    {
        PartnerId = user.FindFirstValue(PartnerSignIn.PartnerClaim),
    };

    public const string DutyClaim = "duty";

    /// <summary>role@unit, and for a proxy role@unit@absent@name.</summary>
    public static string ClaimOf(Duty duty) => string.Create(CultureInfo.InvariantCulture, $"{duty.Role}@{duty.UnitId}{(duty.For is { } absent ? $"@{absent.Id}@{absent.Name}" : "")}");

    private static Duty DutyOf(string[] parts) => new(Enum.Parse<Role>(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture))
    {
        For = parts is [_, _, var id, var name] ? new Absentee(long.Parse(id, CultureInfo.InvariantCulture), name) : null,
    };
}

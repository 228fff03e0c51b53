using System.Net;
using System.Text.RegularExpressions;
using Kyodo.App.Hosting;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Meetings;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Reorganizations;
using Kyodo.Rounds;
using Kyodo.Selection;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Access;

/// <summary>Every endpoint that there is, by every role: a page added tomorrow is tried tomorrow.</summary>
public sealed partial class EveryEndpointTests(SampleWorlds worlds)
{
    private static readonly Dictionary<string, Role?> People = new(StringComparer.Ordinal)
    {
        ["nobody"] = null,
        ["doboku"] = Role.Respondent,
        ["doboku-approver"] = Role.Approver,
        ["coordinator"] = Role.Coordinator,
        ["juror"] = Role.Juror,
        ["training"] = Role.TrainingOfficer,
        ["auditor"] = Role.Auditor,
        ["administrator"] = Role.Administrator,
    };

    [Theory, ClassData(typeof(EngineData))]
    public async Task Each_endpoint_opens_to_the_roles_of_its_policy_and_is_not_there_for_others(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var places = await PlacesAsync(world);
        var wrong = new List<string>();
        var opened = new HashSet<string>(StringComparer.Ordinal);
        var endpoints = world.Endpoints.Where(e => e.Method == "GET").ToList();
        Assert.True(endpoints.Count > 25, $"only {endpoints.Count} endpoints");
        foreach (var (name, role) in People)
        {
            using var visitor = role is null ? world.Visit() : await world.SignInAsync(name);
            foreach (var endpoint in endpoints)
            {
                using var answer = await visitor.GetAsync(places.Fill(endpoint.Pattern));
                var mayOpen = endpoint.Policy == Hosting.Access.Public || (role is { } has && MayOpen(endpoint.Policy, has));
                if (mayOpen && (int)answer.StatusCode < 400 && !IsToSignIn(answer))
                    opened.Add(endpoint.Pattern);
                var fits = endpoint.Policy == Hosting.Access.Partner ? IsToPartnersDoor(answer)
                    : mayOpen
                    ? !IsToSignIn(answer) && (int)answer.StatusCode < 500
                    : role is null ? IsToSignIn(answer) : answer.StatusCode is HttpStatusCode.NotFound;
                if (!fits)
                    wrong.Add($"{name} GET {endpoint.Pattern} ({endpoint.Policy}): {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // A page that nobody could open would pass for well guarded.
        Assert.Equal(NotOpenedHere.Order(StringComparer.Ordinal), endpoints.Where(e => e.Policy != Hosting.Access.Partner).Select(e => e.Pattern).Where(pattern => !opened.Contains(pattern)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nothing_is_changed_without_the_forms_token(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var places = await PlacesAsync(world);
        var wrong = new List<string>();
        foreach (var (name, role) in People)
        {
            using var visitor = role is null ? world.Visit() : await world.SignInAsync(name);
            foreach (var endpoint in world.Endpoints.Where(e => e.Method is not "GET" and not "HEAD" and not "OPTIONS"))
            {
                using var answer = await visitor.SendAsync(new HttpMethod(endpoint.Method), places.Fill(endpoint.Pattern), ("reason", "x"));
                var isRefused = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
                    || (role is null && IsToSignIn(answer)) || (endpoint.Policy == Hosting.Access.Partner && IsToPartnersDoor(answer));
                if (!isRefused)
                    wrong.Add($"{name} {endpoint.Method} {endpoint.Pattern}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>
    /// No contact is set here; an error has no address of its own; what nothing else answers is not there; and no other government is shown: see
    /// the tests of federation.
    /// </summary>
    private static readonly string[] NotOpenedHere =
    [
        "/.well-known/security.txt", "/error/{code:int?}", "/{*path}",
        .. new[] { "/g/{code}", "/g/{code}/editions/{programme}/{year:int}", "/g/{code}/editions/{programme}/{year:int}/cases/{id}" }.SelectMany(page => new[] { page, $"/en{page}" }),
    ];

    private static bool MayOpen(string policy, Role role) => policy == Hosting.Access.SignedIn || Hosting.Access.RolesOf(policy).Contains(role);

    private static bool IsToSignIn(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Found && answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) is true;

    // A partner's pages open to no role: see the tests of the partners' door.
    private static bool IsToPartnersDoor(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Found && answer.Headers.Location?.OriginalString.EndsWith("/partner?ended", StringComparison.Ordinal) is true;

    private static async Task<Places> PlacesAsync(SampleWorld world)
    {
        await using var db = world.Open();
        var published = await db.LatestCases.Where(c => c.ProgrammeKey == "ps").OrderBy(c => c.Order).ToListAsync();
        var own = await db.Inquiries.Where(i => i.Unit.Code == "doboku" && i.Round.ProgrammeKey == "ps" && i.Round.Year == new FiscalYear(2007)).Select(i => i.Id).SingleAsync();
        var ownCase = published.First(c => c.UnitCode == "doboku").CaseId;
        var respondent = await db.ActorAsync(SampleWorld.EmailOf("doboku"), world.Clock.Now.DayInJapan());
        var typed = new Dictionary<string, DraftedQuestion> { ["summary"] = new("", new Dictionary<string, string[]> { ["summary"] = ["締切のあとに書いた概要"] }) };
        await db.KeepDraftAsync(own, ownCase, respondent, typed, [], world.Clock.Now);
        await db.SaveChangesAsync();
        return new Places(
            published[0].CaseId,
            published.First(c => c.Partners.Count > 0).Partners[0].Id,
            ownCase,
            await db.Photos.Where(p => p.PersonId == respondent.PersonId).Select(p => p.Id).FirstAsync(),
            own,
            await db.Rounds.Where(r => r.ProgrammeKey == "ps" && r.Year == new FiscalYear(2007)).Select(r => r.Id).SingleAsync(),
            await db.ApprovalRequests.Where(a => a.InquiryId == own).Select(a => a.Id).FirstAsync(),
            await db.RoundAttachments.Select(a => a.Id).FirstAsync(),
            await db.Outbox.Where(m => m.InquiryId == own).Select(m => m.Id).FirstAsync(),
            published[0].ProjectId,
            await db.Evaluations.WithSides().OrderBy(e => e.CaseTitle).FirstAsync(e => e.Unit.Code == "doboku"),
            await db.PartnerInvitations.Where(i => i.RevokedAt == null).OrderByDescending(i => i.ExpiresAt).ThenBy(i => i.Id).Select(i => i.Token).FirstAsync(),
            await db.Selections.Where(s => s.ProgrammeKey == "ps").Select(s => s.Id).SingleAsync(),
            await db.Judgements.Where(j => db.Set<Person>().Any(p => p.Id == j.PersonId && p.Email == SampleWorld.EmailOf("juror"))).OrderBy(j => j.Id).Select(j => j.Id).FirstAsync(),
            respondent.PersonId!.Value,
            await PasswordLinkAsync(world),
            await db.Reorganizations.OrderBy(r => r.On).Select(r => r.Id).FirstAsync(),
            await db.Meetings.OrderBy(m => m.On).Select(m => m.Id).FirstAsync(),
            await db.TrainingRegistrations.Where(r => r.Status == RegistrationStatus.Attended).OrderBy(r => r.Id).FirstAsync());
    }

    private static async Task<string> PasswordLinkAsync(SampleWorld world)
    {
        const string email = "every-endpoint@pref.example.jp";
        await using var db = world.Open();
        var administrator = await db.ActorAsync(SampleWorld.EmailOf("administrator"), world.Clock.Now.DayInJapan());
        if (!await db.People.AnyAsync(p => p.Email == email))
            await db.InviteAsync(email, "見本 招（招待）", [new Grant(await db.OrgUnits.SingleAsync(u => u.Code == "doboku"), Role.TrainingOfficer, default)], administrator, world.Clock.Now);
        return (await db.Outbox.Where(m => m.To == email).Select(m => m.Page).FirstAsync())!.Split('/')[^1];
    }

    /// <summary>Something real for every blank of an address.</summary>
    private sealed partial record Places(string Case, string Partner, string OwnCase, string Photo, long Inquiry, long Round, long Approval, long Attachment, long Mail, string Project, CaseEvaluation Evaluation, string Invitation, long Selection, string Judgement, long Person, string PasswordLink, string Reorganization, string Meeting, TrainingRegistration Training)
    {
        public string Fill(string pattern) => Blank().Replace(pattern, blank => blank.Groups["name"].Value switch
        {
            "programme" or "key" => "ps",
            "year" => "2007",
            "facet" => "forms",
            "table" => "status",
            "value" => "2",
            "no" or "n" => "1",
            "file" => "cases.json",
            "code" when pattern.StartsWith("/staff/units", StringComparison.Ordinal) => "doboku",
            "code" or "status" => "404",
            "inquiryId" => $"{Inquiry}",
            "unitCode" => "doboku",
            "question" => "summary",
            "caseId" => OwnCase,
            "attachment" => $"{Attachment}",
            "kind" => $"{MailKind.Reminder}",
            "token" when pattern.StartsWith("/sign-in", StringComparison.Ordinal) => PasswordLink,
            "token" => Invitation,
            "id" when pattern.StartsWith("/staff/people", StringComparison.Ordinal) => $"{Person}",
            "side" => Evaluation.Partners.First().Id,
            "id" when pattern.StartsWith("/staff/evaluation/calls", StringComparison.Ordinal) => $"{Evaluation.CallId}",
            "id" when pattern.Contains("/evaluation", StringComparison.Ordinal) => Evaluation.Id,
            "number" => Training.Number,
            "id" when pattern.StartsWith("/staff/training", StringComparison.Ordinal) => Training.SessionId,
            "id" when pattern.StartsWith("/staff/meetings", StringComparison.Ordinal) => Meeting,
            "id" when pattern.StartsWith("/staff/organizations", StringComparison.Ordinal) => Reorganization,
            "id" when pattern.StartsWith("/staff/selection", StringComparison.Ordinal) => $"{Selection}",
            "id" when pattern.StartsWith("/staff/jury", StringComparison.Ordinal) => Judgement,
            "id" when pattern.StartsWith("/staff/mails", StringComparison.Ordinal) => $"{Mail}",
            "id" when pattern.StartsWith("/staff/rounds", StringComparison.Ordinal) => $"{Round}",
            "id" when pattern.StartsWith("/staff/files", StringComparison.Ordinal) => Photo,
            "id" when pattern.StartsWith("/staff/projects", StringComparison.Ordinal) => Project,
            "id" when pattern.StartsWith("/staff/approval", StringComparison.Ordinal) => $"{Approval}",
            "id" when pattern.Contains("/partners/", StringComparison.Ordinal) => Partner,
            "id" when pattern.StartsWith("/staff/cases", StringComparison.Ordinal) => OwnCase,
            "id" => Case,
            _ => "1",
        });

        [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 500)]
        private static partial Regex Blank();
    }
}

using CsCheck;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Approval;

public sealed class ApprovalRouteTests
{
    private const long Unit = 2;
    private const long Other = 3;

    private static readonly Actor Clerk = Person(101, "係", Unit);
    private static readonly Actor Chief = Person(102, "課長", Unit);
    private static readonly Actor Deputy = Person(103, "課長補佐", Unit);
    private static readonly Actor Director = Person(104, "部長", Other);
    private static readonly Actor Writer = Person(105, "書いた人", Unit);
    private static readonly Actor Second = Person(106, "副課長", Unit);
    private static readonly Actor Stranger = Person(107, "よその人", 99);
    private static readonly Actor[] Everybody = [Clerk, Chief, Deputy, Director, Writer, Second, Stranger];

    /// <summary>課長 (with a deputy), then 部長.</summary>
    private static readonly FrozenRoute TwoSteps = new([Step("課長", [Chief], [Deputy]), Step("部長", [Director], [])], [Writer.PersonId!.Value]);

    [Fact]
    public async Task Steps_are_taken_in_order_and_each_tells_the_next_and_the_last_the_submitter()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, TwoSteps);
        Assert.Contains("いまは「課長」の段階", request.WhyNotApprove(Director), StringComparison.Ordinal);
        var mail = new ApprovalAddresses([["chief@pref.example"], ["director@pref.example"]], ["clerk@pref.example"], []);
        request.Approve(Chief, office.Now, mail);
        Assert.Equal((ApprovalStatus.Pending, 1, InquiryStatus.AwaitingApproval), (request.Status, request.Step, request.Inquiry.Status));
        request.Approve(Director, office.Now, mail);
        Assert.Equal((ApprovalStatus.Approved, InquiryStatus.Answered), (request.Status, request.Inquiry.Status));
        Assert.Equal(["director@pref.example", "clerk@pref.example"], request.TakeNotes().Mails.Select(m => m.To));
    }

    [Fact]
    public async Task A_later_approver_decides_ahead_and_the_skipped_one_looks_afterwards()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, TwoSteps);
        Assert.Throws<Refusal>(() => request.Escalate(" ", Director, office.Now));
        Assert.Throws<Refusal>(() => request.Escalate("急ぐため", Chief, office.Now));
        request.Escalate("課長が出張中のため", Director, office.Now);
        Assert.Equal(ApprovalStatus.Approved, request.Status);
        var skipped = Assert.Single(request.Decisions, d => d.AwaitsReview);
        Assert.Equal((0, DecisionKind.Escalated), (skipped.Step, skipped.Kind));
        Assert.NotNull(request.WhyNotReview(skipped, Stranger));
        request.Review(skipped, Chief, office.Now);
        Assert.Throws<Refusal>(() => request.Review(skipped, Chief, office.Now));
    }

    [Fact]
    public async Task A_deputy_decides_for_the_absent_who_looks_afterwards()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, TwoSteps);
        Assert.Throws<Refusal>(() => request.Substitute(Chief.PersonId!.Value, "", Deputy, office.Now));
        Assert.Throws<Refusal>(() => request.Substitute(Director.PersonId!.Value, "病気休暇のため", Deputy, office.Now));
        Assert.Throws<Refusal>(() => request.Substitute(Chief.PersonId!.Value, "病気休暇のため", Second, office.Now));
        request.Substitute(Chief.PersonId!.Value, "病気休暇のため", Deputy, office.Now);
        Assert.Equal((ApprovalStatus.Pending, 1), (request.Status, request.Step));
        var decision = Assert.Single(request.Decisions);
        Assert.NotNull(request.WhyNotReview(decision, Deputy));
        request.Review(decision, Chief, office.Now);
        Assert.Equal("課長", decision.ReviewedBy);
    }

    [Fact]
    public async Task Who_wrote_the_last_version_decides_nowhere_and_a_route_without_anybody_else_says_so()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, new FrozenRoute([Step("課長", [Chief, Writer], [])], [Writer.PersonId!.Value]));
        Assert.Contains("最後に直したのはあなた", request.WhyNotApprove(Writer), StringComparison.Ordinal);
        office.Db.ChangeTracker.Clear();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Answering);
        var why = ApprovalRequest.WhyNotSubmit(inquiry, [], office.Respondent, office.Now, route: new FrozenRoute([Step("課長", [Writer], [])], [Writer.PersonId!.Value]));
        Assert.Contains("書いた人", why, StringComparison.Ordinal);
        Assert.Contains("協働 花子", why, StringComparison.Ordinal);
        Assert.Contains("登録されていない", ApprovalRequest.WhyNotSubmit(inquiry, [], office.Respondent, office.Now, route: new FrozenRoute([Step("課長", [], [])], [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_person_in_two_steps_agrees_once()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, new FrozenRoute([Step("課長", [Chief], []), Step("部長", [Chief], [])], []));
        request.Approve(Chief, office.Now);
        Assert.Equal(ApprovalStatus.Approved, request.Status);
        Assert.Equal([DecisionKind.Approved, DecisionKind.SamePerson], request.Decisions.Select(d => d.Kind));
    }

    [Fact]
    public async Task All_means_everyone_who_may()
    {
        await using var office = await Office.OpenAsync();
        var request = await SubmitAsync(office, new FrozenRoute([Step("関係課長", [Chief, Second, Writer], [], all: true)], [Writer.PersonId!.Value]));
        request.Approve(Chief, office.Now);
        Assert.Equal((ApprovalStatus.Pending, 0), (request.Status, request.Step));
        Assert.Contains("もう承認しています", request.WhyNotApprove(Chief), StringComparison.Ordinal);
        request.Approve(Second, office.Now);
        Assert.Equal(ApprovalStatus.Approved, request.Status);
    }

    private sealed record Deed(ApprovalVerb Verb, int Person, int For, bool Special);

    /// <summary>Whatever anybody tries in whatever order: approved is only what every step agreed to, by persons who are not one another and did not write it.</summary>
    [Fact]
    public async Task No_sequence_of_verbs_approves_without_the_persons_that_the_route_asks_for()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Answering);
        var people = Gen.Int[0, Everybody.Length - 1].Array[1, 3];
        var step = Gen.Select(people, Gen.Int[0, Everybody.Length - 1].Array[0, 2], Gen.Bool, Gen.Bool);
        var deeds = Gen.Select(Gen.Enum<ApprovalVerb>(), Gen.Int[0, Everybody.Length - 1], Gen.Int[0, Everybody.Length - 1], Gen.Bool, (verb, person, instead, special) => new Deed(verb, person, instead, special)).Array[1, 25];
        var approved = 0;
        Gen.Select(step.Array[1, 4], Gen.Int[0, 2].Array[0, 2], deeds).Sample((steps, barred, tried) =>
        {
            var route = new FrozenRoute(
                [.. steps.Select((s, i) => new FrozenStep($"段階{i}", s.Item4 ? Unit : null, s.Item4 ? Seats(Everybody.Where(p => p.Is(Role.Approver, Unit))) : Seats(s.Item1.Select(n => Everybody[n])), Seats(s.Item2.Select(n => Everybody[n])), s.Item3))],
                [.. barred.Select(n => Everybody[n].PersonId!.Value)]);
            if (ApprovalRequest.WhyNotSubmit(inquiry, [], Clerk with { Duties = office.Respondent.Duties }, office.Now, route: route) is not null)
                return;
            var request = ApprovalRequest.Submit(inquiry, [], Clerk with { Duties = office.Respondent.Duties }, office.Now, [], route: route);
            foreach (var deed in tried)
                Try(request, deed, office.Now);
            if (request.Status is ApprovalStatus.Approved)
            {
                approved++;
                CheckApproved(request);
            }
            office.Db.ChangeTracker.Clear();
            Refill(office, inquiry);
        }, iter: 2000, threads: 1);
        Assert.True(approved > 100, $"only {approved} were approved at all");
    }

    private static void CheckApproved(ApprovalRequest request)
    {
        var own = request.Decisions.Where(d => d.IsOwn).ToList();
        Assert.NotEmpty(own);
        Assert.Equal(own.Count, own.Select(d => d.PersonId).Distinct().Count());
        Assert.DoesNotContain(own, d => d.PersonId == request.SubmittedById || request.Route.Barred.Contains(d.PersonId));
        long[] barred = [.. request.Route.Barred, request.SubmittedById!.Value];
        for (var no = 0; no < request.Route.Steps.Count; no++)
        {
            var step = request.Route.Steps[no];
            var here = request.Decisions.Where(d => d.Step == no).ToList();
            var able = step.Able(barred).Select(p => p.Id).ToList();
            var agreed = request.Decisions.Where(d => d.IsOwn && d.Step <= no).SelectMany(d => new[] { d.PersonId, d.ForId ?? 0 }).ToHashSet();
            var escalated = here.Where(d => d.Kind is DecisionKind.Escalated).ToList();
            if (escalated.Count > 0)
                Assert.Contains(own, d => d.Step > no && d.PersonId == escalated[0].PersonId);
            else if (here.Exists(d => d.Kind is DecisionKind.SamePerson) || step.NeedsAll)
                Assert.All(able, person => Assert.Contains(person, agreed));
            else
                Assert.Contains(here, d => d.IsOwn);
            foreach (var decision in here.Where(d => d.IsOwn))
            {
                var by = Everybody.Single(p => p.PersonId == decision.PersonId);
                Assert.True(decision.Kind is DecisionKind.Approved ? step.Has(by) : step.HasDeputy(by) && able.Contains(decision.ForId!.Value));
            }
        }
    }

    private static void Try(ApprovalRequest request, Deed deed, DateTimeOffset now)
    {
        var by = Everybody[deed.Person];
        try
        {
            switch (deed.Verb)
            {
                case ApprovalVerb.Endorse or ApprovalVerb.Approve when deed.Special: request.Escalate("急ぐため", by, now); break;
                case ApprovalVerb.Endorse: request.Substitute(Everybody[deed.For].PersonId!.Value, "不在のため", by, now); break;
                case ApprovalVerb.Approve: request.Approve(by, now); break;
                case ApprovalVerb.SendBack when deed.Special && deed.For == 0: request.SendBack("直してください。", by, now, []); break;
                case ApprovalVerb.Recall when deed.Special && deed.For == 0: request.Recall(by, now); break;
                case ApprovalVerb.Review when request.Decisions.Count > 0: request.Review(request.Decisions[^1], by, now); break;
                default: break;
            }
        }
        catch (Refusal)
        {
            // Most of what is tried is refused; that is the rule at work.
        }
    }

    private static void Refill(Office office, Inquiry inquiry)
    {
        inquiry.TakeNotes();
        if (inquiry.Status is InquiryStatus.AwaitingApproval)
            inquiry.MarkRecalled(office.Respondent, office.Now);
        else if (inquiry.Status is InquiryStatus.Answered)
            inquiry.AskBack("もう一度。", office.Coordinator, office.Now, []);
    }

    [Fact]
    public async Task A_unit_without_a_route_takes_that_of_the_unit_above()
    {
        await using var office = await Office.OpenAsync();
        var doboku = await office.Db.OrgUnits.FirstAsync(u => u.Code == "doboku");
        var division = new OrgUnit("doro", "道路整備課", OrgUnitKind.Division, doboku, 9);
        office.Db.Add(division);
        await office.Db.SaveChangesAsync();
        Assert.Null((await office.Db.RouteStepsAsync(division.Id)).From);
        var route = new ApprovalRoute(doboku);
        var steps = new[] { RouteStep.Default with { Name = "課長" }, RouteStep.Default with { Name = "部長", Seat = Seat.Parent } };
        Assert.Throws<Refusal>(() => route.Describe(steps, office.Approver, office.Now));
        Assert.Throws<Refusal>(() => route.Describe([RouteStep.Default with { Seat = Seat.People }], office.Coordinator, office.Now));
        route.Describe(steps, office.Administrator, office.Now);
        office.Db.Add(route);
        await office.Db.SaveChangesAsync();
        var (found, from) = await office.Db.RouteStepsAsync(division.Id);
        Assert.Equal((2, "doboku"), (found.Count, from?.Code));
        Assert.Contains(await office.Db.AuditTrail.ToListAsync(), e => e.Verb == "route-described" && e.Subject == "approval-route/doboku");
    }

    [Fact]
    public async Task A_submission_freezes_the_route_of_its_day()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var request = await office.Db.SubmitAsync(inquiry, [one], office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal("道路 課長", Assert.Single(Assert.Single(request.Route.Steps).People).Name);
        Assert.Equal([office.Respondent.PersonId!.Value], request.Route.Barred);
        Assert.Contains(await office.Db.Outbox.ToListAsync(), m => m.To == "doboku-approver@pref.kumamoto.example" && m.Subject.StartsWith("【決裁】", StringComparison.Ordinal));
        var route = new ApprovalRoute(inquiry.Unit);
        route.Describe([RouteStep.Default with { Name = "一" }, RouteStep.Default with { Name = "二" }], office.Coordinator, office.Now);
        office.Db.Add(route);
        await office.Db.SaveChangesAsync();
        office.Db.ChangeTracker.Clear();
        var read = await office.Db.ApprovalRequests.WithInquiry().SingleAsync(a => a.Id == request.Id);
        Assert.Single(read.Route.Steps);
        read.Approve(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal(DecisionKind.Approved, (await office.Db.Set<ApprovalDecision>().SingleAsync()).Kind);
    }

    private static async Task<ApprovalRequest> SubmitAsync(Office office, FrozenRoute route)
    {
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Answering);
        var request = ApprovalRequest.Submit(inquiry, [], office.Respondent, office.Now, [], route: route);
        request.TakeNotes();
        return request;
    }

    private static FrozenStep Step(string name, Actor[] people, Actor[] deputies, bool all = false) => new(name, null, Seats(people), Seats(deputies), all);

    private static IReadOnlyList<Seated> Seats(IEnumerable<Actor> people) => [.. people.Distinct().Select(p => new Seated(p.PersonId!.Value, p.Name))];

    private static Actor Person(long id, string name, long unit) => new(id, name, [new Duty(Role.Approver, unit)]);
}

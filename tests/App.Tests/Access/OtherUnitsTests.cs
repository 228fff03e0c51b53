using System.Net;
using System.Text.RegularExpressions;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Access;

public sealed class OtherUnitsTests(SampleWorlds worlds)
{
    private const long Nowhere = 999_999_999;

    [Theory, ClassData(typeof(EngineData))]
    public async Task Another_units_record_answers_as_one_that_does_not_exist(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync("doboku");
        var theirs = await world.OpenInquiryAsync("nosei");
        await using var db = world.Open();
        var theirCase = await db.LatestCases.Where(c => c.UnitCode == "nosei").Select(c => c.CaseId).FirstAsync();
        var theirApproval = await db.ApprovalRequests.Where(a => a.Inquiry.Unit.Code == "nosei").Select(a => a.Id).FirstAsync();
        foreach (var (real, unknown) in new[]
        {
            ($"/staff/cases/{theirs}", $"/staff/cases/{Nowhere}"),
            ($"/staff/cases/{theirs}/new", $"/staff/cases/{Nowhere}/new"),
            ($"/staff/cases/{theirs}/workbook", $"/staff/cases/{Nowhere}/workbook"),
            ($"/staff/cases/{theirs}/{theirCase}", $"/staff/cases/{Nowhere}/000000000000"),
            ($"/staff/cases/{theirs}/{theirCase}/view", $"/staff/cases/{Nowhere}/000000000000/view"),
            ($"/staff/approval/{theirApproval}", $"/staff/approval/{Nowhere}"),
        })
        {
            using var one = await visitor.GetAsync(real);
            using var other = await visitor.GetAsync(unknown);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (one.StatusCode, other.StatusCode));
            Assert.Equal(WithoutTokens(await other.Content.ReadAsStringAsync()), WithoutTokens(await one.Content.ReadAsStringAsync()));
        }
    }

    // The form's token is another one each time.
    private static string WithoutTokens(string body) => Regex.Replace(body, "name=\"__RequestVerificationToken\"[^>]*", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    [Theory, ClassData(typeof(EngineData))]
    public async Task Another_units_record_takes_no_form_either(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync("doboku");
        var (mine, theirs) = (await world.OpenInquiryAsync("doboku"), await world.OpenInquiryAsync("nosei"));
        foreach (var handler in new[] { "Receive", "Nil", "Submit", "Recall" })
        {
            using var answer = await visitor.SubmitAsync($"/staff/cases/{mine}", $"/staff/cases/{theirs}?handler={handler}", ("reason", "該当する事業がありません。"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        await using var db = world.Open();
        Assert.Equal(Kyodo.Rounds.InquiryStatus.Sent, await db.Set<Kyodo.Rounds.Inquiry>().Where(i => i.Id == theirs).Select(i => i.Status).SingleAsync());
    }
}

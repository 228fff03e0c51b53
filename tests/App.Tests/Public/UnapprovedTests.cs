using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>
/// What is not approved never leaves, whatever the door: a text being written, one that waits for its approval, one approved and not accepted, and
/// a change at the compilation that its unit has not confirmed are looked for in every page, file, search and answer to a program.
/// </summary>
public sealed class UnapprovedTests
{
    private static readonly string[] Secrets = ["未決裁の下書きの文", "決裁を待つ文", "受理されていない文", "確認されていない修正の文"];

    [Fact]
    public async Task Unapproved_text_is_in_no_public_byte_no_staff_casebook_and_no_other_units_workbook()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        await WriteAsync(world);
        using var visitor = world.Visit();
        using var other = await world.SignInAsync("nosei");
        var found = new List<string>();
        var pages = await WhatIsPublicTests.PublicPathsAsync(world, visitor);
        string[] searches = [.. Secrets.Select(s => $"/cases?q={Uri.EscapeDataString(s)}"), .. Secrets.Select(s => $"/api/v1/cases?q={Uri.EscapeDataString(s)}")];
        foreach (var path in pages)
            await LookAsync(visitor, path, found);
        foreach (var path in searches)
        {
            // The words asked for stand in the page again; the answers must not hold the sentence whole in any title or summary.
            using var answer = await visitor.GetAsync(path);
            Assert.DoesNotContain("（未公開）", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
        foreach (var path in new[] { "/staff/casebook", "/staff/casebook/ps/2007", "/staff/casebook/ps/2026", $"/staff/cases/{await world.OpenInquiryAsync("nosei")}/workbook" })
            await LookAsync(other, path, found);
        Assert.True(found.Count == 0, string.Join('\n', found));

        // The next revision is refused as long as the change waits.
        using var coordinator = await world.SignInAsync("coordinator");
        using var released = await coordinator.SubmitAsync("/staff/editions/ps/2007", "/staff/editions/ps/2007", ("erratum", "訂正"), ("newest", "1"), ("pdf", "false"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, released.StatusCode);
        await using var db = world.Open();
        Assert.Equal(1, await db.Set<Kyodo.Editions.Revision>().CountAsync(r => r.ProgrammeKey == "ps"));

        // The look is not blind: whoever may see it finds it.
        using var compiling = await coordinator.GetAsync("/staff/compilation/ps/2026/answers");
        var seen = WebUtility.HtmlDecode(await compiling.Content.ReadAsStringAsync());
        Assert.All(Secrets[..3], secret => Assert.Contains(secret, seen, StringComparison.Ordinal));
    }

    private static async Task LookAsync(Visitor visitor, string path, List<string> found)
    {
        using var answer = await visitor.GetAsync(path);
        if (answer.StatusCode is HttpStatusCode.NotFound)
            return;
        foreach (var (place, text) in await WhatIsPublicTests.TextsAsync(visitor, path))
            found.AddRange(Secrets.Append("（未公開）").Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(secret => $"{place}: {secret}"));
    }

    private static async Task WriteAsync(SampleWorld world)
    {
        await using var db = world.Open();
        var now = world.Clock.Now;
        var pattern = (await db.Cases.AsNoTracking().Where(c => c.ProgrammeKey == "ps" && c.Year == new FiscalYear(2007)).OrderBy(c => c.Id).FirstAsync()).Answers;
        async Task<(Inquiry Inquiry, Case One, Actor By)> BeginAsync(string unit, string text)
        {
            var inquiry = await db.InquiryAsync("ps", SampleWorld.ThisYear, unit);
            var by = await db.ActorAsync(SampleWorld.EmailOf(unit), now.DayInJapan());
            var one = new Case(inquiry, by, now);
            db.Add(one);
            one.Edit(pattern.With("title", $"{text}（未公開）").With("summary", text), inquiry, 0, "web", by, now);
            await db.SaveChangesAsync();
            return (inquiry, one, by);
        }
        await BeginAsync("kigyo", Secrets[0]);
        var waiting = await BeginAsync("aso", Secrets[1]);
        await db.SubmitAsync(waiting.Inquiry, [waiting.One], waiting.By, now);
        var approved = await BeginAsync("kankyoseikatsu", Secrets[2]);
        var request = await db.SubmitAsync(approved.Inquiry, [approved.One], approved.By, now);
        request.Approve(await db.ActorAsync(SampleWorld.EmailOf("kankyoseikatsu-approver"), now.DayInJapan()), now);
        await db.SaveChangesAsync();

        var old = await db.InquiryAsync("ps", new FiscalYear(2007), "doboku");
        var released = await db.Cases.Include(c => c.Project).InReplyTo(old).OrderBy(c => c.Id).FirstAsync();
        db.Add(Amendment.Propose(released, old, old.Round.Questionnaire.Questions.First(q => q.Key == "summary"), Secrets[3], "読みやすく", released.Version,
            await db.ActorAsync(SampleWorld.EmailOf("coordinator"), now.DayInJapan()), now, [])!);
        await db.SaveChangesAsync();
    }
}

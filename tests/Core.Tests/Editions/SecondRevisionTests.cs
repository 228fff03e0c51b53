using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Editions;

/// <summary>What differs from one revision to the next is said by case and field, before and after the release.</summary>
public sealed class SecondRevisionTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_changed_field_is_named_with_what_it_was_and_is_before_and_after_the_release(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.ReadyAsync("道の清掃", "春の花");
        await office.ReleaseAsync();
        Assert.Empty(EditionChanges.Read(office.PublicText(1, "changes.json"))!.Cases);
        await office.ChangeAsync(cases[0], texts => (texts["budget.initial"], texts["internal_note"]) = ("1,240", "庁内だけの別の話"));

        await using (var db = office.OpenAnother())
        {
            var planned = (await db.PreviewAsync(await office.NotedAsync(db), office.Now))!;
            Assert.Equal(("道の清掃", ChangeKind.Changed), (planned.Cases.Single().Title, planned.Cases.Single().Change));
        }
        Assert.Single(await office.Db.Revisions.AsNoTracking().ToListAsync());

        await office.ReleaseAsync("「道の清掃」の予算額を直しました。");
        var changes = EditionChanges.Read(office.PublicText(2, "changes.json"))!;
        Assert.Equal((2, 1, "「道の清掃」の予算額を直しました。", new ChangeTotals(0, 0, 1, 1)), (changes.Revision, changes.Previous, changes.Erratum, changes.Totals));
        var field = changes.Cases.Single().Fields.Single();
        Assert.Equal(("budget", 5000000L, 1240000L), (field.Field, field.Before!["initial"]!.GetValue<long>(), field.After!["initial"]!.GetValue<long>()));
        Assert.DoesNotContain("庁内だけ", office.PublicText(2, "changes.json"), StringComparison.Ordinal);
        Assert.Contains("庁内だけの別の話", await File.ReadAllTextAsync(office.Shelf.StaffFile("ps", Office.Year, 2, "changes.json")!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(await office.VerifyAsync());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_withdrawn_case_is_in_no_list_stays_in_the_old_files_and_is_not_in_the_next_revision(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.ReadyAsync("夜道の灯り", "春の花");
        await office.ReleaseAsync();
        var stamp = await office.Db.PublicationStampAsync();
        Assert.Contains("担当課だけ", (await Assert.ThrowsAsync<Refusal>(() => office.Db.WithdrawAsync(cases[0].Id, "理由", office.Respondent, office.Now))).Message, StringComparison.Ordinal);
        Assert.Contains("理由", (await Assert.ThrowsAsync<Refusal>(() => office.Db.WithdrawAsync(cases[0].Id, " ", office.Coordinator, office.Now))).Message, StringComparison.Ordinal);
        await office.Db.WithdrawAsync(cases[0].Id, "相手方からの申し出による。", office.Coordinator, office.Now);

        Assert.NotEqual(stamp, await office.Db.PublicationStampAsync());
        Assert.Equal(["春の花"], await office.Db.LatestCases.Select(c => c.Title).ToListAsync());
        Assert.Equal("相手方からの申し出による。", (await office.Db.WithdrawalAsync(cases[0].Id))!.Reason);
        Assert.Contains("夜道の灯り", office.PublicText(1, "cases.json"), StringComparison.Ordinal);
        Assert.Contains("取り下げられています", (await Assert.ThrowsAsync<Refusal>(() => office.Db.WithdrawAsync(cases[0].Id, "もう一度", office.Coordinator, office.Now))).Message, StringComparison.Ordinal);
        Assert.Empty(await office.VerifyAsync());

        await office.ReleaseAsync("1件を取り下げました。");
        Assert.DoesNotContain("夜道の灯り", office.PublicText(2, "cases.json"), StringComparison.Ordinal);
        Assert.Equal(("夜道の灯り", ChangeKind.Withdrawn), EditionChanges.Read(office.PublicText(2, "changes.json"))!.Cases.Select(c => (c.Title, c.Change)).Single());

        await office.Db.ShowAgainAsync(cases[0].Id, null, office.Coordinator, office.Now);
        await office.ReleaseAsync("もう一度載せました。");
        Assert.Equal(2, await office.Db.LatestCases.CountAsync());
        Assert.Equal(ChangeKind.Added, EditionChanges.Read(office.PublicText(3, "changes.json"))!.Cases.Single().Change);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_redaction_takes_a_passage_out_of_every_revision_keeps_the_old_hashes_and_holds_for_the_next(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        const string Secret = "鹿本みち守り隊";
        var cases = await office.ReadyAsync("道の清掃", "春の花");
        await office.ReleaseAsync();
        await office.ChangeAsync(cases[0], texts => (texts["summary"], texts["internal_note"]) = ($"{Secret}と道をきれいにします。", $"{Secret}の代表は交代した"));
        await office.ReleaseAsync("概要を直しました。");
        var before = (await Manifest.InAsync(Path.Combine(office.Shelf.FolderOf("ps", Office.Year, 2), "public")))!.Files.ToDictionary(f => f.Name, f => f.Sha256);

        var wish = new RedactionWish("個人情報の保護に関する法律", "団体からの請求による。", [Secret], ["indicators"]);
        Assert.Contains("語句", (await Assert.ThrowsAsync<Refusal>(() => RedactAsync(office, cases[0].Id, wish with { Reason = $"{Secret}の請求による。" }))).Message, StringComparison.Ordinal);
        Assert.Contains("ありません", (await Assert.ThrowsAsync<Refusal>(() => RedactAsync(office, cases[0].Id, wish with { Passages = ["どこにもない"], Fields = [] }))).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], (await RedactAsync(office, cases[0].Id, wish)).Select(r => r.No));

        foreach (var file in Directory.GetFiles(Path.Combine(office.Database.DataFolder, "editions"), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not ".xlsx"))
            Assert.DoesNotContain(Secret, OnlyOf(cases[0].Id, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        var now = (await Manifest.InAsync(Path.Combine(office.Shelf.FolderOf("ps", Office.Year, 2), "public")))!;
        var said = now.Redactions!.Single();
        Assert.Equal(("個人情報の保護に関する法律", "団体からの請求による。"), (said.Basis, said.Reason));
        Assert.All(said.Replaced, file => Assert.Equal(before[file.Name], file.Sha256));
        Assert.Contains("cases.csv", said.Replaced.Select(file => file.Name));
        Assert.True(File.Exists(Path.Combine(office.Shelf.FolderOf("ps", Office.Year, 2), "staff", RoundFigures.FileName)));
        var kept = await office.Db.PublishedCases.AsNoTracking().SingleAsync(c => c.CaseId == cases[0].Id && c.Revision.No == 2);
        Assert.Equal($"{Redaction.Mark}と道をきれいにします。", kept.Summary);
        Assert.False(kept.Answers.ContainsKey("indicators"));
        Assert.Empty(await office.VerifyAsync());
        Assert.Empty(Directory.GetDirectories(office.Database.DataFolder, "*.unfinished-*", SearchOption.AllDirectories));

        await office.ReleaseAsync("第3版です。");
        Assert.Equal(kept.AnswersJson, (await office.Db.PublishedCases.AsNoTracking().SingleAsync(c => c.CaseId == cases[0].Id && c.Revision.No == 3)).AnswersJson);
        Assert.DoesNotContain(Secret, string.Join('\n', await office.Db.AuditTrail.Where(e => e.Verb == "case-redacted").Select(e => e.Reason).ToListAsync()), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_planned_release_goes_out_at_its_time_once_and_tells_the_division(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.ReadyAsync("道の清掃");
        var planned = await PlanAsync(office, office.Now.AddHours(2));
        Assert.Contains("いまより後", (await Assert.ThrowsAsync<Refusal>(() => PlanAsync(office, office.Now))).Message, StringComparison.Ordinal);
        Assert.Empty(await office.Db.DueToReleaseAsync(office.Now));
        Assert.Null(await ReleaseAsync(office, planned.Id));

        office.Clock.Now += TimeSpan.FromHours(3);
        Assert.Equal([planned.Id], await office.Db.DueToReleaseAsync(office.Now));
        Assert.Equal(1, (await ReleaseAsync(office, planned.Id))!.No);
        Assert.Null(await ReleaseAsync(office, planned.Id));
        var mail = await office.Db.Outbox.AsNoTracking().SingleAsync(m => m.Kind == MailKind.ReleaseDone);
        Assert.Equal(("coordinator@pref.kumamoto.example", $"/staff/editions/ps/{Office.Year}"), (mail.To, mail.Page));
        Assert.Contains("第1版", mail.Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_planned_release_that_an_error_holds_back_publishes_nothing_and_says_why_by_mail(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.ReadyAsync("道の清掃");
        var planned = await PlanAsync(office, office.Now.AddHours(2));
        // Changed after its approval: an error.
        await office.Db.Cases.Where(c => c.Id == cases[0].Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1));
        office.Clock.Now += TimeSpan.FromHours(3);
        Assert.Null(await ReleaseAsync(office, planned.Id));
        Assert.Empty(await office.Db.Revisions.ToListAsync());
        var kept = await office.Db.ScheduledReleases.AsNoTracking().SingleAsync();
        Assert.Equal(ScheduleStatus.Refused, kept.Status);
        var mail = await office.Db.Outbox.AsNoTracking().SingleAsync(m => m.Kind == MailKind.ReleaseRefused);
        Assert.Contains(kept.Problem!, mail.Body, StringComparison.Ordinal);
        Assert.Empty(await office.Db.DueToReleaseAsync(office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_plan_can_be_moved_and_called_off(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.ReadyAsync("道の清掃");
        await PlanAsync(office, office.Now.AddHours(2));
        var moved = await PlanAsync(office, office.Now.AddHours(4));
        office.Clock.Now += TimeSpan.FromHours(3);
        Assert.Empty(await office.Db.DueToReleaseAsync(office.Now));
        await using var db = office.OpenAnother();
        var waiting = (await db.ScheduledAsync("ps", Office.Year))!;
        Assert.Equal(moved.Id, waiting.Id);
        Assert.NotNull(waiting.WhyNotCancel(office.Respondent));
        waiting.Cancel(office.Coordinator, office.Now);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        office.Clock.Now += TimeSpan.FromHours(3);
        Assert.Empty(await office.Db.DueToReleaseAsync(office.Now));
        Assert.Throws<Refusal>(() => waiting.Cancel(office.Coordinator, office.Now));
    }

    private static async Task<ScheduledRelease> PlanAsync(Office office, DateTimeOffset at)
    {
        await using var db = office.OpenAnother();
        return await db.ScheduleAsync(await office.NotedAsync(db), new ReleaseWish(), withPdf: false, at, office.Coordinator, office.Now);
    }

    private static async Task<Revision?> ReleaseAsync(Office office, long id)
    {
        await using var db = office.OpenAnother();
        return await db.ReleaseScheduledAsync(id, office.Shelf, Releases.WriteFiles, office.Now);
    }

    private static async Task<IReadOnlyList<Revision>> RedactAsync(Office office, string id, RedactionWish wish)
    {
        await using var db = office.OpenAnother();
        return await db.RedactAsync(id, wish, office.Shelf, Releases.WriteFiles, office.Coordinator, office.Now);
    }

    // The other case names the same partner, and keeps it.
    private static string OnlyOf(string id, string text) =>
        text.StartsWith('{') && JsonNode.Parse(text) is { } json && (json["cases"] ?? json["事例"])?.AsArray() is { } cases
            ? string.Join('\n', cases.Where(c => (c!["case_id"] ?? c["ID"])!.GetValue<string>() == id).Select(c => c!.ToJsonString(Json.Plain)))
        : string.Join("\r\n", text.Split("\r\n").Where(line => line.Contains(id, StringComparison.Ordinal)));
}

using System.IO.Compression;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Rounds;

/// <summary>What goes out with a round, when it goes out, and what is asked and told about it.</summary>
public sealed class RoundSendingTests
{
    private static readonly ILookup<long, string> NoAddresses = Array.Empty<string>().ToLookup(_ => 0L);
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

    [Fact]
    public async Task A_round_that_has_no_number_yet_is_not_sent()
    {
        await using var office = await Office.OpenAsync();
        var open = await office.RoundAsync();
        var draft = Office.Draft(open.Programme, open.Inquiries.Select(i => i.Unit), office.Coordinator, office.Now);
        office.Db.Add(draft);
        Assert.Contains("保存", Assert.Throws<Refusal>(() => draft.Open(office.Coordinator, office.Now, NoAddresses)).Message, StringComparison.Ordinal);
        await office.Db.SaveChangesAsync();
        draft.Open(office.Coordinator, office.Now, NoAddresses);
        Assert.DoesNotContain(await office.Db.Outbox.Select(m => m.Once).ToListAsync(), once => once.StartsWith("round-open/0/", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_planned_round_is_sent_at_its_time_and_once_however_many_try(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var draft = await DraftAsync(office);
        var at = office.Now.AddHours(20);
        draft.Schedule(at, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await Round.DueToSendAsync(office.Db, at.AddMinutes(-1)));
        Assert.False(await SendAsync(office, draft.Id, at.AddMinutes(-1)));
        Assert.Equal([draft.Id], await Round.DueToSendAsync(office.Db, at));

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SendAsync(office, draft.Id, at))));
        Assert.Single(tries, sent => sent);
        await using var db = office.OpenAnother();
        var round = await db.Rounds.WithInquiries().SingleAsync(r => r.Id == draft.Id);
        Assert.Equal((RoundStatus.Open, at, (DateTimeOffset?)null), (round.Status, round.OpenedAt, round.SendAt));
        Assert.All(round.Inquiries, i => Assert.Equal(InquiryStatus.Sent, i.Status));
        Assert.Equal(1, await db.Outbox.CountAsync(m => m.Once.StartsWith($"round-open/{draft.Id}/") && m.To.StartsWith("doboku@")));
        Assert.Equal(office.Coordinator.Name, await db.AuditTrail.Where(e => e.Verb == "round-open" && e.Subject == $"round/{draft.Id}").Select(e => e.PersonName).SingleAsync());
    }

    [Fact]
    public async Task Until_its_time_a_planned_round_keeps_its_text_and_can_be_moved_or_called_off()
    {
        await using var office = await Office.OpenAsync();
        var draft = await DraftAsync(office);
        Assert.Throws<Refusal>(() => draft.Schedule(office.Now, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => draft.Schedule(JapanTime.At(Office.Due.AddDays(1), 9), office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => draft.Schedule(office.Now.AddHours(1), office.Respondent, office.Now));
        draft.Schedule(office.Now.AddHours(1), office.Coordinator, office.Now);
        draft.Schedule(office.Now.AddHours(2), office.Coordinator, office.Now);
        Assert.Contains("予約", draft.WhyNotChange(office.Coordinator), StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => draft.Unschedule(office.Respondent, office.Now));
        draft.Unschedule(office.Coordinator, office.Now);
        Assert.Null(draft.WhyNotChange(office.Coordinator));
        Assert.Throws<Refusal>(() => draft.Unschedule(office.Coordinator, office.Now));
        await office.Db.SaveChangesAsync();
        Assert.Empty(await Round.DueToSendAsync(office.Db, office.Now.AddDays(1)));
    }

    [Fact]
    public async Task A_planned_round_whose_sender_may_no_longer_send_stays_a_draft_and_says_why()
    {
        await using var office = await Office.OpenAsync();
        var draft = await DraftAsync(office);
        draft.Schedule(office.Now.AddHours(1), office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        await office.Db.Set<Appointment>().Where(a => a.PersonId == office.Coordinator.PersonId && a.Role == Role.Coordinator).ExecuteDeleteAsync();
        Assert.False(await SendAsync(office, draft.Id, office.Now.AddHours(1)));
        await using var db = office.OpenAnother();
        var round = await db.Rounds.SingleAsync(r => r.Id == draft.Id);
        Assert.Equal((RoundStatus.Draft, (DateTimeOffset?)null), (round.Status, round.SendAt));
        Assert.Contains("協働の担当課だけ", round.SendProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_attached_is_told_by_the_bytes()
    {
        await using var office = await Office.OpenAsync();
        var (draft, files) = (await DraftAsync(office), new RoundFiles(office.Database.DataFolder));
        Task AttachAsync(string name, byte[] bytes, Actor? by = null) => files.AttachAsync(draft, name, bytes, by ?? office.Coordinator, office.Now);
        await AttachAsync("..\\..\\要領\u0007.exe", Pdf);
        Assert.Equal(("要領.pdf", "application/pdf"), (draft.Attachments[0].Name, draft.Attachments[0].MediaType));
        await AttachAsync("記入例.docx", OfficeFile("word/document.xml"));
        await AttachAsync("図.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0]);
        foreach (var (name, bytes) in new[]
        {
            ("図.png", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()), ("要領.pdf", "<html>"u8.ToArray()), ("表.xlsx", OfficeFile("xl/workbook.xml", "xl/vbaProject.bin")), ("箱.xlsx", OfficeFile("a.txt")),
            ("半分.docx", OfficeFile("word/document.xml")[..40]), ("空.pdf", []), ("大.pdf", [.. Pdf, .. new byte[RoundFiles.MostBytes]]),
        })
            await Assert.ThrowsAsync<Refusal>(() => AttachAsync(name, bytes));
        await Assert.ThrowsAsync<Refusal>(() => AttachAsync("別.pdf", Pdf, office.Respondent));
        Assert.Contains("もう添付", (await Assert.ThrowsAsync<Refusal>(() => AttachAsync("記入例.docx", OfficeFile("word/document.xml")))).Message, StringComparison.Ordinal);
        Assert.Equal(3, draft.Attachments.Count);
        await office.Db.SaveChangesAsync();
        Assert.All(draft.Attachments, one => Assert.Matches("^[0-9a-f]{32}$", one.StoredAs));
        Assert.Equal(Pdf, await File.ReadAllBytesAsync(files.PathOf(draft.Attachments[0])!));

        static byte[] OfficeFile(params string[] parts)
        {
            using var stream = new MemoryStream();
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var part in parts.Prepend("[Content_Types].xml"))
                    zip.CreateEntry(part);
            }
            return stream.ToArray();
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_round_before_gives_its_targets_its_attachments_and_its_days_moved_to_office_days(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var before = await office.RoundAsync();
        var (doboku, kankyo) = (before.Inquiries.Single(i => i.Unit.Code == "doboku"), before.Inquiries.Single(i => i.Unit.Code == "kankyo"));
        var nosei = await office.UnitAsync("nosei", "農政部");
        var road = await office.UnitAsync("road", "道路整備課", doboku.Unit);
        doboku.Relay([road], null, null, office.Respondent, office.Now, NoAddresses);
        kankyo.PassOn(nosei, "担当が違います。", office.OtherRespondent, office.Now, []);
        await office.Db.SaveChangesAsync();
        office.Db.ChangeTracker.Clear();

        var next = await office.Db.PrepareAsync("ps", Office.Year.Next, Phase.StartOfYear, asBefore: true, office.Coordinator, office.Now);
        Assert.Equal(["doboku", "nosei"], next.Inquiries.Select(i => i.Unit.Code).Order());
        // 25 May 2008 is a Sunday, 1 June 2008 too, and 15 June.
        Assert.Equal((new DateOnly(2008, 5, 26), new DateOnly(2008, 6, 2), new DateOnly(2008, 6, 16)), (next.Due, next.LastNew, next.LastCorrection));
        await new RoundFiles(office.Database.DataFolder).AttachAsync(next, "要領.pdf", Pdf, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        next.Describe(next.Title, next.Letter with { Number = "第1号", Date = Kyodo.Core.Tests.World.Office.Opened }, next.Due, next.LastNew, next.LastCorrection, office.Coordinator, office.Now);
        var third = await office.Db.PrepareAsync("ps", new FiscalYear(2009), Phase.StartOfYear, asBefore: true, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        var shared = Assert.Single(third.Attachments);
        Assert.Equal(next.Attachments.Single().StoredAs, shared.StoredAs);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_question_about_the_round_is_answered_to_the_one_who_asked(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        Assert.Throws<Refusal>(() => new RoundQuestion(inquiry, " ", false, office.Respondent, office.Now, []));
        Assert.Throws<Refusal>(() => new RoundQuestion(inquiry, "対象ですか。", false, office.OtherRespondent, office.Now, []));
        var question = new RoundQuestion(inquiry, "市町村との共催は対象ですか。", isAnonymous: true, office.Respondent, office.Now, ["coordinator@pref.kumamoto.example"]);
        office.Db.Add(question);
        await office.Db.SaveChangesAsync();
        var asked = await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.QuestionAsked);
        Assert.Equal(("coordinator@pref.kumamoto.example", $"/staff/rounds/{inquiry.RoundId}/questions"), (asked.To, asked.Page));
        Assert.Contains("市町村との共催は対象ですか。", asked.Body, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => question.Reply("はい。", office.Respondent, office.Now, []));
        Assert.Throws<Refusal>(() => question.Reply("", office.Coordinator, office.Now, []));
        question.Reply("対象です。", office.Coordinator, office.Now, ["doboku@pref.kumamoto.example"]);
        await office.Db.SaveChangesAsync();
        var answered = await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.QuestionAnswered);
        Assert.Contains("対象です。", answered.Body, StringComparison.Ordinal);
        Assert.Equal($"/staff/cases/{inquiry.Id}", answered.Page);
        inquiry.Round.Close(office.Coordinator, office.Now);
        Assert.NotNull(RoundQuestion.WhyNotAsk(inquiry, office.Respondent));
    }

    [Fact]
    public async Task The_notice_of_results_goes_out_once_and_after_publication()
    {
        await using var office = await Office.OpenAsync();
        var round = await office.RoundAsync();
        var addresses = await office.Db.MailAddressesAsync(Role.Respondent, round.Inquiries.Select(i => i.UnitId), Office.Opened);
        Assert.Contains("文書番号", round.WhyNotNotify(isPublished: true, office.Coordinator), StringComparison.Ordinal);
        round.WriteNotice(round.Letter with { Number = "第45号", Body = "公表しました。" }, office.Coordinator, office.Now);
        Assert.Contains("公表していません", round.WhyNotNotify(isPublished: false, office.Coordinator), StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => round.Notify(true, office.Respondent, office.Now, addresses));
        round.Notify(true, office.Coordinator, office.Now, addresses);
        await office.Db.SaveChangesAsync();
        Assert.Equal(["doboku", "doboku-approver", "kankyo"], (await office.Db.Outbox.Where(m => m.Once.StartsWith("round-notice/")).Select(m => m.To).ToListAsync()).Select(to => to.Split('@')[0]).Order());
        Assert.Throws<Refusal>(() => round.Notify(true, office.Coordinator, office.Now, addresses));
        Assert.Throws<Refusal>(() => round.WriteNotice(round.Notice, office.Coordinator, office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_second_answer_of_a_year_updates_the_first(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var first = await office.InquiryAsync(programme: "zero-budget");
        var (kept, changed) = (await office.WriteCaseAsync(first, title: "変わらない事業"), await office.WriteCaseAsync(first, title: "変わる事業"));
        office.Submit(first, await office.CasesAsync(first)).Approve(office.Approver, office.Now);
        first.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        async Task<IEnumerable<string>> PublishableAsync() => (await office.Db.CompileAsync("zero-budget", Office.Year)).Publishable.Select(c => c.Case.Title).Order(StringComparer.Ordinal);
        Assert.Equal(2, (await PublishableAsync()).Count());

        // The sample's round is of the start of the year; the second one of the two is whichever is sent later.
        var again = new Round(first.Round.Programme, Office.Year, Phase.BudgetDrafting, office.Coordinator, office.Now);
        again.Describe("もう一度", first.Round.Letter, Office.Due, Office.LastNew, Office.LastCorrection, office.Coordinator, office.Now);
        again.Ask([first.Unit], office.Coordinator, office.Now);
        office.Db.Add(again);
        await office.Db.SaveChangesAsync();
        Assert.Equal(2, (await PublishableAsync()).Count());
        again.Open(office.Coordinator, office.Now, NoAddresses);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await PublishableAsync());
        var second = again.Inquiries.Single();
        Assert.Equal([kept.Id, changed.Id], (await office.CasesAsync(second)).Select(c => c.Id).OrderBy(id => id != kept.Id));
        changed.Edit(changed.Answers.With("purpose", "目的を書き直した。"), second, changed.Version, "web", office.Respondent, office.Now);
        office.Submit(second, await office.CasesAsync(second)).Approve(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await PublishableAsync());
        second.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal(["変わらない事業", "変わる事業"], await PublishableAsync());
    }

    private static async Task<bool> SendAsync(Office office, long id, DateTimeOffset now)
    {
        await using var db = office.OpenAnother();
        return await Round.SendScheduledAsync(db, id, now);
    }

    private static async Task<Round> DraftAsync(Office office)
    {
        var open = await office.RoundAsync();
        var draft = Office.Draft(open.Programme, open.Inquiries.Select(i => i.Unit), office.Coordinator, office.Now);
        office.Db.Add(draft);
        await office.Db.SaveChangesAsync();
        return draft;
    }
}

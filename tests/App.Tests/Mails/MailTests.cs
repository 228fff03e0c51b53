using System.Security.Cryptography.X509Certificates;
using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Mails;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace Kyodo.App.Tests.Mails;

/// <summary>Mails against a real server: each arrives once, whatever server and clock do, and what cannot arrive is said in words.</summary>
public sealed class MailTests
{
    private static readonly DateTimeOffset Morning = JapanTime.At(new DateOnly(2026, 5, 11), 10);

    [Theory, ClassData(typeof(EngineData))]
    public async Task Two_nodes_that_send_at_once_send_each_mail_once(Engine engine)
    {
        await using var office = await MailOffice.BeginAsync(engine);
        await office.QueueAsync(60);
        await using var server = new SmtpServer { Slowness = TimeSpan.FromMilliseconds(5) };
        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => office.Node(server.Port).SendWaitingAsync(CancellationToken.None))));
        Assert.Equal(60, sent.Sum());
        Assert.Equal(60, server.Mails.Select(m => m.To).Distinct().Count());
        Assert.Equal(60, server.Mails.Count);
        Assert.Equal(60, await office.CountAsync(MailStatus.Sent));
        Assert.True(server.Connections <= 3, $"{server.Connections} connections for three nodes");
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_node_that_died_leaves_its_mails_to_the_next_when_its_lease_has_run_out(Engine engine)
    {
        await using var office = await MailOffice.BeginAsync(engine);
        await office.QueueAsync(3);
        await using (var db = office.Open())
            Assert.Equal(3, (await db.LeaseMailsAsync("dead", office.Clock.Now, TimeSpan.FromMinutes(10), 20)).Count);
        await using var server = new SmtpServer();
        Assert.Equal(0, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        office.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal(3, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        Assert.Equal(3, server.Mails.Count);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Who_has_lost_the_lease_cannot_mark_the_mail(Engine engine)
    {
        await using var office = await MailOffice.BeginAsync(engine);
        await office.QueueAsync(1);
        await using var db = office.Open();
        var slow = Assert.Single(await db.LeaseMailsAsync("slow", office.Clock.Now, TimeSpan.FromMinutes(1), 20));
        office.Clock.Now += TimeSpan.FromMinutes(2);
        var quick = Assert.Single(await db.LeaseMailsAsync("quick", office.Clock.Now, TimeSpan.FromMinutes(1), 20));
        Assert.False(await db.MarkSentAsync(slow, office.Clock.Now));
        Assert.False(await db.KeepLeaseAsync(slow, office.Clock.Now, TimeSpan.FromMinutes(1)));
        await db.MarkRefusedAsync(slow, "no", forGood: true, office.Clock.Now);
        Assert.Equal(0, await office.CountAsync(MailStatus.Dead));
        Assert.True(await db.MarkSentAsync(quick, office.Clock.Now));
        Assert.False(await db.MarkSentAsync(quick, office.Clock.Now));
    }

    [Fact]
    public async Task A_node_that_is_stopped_in_the_middle_finishes_its_mail_and_puts_the_rest_back()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(10);
        using var stop = new CancellationTokenSource();
        await using var server = new SmtpServer();
        server.Answer = (step, _) =>
        {
            if (step == "END" && server.Mails.Count == 3)
                stop.Cancel();
            return null;
        };
        Assert.Equal(4, await office.Node(server.Port).SendWaitingAsync(stop.Token));
        Assert.Equal(6, await office.CountAsync(MailStatus.Waiting));
        Assert.Equal(6, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        Assert.Equal(10, server.Mails.Select(m => m.To).Distinct().Count());
        Assert.Equal(10, server.Mails.Count);
    }

    [Fact]
    public async Task While_the_server_is_down_mails_wait_and_no_attempt_is_counted()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(2);
        int port;
        await using (var gone = new SmtpServer())
            port = gone.Port;
        for (var minutes = 0; minutes < 30; minutes++)
        {
            Assert.Equal(0, await office.Node(port).SendWaitingAsync(CancellationToken.None));
            office.Clock.Now += TimeSpan.FromMinutes(2);
        }
        await using (var db = office.Open())
        {
            var mail = await db.Outbox.FirstAsync();
            Assert.Equal((MailStatus.Waiting, 0), (mail.Status, mail.Attempts));
            Assert.Contains("つながりません", mail.LastError, StringComparison.Ordinal);
        }
        await using var server = new SmtpServer(port);
        Assert.Equal(2, await office.Node(port).SendWaitingAsync(CancellationToken.None));
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_a_dead_letter_at_once_and_holds_up_nobody()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(3);
        await using var server = new SmtpServer { Answer = (step, line) => step == "RCPT" && line.Contains("person-1@", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null };
        Assert.Equal(2, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        await using var db = office.Open();
        var dead = await db.Outbox.Dead().SingleAsync();
        Assert.Equal("person-1@unit.example", dead.To);
        Assert.Contains("宛先が受け取られませんでした（550", dead.LastError, StringComparison.Ordinal);
        office.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(0, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));

        server.Answer = (_, _) => null;
        var coordinator = new Actor(1, "協働 花子", [new Duty(Role.Coordinator, 1)]);
        dead.Retry(coordinator, office.Clock.Now);
        await db.SaveChangesAsync();
        Assert.Equal(1, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        Assert.Equal(3, await office.CountAsync(MailStatus.Sent));
    }

    [Fact]
    public async Task What_is_refused_for_now_is_tried_again_later_and_later_and_then_is_dead()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(1);
        await using var server = new SmtpServer { Answer = (step, _) => step == "RCPT" ? "451 4.3.0 try later" : null };
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt < OutboxMail.MostAttempts; attempt++)
        {
            await office.Node(server.Port).SendWaitingAsync(CancellationToken.None);
            await using var db = office.Open();
            var mail = await db.Outbox.SingleAsync();
            Assert.Equal((MailStatus.Waiting, attempt), (mail.Status, mail.Attempts));
            waits.Add(mail.NextAttemptAt!.Value - office.Clock.Now);
            office.Clock.Now = mail.NextAttemptAt.Value;
        }
        Assert.Equal(waits.Order(), waits);
        Assert.True(waits[^1] > 100 * waits[0]);
        await office.Node(server.Port).SendWaitingAsync(CancellationToken.None);
        Assert.Equal(1, await office.CountAsync(MailStatus.Dead));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData("END")]
    public async Task A_connection_that_breaks_in_the_middle_is_opened_again(string step)
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(5);
        var broken = 0;
        await using var server = new SmtpServer();
        server.Answer = (at, _) => at == step && server.Mails.Count == 2 && broken++ == 0 ? "" : null;
        Assert.Equal(5, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        Assert.Equal(5, server.Mails.Select(m => m.To).Distinct().Count());
        Assert.Equal((5, 2), (server.Mails.Count, server.Connections));
    }

    [Fact]
    public async Task Japanese_arrives_as_it_was_written_and_dots_stay_dots()
    {
        await using var office = await MailOffice.BeginAsync();
        var (subject, body) = ("【照会】令和8年度 協働事業（髙橋・﨑村・𠮷野）について――至急", "土木部 ご担当者様\n\n.\n..点で始まる行\n吉と𠮷、①、〜、㈱\nURL");
        await office.QueueAsync(new Mail("taro@unit.example", subject, body, "once"));
        await using var server = new SmtpServer();
        await office.Node(server.Port).SendWaitingAsync(CancellationToken.None);
        var message = Assert.Single(server.Mails).Message;
        Assert.Equal(subject, message.Subject);
        Assert.Equal(body, message.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("partnership@pref.example", ((MailboxAddress)Assert.Single(message.ReplyTo)).Address);
        Assert.StartsWith("outbox-", message.MessageId, StringComparison.Ordinal);
        Assert.EndsWith("@pref.example", message.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_name_begins_a_header_of_its_own()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(new Mail("taro@unit.example", "件名\r\nBcc: everyone@evil.example\u0000\u2028X: y", "本文", "subject"));
        await office.QueueAsync(new Mail("a@unit.example\r\nRCPT TO:<b@evil.example>", "件名", "本文", "address"));
        await office.QueueAsync(new Mail("a@unit.example>\nBcc: b@evil.example", "件名", "本文", "address-2"));
        await using var server = new SmtpServer();
        Assert.Equal(1, await office.Node(server.Port).SendWaitingAsync(CancellationToken.None));
        var message = Assert.Single(server.Mails).Message;
        Assert.Empty(message.Bcc);
        Assert.DoesNotContain(message.Headers, header => header.Field is "Bcc" or "X");
        Assert.Equal("taro@unit.example", Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal(2, await office.CountAsync(MailStatus.Dead));
    }

    [Fact]
    public async Task Links_begin_with_the_public_address_and_are_left_out_where_there_is_none()
    {
        await using var office = await MailOffice.BeginAsync();
        var words = new Dictionary<string, string> { ["日付"] = "令和8年5月11日", ["まとめ"] = $"なし{MailText.LinkPlace}{{リンク}}" };
        await office.QueueAsync(new Mail("taro@unit.example", MailKind.Digest, words, "with"), new MailPlace("/staff/rounds", null, null));
        await office.QueueAsync(new Mail("taro@unit.example", "件名", "リンクの場所がない本文", "without"), new MailPlace("/staff/cases/12", 1, 12));
        await using var server = new SmtpServer();
        await office.Node(server.Port, ("Kyodo:PublicUrl", "https://kyodo.pref.example/")).SendWaitingAsync(CancellationToken.None);
        var bodies = server.Mails.Select(m => m.Message.TextBody!.ReplaceLineEndings("\n")).ToList();
        // The word of a user neither makes a link nor moves it.
        Assert.Contains("なし{リンク}\n", bodies[0], StringComparison.Ordinal);
        Assert.EndsWith("照会の一覧: https://kyodo.pref.example/staff/rounds", bodies[0].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("\n\nhttps://kyodo.pref.example/staff/cases/12", bodies[1].TrimEnd(), StringComparison.Ordinal);

        await office.QueueAsync(new Mail("taro@unit.example", MailKind.Digest, words, "again"), new MailPlace("/staff/rounds", null, null));
        await office.Node(server.Port).SendWaitingAsync(CancellationToken.None);
        Assert.DoesNotContain("照会の一覧", server.Mails[2].Message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_it_is_trusted_by_name()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(1);
        await using var server = new SmtpServer(certificate: SmtpServer.MakeCertificate());
        Assert.Equal(0, await office.Node(server.Port, ("Mail:Tls", "starttls"), ("Mail:Host", "localhost")).SendWaitingAsync(CancellationToken.None));
        await using (var db = office.Open())
            Assert.Contains("証明書を信頼できません", (await db.Outbox.SingleAsync()).LastError, StringComparison.Ordinal);
        var trusted = Path.Combine(office.Database.DataFolder, "ca.pem");
        await File.WriteAllTextAsync(trusted, server.Certificate!.ExportCertificatePem());
        office.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(1, await office.Node(server.Port, ("Mail:Tls", "starttls"), ("Mail:Host", "localhost"), ("Mail:Ca", trusted)).SendWaitingAsync(CancellationToken.None));
        Assert.True(Assert.Single(server.Mails).Encrypted);

        // The same authority does not vouch for another name.
        await office.QueueAsync(1, "other");
        await using var other = new SmtpServer(certificate: SmtpServer.MakeCertificate("mail.elsewhere.example"));
        var both = Path.Combine(office.Database.DataFolder, "both.pem");
        await File.WriteAllTextAsync(both, other.Certificate!.ExportCertificatePem());
        Assert.Equal(0, await office.Node(other.Port, ("Mail:Tls", "starttls"), ("Mail:Host", "localhost"), ("Mail:Ca", both)).SendWaitingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_server_without_encryption_is_not_used_where_encryption_is_asked_for()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(1);
        await using var server = new SmtpServer();
        Assert.Equal(0, await office.Node(server.Port, ("Mail:Tls", "starttls")).SendWaitingAsync(CancellationToken.None));
        await using var db = office.Open();
        Assert.Contains("STARTTLS", (await db.Outbox.SingleAsync()).LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Tls", "always", "Mail:Tls")]
    [InlineData("Mail:Port", "smtp", "Mail:Port")]
    [InlineData("Mail:From", "nobody", "Mail:From")]
    [InlineData("Mail:From", "a@b.example\r\nBcc: c@d.example", "Mail:From")]
    [InlineData("Mail:ReplyTo", "a b c", "Mail:ReplyTo")]
    [InlineData("Mail:User", "kyodo", "Mail:User")]
    [InlineData("Mail:Ca", "no-such.pem", "Mail:Ca")]
    [InlineData("Kyodo:PublicUrl", "javascript:alert(1)", "Kyodo:PublicUrl")]
    public async Task A_wrong_setting_is_named_and_mails_wait(string key, string value, string named)
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(1);
        var node = office.Node(2525, (key, value));
        Assert.Contains(named, node.WhyNotSend, StringComparison.Ordinal);
        Assert.Equal(0, await node.SendWaitingAsync(CancellationToken.None));
        Assert.Equal(1, await office.CountAsync(MailStatus.Waiting));
    }

    [Fact]
    public async Task In_a_folder_each_mail_is_one_file_with_its_calendar()
    {
        await using var office = await MailOffice.BeginAsync();
        await office.QueueAsync(new Mail("taro@unit.example", "件名", "本文", "one") { Calendar = () => "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" });
        Assert.Equal(1, await office.Node(2525, ("Mail:Folder", "mail")).SendWaitingAsync(CancellationToken.None));
        var message = await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(Path.Combine(office.Database.DataFolder, "mail"), "*.eml")));
        var calendar = Assert.IsType<TextPart>(Assert.Single(message.Attachments));
        Assert.Equal(("text/calendar", "deadline.ics", "PUBLISH"), (calendar.ContentType.MimeType, calendar.FileName, calendar.ContentType.Parameters["method"]));
        Assert.StartsWith("BEGIN:VCALENDAR", calendar.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_mail_says_what_is_wrong()
    {
        await using var office = await MailOffice.BeginAsync();
        await using var server = new SmtpServer();
        await office.Node(server.Port).SendTestAsync("operator@pref.example");
        Assert.Equal("operator@pref.example", Assert.Single(server.Mails).To);
        server.Answer = (step, _) => step == "RCPT" ? "550 no" : null;
        Assert.Contains("550", (await Assert.ThrowsAsync<Refusal>(() => office.Node(server.Port).SendTestAsync("operator@pref.example"))).Message, StringComparison.Ordinal);
    }

    /// <summary>An outbox, and as many programs that send from it as a test wants.</summary>
    private sealed class MailOffice : IAsyncDisposable
    {
        private readonly TestDatabase _database;

        private MailOffice(TestDatabase database, Clock clock) => (_database, Clock) = (database, clock);

        public Clock Clock { get; }

        public Database Database => _database.Database;

        public static async Task<MailOffice> BeginAsync(Engine engine = Engine.Sqlite)
        {
            var clock = new Clock(Morning);
            return new MailOffice(await TestDatabase.MigratedAsync(engine, clock), clock);
        }

        public AppDb Open() => _database.Open();

        public MailSender Node(int port, params (string Key, string Value)[] settings)
        {
            var all = new Dictionary<string, string?>
            {
                ["Mail:Host"] = "127.0.0.1",
                ["Mail:Port"] = $"{port}",
                ["Mail:Tls"] = "none",
                ["Mail:From"] = "kyodo@pref.example",
                ["Mail:ReplyTo"] = "partnership@pref.example",
                ["Mail:TimeoutSeconds"] = "5",
            };
            foreach (var (key, value) in settings)
                all[key] = value;
            return new MailSender(Database, new ConfigurationBuilder().AddInMemoryCollection(all).Build(), Clock, NullLogger<MailSender>.Instance);
        }

        public Task QueueAsync(int count, string once = "once") => QueueAsync([.. Enumerable.Range(0, count).Select(i => new Mail($"person-{i}@unit.example", $"{i}通目", "本文", once))], default);

        public Task QueueAsync(Mail mail, MailPlace place = default) => QueueAsync([mail], place);

        public async Task<int> CountAsync(MailStatus status)
        {
            await using var db = Open();
            return (await db.Outbox.ToListAsync()).Count(m => m.Status == status);
        }

        public async ValueTask DisposeAsync() => await _database.DisposeAsync();

        private async Task QueueAsync(IReadOnlyList<Mail> mails, MailPlace place)
        {
            await using var db = Open();
            foreach (var mail in mails)
            {
                var text = mail.Kind is { } kind ? MailKinds.DefaultOf(kind).Fill(mail.Words) : new MailText(mail.Subject, mail.Body);
                db.Outbox.Add(new OutboxMail(mail, text, place, Clock.Now));
            }
            await db.SaveChangesAsync();
        }
    }
}

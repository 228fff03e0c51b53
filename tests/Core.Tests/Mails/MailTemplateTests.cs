using System.Text;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Mails;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Mails;

public sealed class MailTemplateTests
{
    [Fact]
    public void Every_default_is_a_text_that_a_coordinator_could_have_saved()
    {
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            var text = MailKinds.DefaultOf(kind);
            Assert.Equal(text with { Body = text.Body.Trim() }, text.Checked(kind));
            Assert.Contains("{リンク}", text.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{組織}さんへ", "{締切}までに", "{締切}")]
    [InlineData("{件名}", "{理由}", "{理由}")]
    [InlineData("{リンク}", "本文", "{リンク}")]
    [InlineData("", "本文", "件名")]
    [InlineData("件名", "  ", "本文")]
    public void A_text_that_would_go_out_broken_is_refused_and_says_where(string subject, string body, string named) =>
        Assert.Contains(named, Assert.Throws<Refusal>(() => new MailText(subject, body).Checked(MailKind.Reminder)).Message, StringComparison.Ordinal);

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_rounds_own_text_comes_before_the_one_for_all_and_that_before_the_default(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        async Task<string> RemindedAsync()
        {
            office.Clock.Now += TimeSpan.FromDays(1);
            inquiry.Remind(office.Coordinator, office.Now, ["doboku@pref.kumamoto.example"]);
            await office.Db.SaveChangesAsync();
            return await office.Db.Outbox.Where(m => m.Kind == MailKind.Asked).OrderByDescending(m => m.Id).Select(m => m.Subject).FirstAsync();
        }
        async Task<MailTemplate> WriteAsync(long? round, string subject)
        {
            var template = new MailTemplate(MailKind.Asked, round);
            template.Write(new MailText(subject, "{組織}の{状態}"), office.Coordinator, office.Now);
            office.Db.Add(template);
            await office.Db.SaveChangesAsync();
            return template;
        }
        Assert.Equal("【お願い】平成19年度の照会", await RemindedAsync());
        var all = await WriteAsync(null, "全 {件名}");
        Assert.Equal("全 平成19年度の照会", await RemindedAsync());
        await WriteAsync(inquiry.RoundId + 1, "別 {件名}");
        var own = await WriteAsync(inquiry.RoundId, "この照会 {期限}");
        Assert.Equal("この照会 平成19年5月25日（金）", await RemindedAsync());
        own.GiveUp(office.Coordinator, office.Now);
        office.Db.Remove(own);
        await office.Db.SaveChangesAsync();
        Assert.Equal("全 平成19年度の照会", await RemindedAsync());
        Assert.Equal(4, await office.Db.AuditTrail.CountAsync(e => e.Verb.StartsWith("mail-template")));
        Assert.Throws<Refusal>(() => all.Write(new MailText("x", "y"), office.Respondent, office.Now));
    }

    [Fact]
    public async Task A_word_of_a_user_is_neither_placeholder_nor_link()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.AwaitingApproval);
        inquiry.MarkSentBack(office.Approver, office.Now, "{担当}と{リンク}を\uFFFCここへ", ["doboku@pref.kumamoto.example"]);
        await office.Db.SaveChangesAsync();
        var mail = await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.Returned);
        Assert.Contains("{担当}と{リンク}をここへ", mail.Body, StringComparison.Ordinal);
        Assert.Equal(1, mail.Body.Count(c => c == MailText.LinkPlace));
        Assert.Equal(($"/staff/cases/{inquiry.Id}", inquiry.RoundId, inquiry.Id), (mail.Page, mail.RoundId!.Value, mail.InquiryId!.Value));
    }

    [Fact]
    public async Task The_mail_that_sends_a_round_brings_the_deadline_for_the_calendar()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var calendar = (await office.Db.Outbox.FirstAsync(m => m.InquiryId == inquiry.Id && m.Kind == MailKind.RoundSent)).Calendar!;
        Assert.Contains($"UID:inquiry-{inquiry.Id}-430005@kyodo\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20070525\r\nDTEND;VALUE=DATE:20070526\r\n", calendar, StringComparison.Ordinal);
        var before = Sequence(calendar);
        inquiry.Receive(office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.True(Sequence(DeadlineCalendar.Of(inquiry, office.Now)) > before);
        static int Sequence(string calendar) => int.Parse(calendar.Split("SEQUENCE:")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Its_lines_are_folded_at_75_octets_and_no_character_is_cut()
    {
        await using var office = await Office.OpenAsync();
        var round = await office.RoundAsync();
        var title = string.Concat(Enumerable.Repeat("協働𠮷野a,;\\", 12));
        var draft = Office.Draft(round.Programme, [(await office.InquiryAsync()).Unit], office.Coordinator, office.Now);
        draft.Describe(title, draft.Letter, Office.Due, Office.LastNew, Office.LastCorrection, office.Coordinator, office.Now);
        office.Db.Add(draft);
        await office.Db.SaveChangesAsync();
        var calendar = DeadlineCalendar.Of(draft.Inquiries[0], office.Now, "https://kyodo.pref.example/staff/cases/1");
        Assert.All(calendar.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\uFFFD', calendar);
        Assert.DoesNotContain('\n', calendar.Replace("\r\n", "", StringComparison.Ordinal));
        var unfolded = calendar.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains($"SUMMARY:回答期限: {title.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)}（土木部）\r\n", unfolded, StringComparison.Ordinal);
    }
}

using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Readers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Readers;

public sealed class VoiceTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task What_a_reader_says_reaches_the_unit_and_its_words_stand_in_no_trail(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        await SayAsync(office, VoiceKind.WantsMore, "募集のしかたを知りたいです。");
        // A second click says nothing new; "it helped" without words counts each time.
        await SayAsync(office, VoiceKind.WantsMore, " 募集のしかたを知りたいです。\r\n");
        await SayAsync(office, VoiceKind.Helped, "");
        await SayAsync(office, VoiceKind.Helped, "");

        Assert.Equal(3, await office.Db.CaseVoices.SeenBy(office.Respondent).CountAsync());
        Assert.Equal(0, await office.Db.CaseVoices.SeenBy(office.OtherRespondent).CountAsync());
        Assert.Equal(3, await office.Db.CaseVoices.SeenBy(office.Coordinator).CountAsync());
        var trail = await office.Db.AuditTrail.Where(e => e.Verb == "voice-given").ToListAsync();
        Assert.Equal(3, trail.Count);
        Assert.All(trail, entry => Assert.Equal((null, null, "読者"), (entry.PersonId, entry.Reason, entry.PersonName)));
    }

    [Theory]
    [InlineData(null, "よい事例です。", "helped")]
    [InlineData(VoiceKind.WantsMore, " \n", "words")]
    [InlineData(VoiceKind.Helped, "long", "words")]
    public void What_cannot_be_taken_names_its_field(VoiceKind? kind, string text, string field) =>
        Assert.Equal(field, Assert.Single(CaseVoice.WhyNotSay(kind, text == "long" ? new string('長', CaseVoice.MostText + 1) : text)).Field);

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_flood_ends_at_the_days_limit_and_the_next_day_is_open(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        for (var i = 0; i < ReaderQueries.MostVoicesADay; i++)
            await SayAsync(office, VoiceKind.Helped, $"{i}");
        await Assert.ThrowsAsync<Refusal>(() => SayAsync(office, VoiceKind.Helped, "もう一つ"));
        office.Clock.Now += TimeSpan.FromDays(1.1);
        await SayAsync(office, VoiceKind.Helped, "もう一つ");
        Assert.Equal(ReaderQueries.MostVoicesADay + 1, await office.Db.CaseVoices.CountAsync());
    }

    [Fact]
    public async Task Every_verb_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        await using var office = await PublishedOffice.OpenAsync();
        foreach (var state in Enum.GetValues<VoiceStatus>())
        {
            foreach (var verb in Enum.GetValues<VoiceVerb>())
            {
                var voice = await InStateAsync(office, state);
                void Do(Actor by)
                {
                    if (verb is VoiceVerb.Read)
                        voice.MarkRead(by, office.Now);
                    else
                        voice.Handle("今年度の事例に書き足しました。", by, office.Now);
                }
                foreach (var other in new[] { office.OtherRespondent, office.Auditor, office.Administrator })
                    Assert.Throws<Refusal>(() => Do(other));
                Assert.Equal(state, voice.Status);
                if (VoiceStates.Table.After(state, verb) is { } after)
                {
                    Do(office.Respondent);
                    Assert.Equal(after, voice.Status);
                    Assert.Single(voice.TakeNotes().Happenings);
                }
                else
                {
                    Assert.Throws<Refusal>(() => Do(office.Respondent));
                    Assert.Empty(voice.TakeNotes().Happenings);
                }
                office.Db.ChangeTracker.Clear();
            }
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_unit_is_told_once_a_day_in_the_morning_of_an_office_day(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        // Friday afternoon, 11 May 2007.
        office.Clock.MoveTo(new DateOnly(2007, 5, 11), 15);
        await SayAsync(office, VoiceKind.Helped, "助かりました。");
        Assert.Equal(1, await TellAsync(office));
        await SayAsync(office, VoiceKind.Helped, "もう一つ助かりました。");
        Assert.Equal(0, await TellAsync(office));
        office.Clock.MoveTo(new DateOnly(2007, 5, 12));
        Assert.Equal(0, await TellAsync(office));
        office.Clock.MoveTo(new DateOnly(2007, 5, 14), 8);
        Assert.Equal(0, await TellAsync(office));
        office.Clock.MoveTo(new DateOnly(2007, 5, 14), 9);
        Assert.Equal(1, await TellAsync(office));
        Assert.Equal(0, await TellAsync(office));

        var mails = await office.Db.Outbox.Where(m => m.Kind == MailKind.VoicesArrived).OrderBy(m => m.Id).ToListAsync();
        // Two people answer for 土木部.
        Assert.Equal(4, mails.Count);
        Assert.All(mails, mail => Assert.Equal("/staff/voices", mail.Page));
        Assert.Contains("・道の清掃（1件）", mails[^1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("助かりました", string.Concat(mails.Select(m => m.Body)), StringComparison.Ordinal);
    }

    private static async Task SayAsync(Office office, VoiceKind kind, string text)
    {
        await using var db = office.OpenAnother();
        await db.SayAsync(await office.PublishedAsync("doboku"), kind, text, office.Now);
    }

    private static async Task<int> TellAsync(Office office)
    {
        await using var db = office.OpenAnother();
        return await db.TellOfVoicesAsync(office.Now);
    }

    private static async Task<CaseVoice> InStateAsync(Office office, VoiceStatus state)
    {
        await SayAsync(office, VoiceKind.Helped, $"{Guid.NewGuid()}");
        var voice = await office.Db.CaseVoices.OrderByDescending(v => v.Id).FirstAsync();
        if (state is VoiceStatus.Read)
            voice.MarkRead(office.Respondent, office.Now);
        else if (state is VoiceStatus.Handled)
            voice.Handle("電話で説明しました。", office.Respondent, office.Now);
        voice.TakeNotes();
        return voice;
    }
}

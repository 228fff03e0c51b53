using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Readers;

public sealed class ReleaseMailTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task All_staff_hear_of_a_release_once_and_of_the_next_with_its_erratum(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine, tellsStaff: true);
        var everybody = await office.Db.People.CountAsync();
        var first = await office.Db.Outbox.Where(m => m.Kind == MailKind.EditionReleased).ToListAsync();
        Assert.Equal(everybody, first.Count);
        Assert.Equal(everybody, first.Select(m => m.To).Distinct().Count());
        Assert.All(first, mail => Assert.Equal(("【公表】平成19年度 PSプロジェクト 事例集", "/staff/casebook/ps/2007"), (mail.Subject, mail.Page)));
        Assert.Contains("第1版、2件", first[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("訂正", first[0].Body, StringComparison.Ordinal);

        await PublishedOffice.ReleaseAsync(office, new ReleaseWish("概要の数を改めました。"));
        var all = await office.Db.Outbox.Where(m => m.Kind == MailKind.EditionReleased).OrderBy(m => m.Id).ToListAsync();
        Assert.Equal(2 * everybody, all.Count);
        Assert.Contains("訂正: 概要の数を改めました。", all[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_hears_of_a_release_that_was_switched_off_or_did_not_come_about()
    {
        await using var office = await PublishedOffice.OpenAsync(tellsStaff: false);
        await Assert.ThrowsAsync<IOException>(() => PublishedOffice.ReleaseAsync(office, new ReleaseWish("直しました。"), () => throw new IOException("No space left on device")));
        Assert.False(await office.Db.Outbox.AnyAsync(m => m.Kind == MailKind.EditionReleased));
    }
}

using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.Readers;

/// <summary>The office after its first release: 土木部 and 環境生活部 each have a published case.</summary>
internal static class PublishedOffice
{
    public static async Task<Office> OpenAsync(Engine engine = Engine.Sqlite, bool tellsStaff = false)
    {
        var office = await Office.OpenAsync(engine);
        await office.AnswerThisYearAsync("doboku", "ps", "道の清掃");
        await office.AnswerThisYearAsync("kankyo", "ps", "川の見守り");
        await ReleaseAsync(office, new ReleaseWish(TellsStaff: tellsStaff));
        return office;
    }

    public static async Task ReleaseAsync(Office office, ReleaseWish wish, Func<Task>? whileWriting = null)
    {
        await using var db = office.OpenAnother();
        await db.ReleaseAsync(await db.CompileAsync("ps", Office.Year), new EditionShelf(office.Database.DataFolder), wish, async (_, folder) =>
        {
            await (whileWriting?.Invoke() ?? Task.CompletedTask);
            await File.WriteAllTextAsync(Path.Combine(folder, "public", "note.txt"), "見本");
        }, office.Coordinator, office.Now);
    }

    extension(Office office)
    {
        public Task<PublishedCase> PublishedAsync(string unit) => office.Db.LatestCases.SingleAsync(c => c.UnitCode == unit);
    }
}

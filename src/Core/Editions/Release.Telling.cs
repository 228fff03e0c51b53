using Kyodo.Organizations;
using Kyodo.Storage;
using Kyodo.Common;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <summary>The mails stand in the release's transaction: nobody hears of a release that was not, and each hears of it once.</summary>
    private static async Task TellStaffAsync(AppDb db, Revision revision, ReleaseWish wish, DateTimeOffset now, CancellationToken stop)
    {
        if (wish.TellsStaff)
            revision.TellStaff(await db.StaffAddressesAsync(now.DayInJapan(), stop));
    }
}

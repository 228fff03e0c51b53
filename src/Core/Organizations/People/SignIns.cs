using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>Sessions begun and sign-ins that failed, with their entries in the trail.</summary>
public static class SignIns
{
    /// <summary>The session's row, the person's last sign-in and the entry, as one.</summary>
    public static async Task BeginSessionAsync(this AppDb db, string keyHash, long personId, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var person = await db.People.Include(p => p.File).FirstAsync(p => p.Id == personId, stop);
        person.Filed.SignedIn(person, now);
        db.Add(new Session(keyHash, personId, person.SecurityStamp ?? "", now));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    public static async Task NoteFailureAsync(this AppDb db, long personId, bool wasCode, bool isLocked, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var person = await db.People.Include(p => p.File).FirstAsync(p => p.Id == personId, stop);
        person.Filed.Failed(wasCode, isLocked, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}

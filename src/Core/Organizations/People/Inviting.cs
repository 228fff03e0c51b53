using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>招待 and forgotten passwords: one-time links by mail, and what comes of them.</summary>
public static class Inviting
{
    extension(AppDb db)
    {
        public DbSet<PersonLink> PersonLinks => db.Set<PersonLink>();
    }

    /// <summary>Enters somebody with their first roles and mails the link by which they set their password.</summary>
    public static async Task<Person> InviteAsync(this AppDb db, string? email, string? name, IReadOnlyList<Grant> grants, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Person? entered = null;
        await db.AloneAsync(now.DayInJapan(), async () =>
        {
            if (await db.PersonAsync(email ?? "", stop) is { } known)
                throw new Refusal($"「{known.Email}」は、{known.Name}さんとして、もう登録されています。");
            entered = db.EnterInvited(email, name, grants, by, now);
        }, stop);
        return entered!;
    }

    /// <summary>Nobody is registered by the address yet.</summary>
    internal static Person EnterInvited(this AppDb db, string? email, string? name, IReadOnlyList<Grant> grants, Actor by, DateTimeOffset now)
    {
        var (address, called) = (TextForms.Fold(email), TextForms.Clean(name).ReplaceLineEndings(" "));
        Refusal.If(PeopleRules.WhyNotAdminister(by) ?? PeopleRules.WhyNotAddress(address) ?? PeopleRules.WhyNotName(called) ?? (grants.Count == 0 ? "役割を一つは選んでください。" : null));
        var person = new Person(address, called);
        person.Note(by, now, "person-entered", called);
        db.People.Add(person);
        foreach (var grant in grants)
            person.Give(grant, by, now);
        db.Add(new PersonLink(person, LinkPurpose.Invitation, RolesOf(person), by, now));
        return person;
    }

    public static string? WhyNotInviteAgain(Person person, Actor by) =>
        PeopleRules.WhyNotAdminister(by) ?? (person.PasswordHash is null ? null : "もう招待に応じて、パスワードを決めています。忘れたときは、サインインの画面から本人が決め直せます。");

    /// <summary>A new link; the ones before open nothing any more.</summary>
    public static Task InviteAgainAsync(this AppDb db, long personId, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () =>
        {
            var person = await db.KnownAsync(personId, stop);
            Refusal.If(WhyNotInviteAgain(person, by));
            await db.RevokeLinksAsync(person, now, stop);
            db.Add(new PersonLink(person, LinkPurpose.Invitation, RolesOf(person), by, now));
        }, stop);

    /// <summary>
    /// Mails a link to whoever is registered by the address and has a role, today or later. Who asks learns nothing: neither by an answer nor by how
    /// long it takes, as the page has answered before this begins.
    /// </summary>
    public static async Task ForgetPasswordAsync(this AppDb db, string? email, DateTimeOffset now, CancellationToken stop = default)
    {
        if (!PeopleRules.IsAddress(TextForms.Fold(email)))
            return;
        var (today, hourAgo) = (now.DayInJapan(), now - TimeSpan.FromHours(1));
        await db.AloneAsync(today, async () =>
        {
            if (await db.PersonAsync(email!, stop) is not { } person || !person.Appointments.Exists(a => a.Until is null || a.Until >= today))
                return;
            if (await db.PersonLinks.CountAsync(l => l.PersonId == person.Id && l.Purpose == LinkPurpose.Forgotten && l.AskedAt > hourAgo, stop) < PersonLink.MostAnHour)
                db.Add(new PersonLink(person, LinkPurpose.Forgotten, "", Actor.Program, now));
        }, stop);
    }

    /// <summary>The link with its person, whether or not it can still be used; null where there is none.</summary>
    public static Task<PersonLink?> PersonLinkAsync(this AppDb db, string token, CancellationToken stop = default)
    {
        var hash = PersonLink.Hash(token);
        return db.PersonLinks.Include(l => l.Person).ThenInclude(p => p.File).FirstOrDefaultAsync(l => l.TokenHash == hash, stop);
    }

    /// <summary>Uses up a link: however many try at once, one of them sets the password. False where it cannot be used any more.</summary>
    public static async Task<bool> SetPasswordAsync(this AppDb db, string token, string passwordHash, DateTimeOffset now, CancellationToken stop = default)
    {
        // What was read before the lock was held may have been used since.
        db.ChangeTracker.Clear();
        var isSet = false;
        await db.AloneAsync(now.DayInJapan(), async () =>
        {
            if (await db.PersonLinkAsync(token, stop) is not { } link || !link.IsUsable(now))
                return;
            await db.RevokeLinksAsync(link.Person, now, stop);
            link.Use(now);
            link.Person.ChangePassword(passwordHash, new Actor(link.PersonId, link.Person.Name, []), now);
            isSet = true;
        }, stop);
        return isSet;
    }

    private static async Task RevokeLinksAsync(this AppDb db, Person person, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var open in await db.PersonLinks.Where(l => l.PersonId == person.Id && l.UsedAt == null && l.RevokedAt == null).ToListAsync(stop))
            open.Revoke(now);
    }

    private static string RolesOf(Person person) => string.Join('\n', person.Appointments.Select(a => $"・{a.Words}（{a.Period.Japanese}）"));
}

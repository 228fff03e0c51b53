using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>A role to be given.</summary>
public sealed record Grant(OrgUnit Unit, Role Role, Period Period)
{
    public string Words => $"{Unit.Name} {RoleNames.Of(Role)}（{Period.Japanese}）";
}

/// <summary>Who may change what people may do, and what no change may bring about.</summary>
public static class PeopleRules
{
    public const int LongestName = 60;

    public static string? WhyNotAdminister(Actor by) => by.Is(Role.Administrator) ? null : "利用者を登録し、役割を変えられるのは、管理者だけです。";

    public static string? WhyNotGive(Person person, Actor by) =>
        WhyNotAdminister(by) ?? (by.PersonId == person.Id ? "自分に役割を与えることはできません。ほかの管理者に頼んでください。" : null);

    public static string? WhyNotGive(Person person, Grant grant, Actor by, DateOnly today) =>
        WhyNotGive(person, by)
        ?? WhyNotGrant(grant, today)
        ?? (person.Appointments.Find(one => one.ActsFor is null && one.UnitId == grant.Unit.Id && one.Role == grant.Role && one.Period.Overlaps(grant.Period)) is { } twice
            ? $"{person.Name}さんは、もう{twice.Words}です（{twice.Period.Japanese}）。"
            : null);

    /// <summary>Why nobody could have the role: a period backwards or over, a unit that does not stand in it.</summary>
    public static string? WhyNotGrant(Grant grant, DateOnly today) =>
        grant.Period.IsBackwards ? "おわりの日が、はじめの日より前になっています。"
        : grant.Period.Until < today ? "おわりの日が、もう過ぎています。"
        : WhyNotStands(grant.Unit, grant.Period.From is { } from && from > today ? from : today);

    public static string? WhyNotStands(OrgUnit unit, DateOnly day) =>
        unit.StandsIn(FiscalYear.Of(day)) ? null : $"{unit.Name}は、{FiscalYear.Of(day).Japanese}にはない組織です。";

    public static bool IsAddress(string text) =>
        text.Length <= 254 && System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text && text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ','));

    public static string? WhyNotAddress(string text) => IsAddress(text) ? null : $"メールアドレス「{text}」は読めません。例: taro@pref.example.jp";

    public static string? WhyNotName(string name) => name.Length is > 0 and <= LongestName ? null : $"名前を{LongestName}字以内で書いてください。";

    /// <summary>Does a change as one, refused as a whole where it would take away the last administrator on any day to come.</summary>
    internal static async Task AloneAsync(this AppDb db, DateOnly today, Func<Task> change, CancellationToken stop)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var before = await AdministeredUntilAsync(db, today, stop);
        await change();
        await db.SaveChangesAsync(stop);
        if (await AdministeredUntilAsync(db, today, stop) is var after && after < before)
            throw new Refusal($"{PartialDate.Of(after < today ? today : after.AddDays(1)).Japanese}に、管理者が一人もいなくなります。先に、ほかの人を管理者にしてください（招待に応じた人に限ります）。");
        await transaction.CommitAsync(stop);
    }

    // An invitation that nobody has answered administers nothing.
    private static async Task<DateOnly> AdministeredUntilAsync(AppDb db, DateOnly today, CancellationToken stop) => Period.HeldUntil(
        (await db.Appointments.AsNoTracking().Where(a => a.Role == Role.Administrator && a.ActsForId == null && a.Person.PasswordHash != null).Select(a => new { a.From, a.Until }).ToListAsync(stop))
            .Select(a => new Period(a.From, a.Until)), today);
}

using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Reminders;

/// <summary>Whom one press of "remind" asks, and whom it leaves because they were asked the same day.</summary>
public sealed record Asking(IReadOnlyList<Inquiry> Now, IReadOnlyList<Inquiry> Earlier)
{
    private const string OncePerDay = "（同じ組織には1日1通までです）";

    /// <summary>What was done, once the mails are queued: it never speaks of a mail that did not go.</summary>
    public string Words =>
        Now.Count == 0 ? $"{Of(Earlier)}には、今日もうお願いのメールを送ってあります{OncePerDay}。"
        : $"{Of(Now)}に、お願いのメールを送りました" + (Earlier.Count == 0 ? $"{OncePerDay}。" : $"。{Of(Earlier)}には、今日もう送ってあります{OncePerDay}。");

    private static string Of(IReadOnlyList<Inquiry> inquiries) => inquiries is [var one] ? one.Unit.Name : $"{inquiries.Count}組織";
}

public static class Askings
{
    /// <summary>Parts the inquiries into those to ask now and those asked on this day already. Throws a <see cref="Refusal"/> where there are none.</summary>
    public static async Task<Asking> AskingAsync(this AppDb db, IReadOnlyList<Inquiry> inquiries, DateOnly today)
    {
        Refusal.If(inquiries.Count == 0 ? "催促する組織がありません。" : null);
        var keys = inquiries.Select(one => one.AskedOnce(today)).ToList();
        var asked = await db.Outbox.Where(mail => keys.Contains(mail.Once)).Select(mail => mail.Once).Distinct().ToListAsync();
        var parted = inquiries.ToLookup(one => asked.Contains(one.AskedOnce(today)));
        return new Asking([.. parted[false]], [.. parted[true]]);
    }
}

using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>A mail about one unit's inquiry, with the words that every template of an inquiry may use.</summary>
public static class InquiryMail
{
    public static Mail MailOf(this Inquiry inquiry, MailKind kind, string to, string once, DateTimeOffset now, params ReadOnlySpan<(string Name, string Word)> more)
    {
        var words = inquiry.MailWords(now.DayInJapan());
        foreach (var (name, word) in more)
            words[name] = word;
        return new Mail(to, kind, words, once);
    }

    /// <summary>The unit whose turn it is to check, is told or reminded.</summary>
    public static Mail CheckMailOf(this Inquiry inquiry, string to, string once, DateTimeOffset now) =>
        inquiry.MailOf(MailKind.CheckAsked, to, once, now, ("点検", inquiry.Checker!.Unit.Name));

    /// <summary>A reminder in the words of its kind; where the answer is written and only a check is awaited, what is asked for is the check.</summary>
    public static Mail ReminderOf(this Inquiry inquiry, MailKind kind, string to, string once, DateTimeOffset now) =>
        inquiry.Status is InquiryStatus.AwaitingCheck && kind is not MailKind.Escalation ? inquiry.CheckMailOf(to, once, now) : inquiry.MailOf(kind, to, once, now);

    public static Dictionary<string, string> MailWords(this Inquiry inquiry, DateOnly today)
    {
        var (round, letter) = (inquiry.Round, inquiry.Round.Letter);
        return new(StringComparer.Ordinal)
        {
            ["組織"] = inquiry.Unit.Name,
            ["件名"] = round.Title,
            ["制度"] = round.Programme.NameJa,
            ["年度"] = round.Year.Japanese,
            ["期限"] = $"{PartialDate.Of(inquiry.Due).Japanese}（{"日月火水木金土"[(int)inquiry.Due.DayOfWeek]}）",
            ["残り"] = (inquiry.Due.DayNumber - today.DayNumber) switch
            {
                0 => "今日まで",
                > 0 and var left => $"あと{left}日",
                var late => $"{-late}日過ぎ",
            },
            ["状態"] = InquiryStates.Name(inquiry.Status),
            ["担当"] = letter.Contact,
        };
    }
}

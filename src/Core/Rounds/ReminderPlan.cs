using System.Globalization;
using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>
/// When those who have not answered hear of it by themselves: so many days before their deadline (0 is the day itself; none is possible), and
/// their superiors so many days after it (null: never).
/// </summary>
public sealed record ReminderPlan(IReadOnlyList<int> DaysBefore, int? EscalateAfter)
{
    public const int MostDays = 60;

    private const int MostStages = 6;

    public static ReminderPlan Default { get; } = new([7, 3, 1], 3);

    /// <summary>7,3,1;3 - as the round keeps it; null is the default.</summary>
    public static ReminderPlan Parse(string? kept)
    {
        if (kept?.Split(';') is not [var days, var after])
            return Default;
        return new([.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)], after.Length == 0 ? null : Number(after));
    }

    /// <summary>Reads what a coordinator typed: 「7、3、1」; nothing for none.</summary>
    public static ReminderPlan Read(string? days, string? escalateAfter)
    {
        var before = TextForms.Fold(days).Split([',', '、', '，', ' ', '日', '前', '・'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => NumberIn(text, 0) ?? throw new Refusal($"お知らせの日「{text}」は読めません。期限の何日前かを、0から{MostDays}までの数で書いてください。例: 7、3、1"))
            .Distinct().OrderDescending().ToList();
        if (before.Count > MostStages)
            throw new Refusal($"期限前のお知らせは{MostStages}回までにしてください。");
        var after = TextForms.Fold(escalateAfter).Trim('日', ' ');
        return new(before, after.Length == 0 ? null : NumberIn(after, 1) ?? throw new Refusal($"上司へのお知らせ「{after}」は読めません。期限の何日あとかを、1から{MostDays}までの数で書いてください。知らせないときは空欄にしてください。"));
    }

    public string DaysWritten => string.Join("、", DaysBefore);

    public override string ToString() => $"{string.Join(',', DaysBefore)};{EscalateAfter}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int? NumberIn(string text, int least) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= MostDays ? number : null;
}

using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>One unit on the board.</summary>
public sealed record BoardRow(BoardUnit Unit, BoardRound Round, DateOnly Today, int Cases, int Mails, BoardPast? Past)
{
    public bool IsAwaited { get; } = InquiryStates.IsAwaited(Unit.Status);

    /// <summary>Another unit answers in its place; it counts there.</summary>
    public bool IsGone => InquiryStates.IsGone(Unit.Status);

    public bool HasArrived => Unit.Status is InquiryStatus.Answered or InquiryStatus.Accepted;

    public bool IsLate => IsAwaited && Unit.Due < Today;

    public bool IsNil => Unit.IsNil && Cases == 0;

    public bool MayBeReminded => IsAwaited && Round.Status is RoundStatus.Open;

    /// <summary>Which part of the bar it counts in: late before its state, and 該当なし once it has arrived.</summary>
    public string Segment =>
        IsLate ? "overdue"
        : IsNil && HasArrived ? "nil"
        : InquiryStatusTagHelper.ClassOf(Unit.Status);

    /// <summary>Whole days from sending to the receipt; null before it.</summary>
    public int? ReceivedAfter => DaysTo(Unit.ReceivedAt);

    public int? AnsweredAfter => DaysTo(Unit.AnsweredAt);

    public string LastTouch => Unit.Status is InquiryStatus.Sent || Unit.TouchedAt is not { } touched ? "―" : touched.JapaneseMinute();

    /// <summary>Does it belong to what is looked for: a segment, <c>late</c> or <c>awaited</c>, and words in the unit's name?</summary>
    public bool Fits(string? state, string wanted) =>
        state switch
        {
            null or "" => true,
            "late" => IsLate,
            "awaited" => IsAwaited,
            _ => Segment == state,
        }
        && (wanted.Length == 0 || TextForms.Key(Unit.Name + Unit.ParentName).Contains(wanted, StringComparison.Ordinal));

    private int? DaysTo(DateTimeOffset? then) => then is { } at && Round.OpenedAt is { } opened ? Math.Max(0, at.DayInJapan().DayNumber - opened.DayInJapan().DayNumber) : null;
}

/// <summary>One part of the summary bar.</summary>
public sealed record BoardSegment(string Key, string Word, int Count, int From)
{
    public static IReadOnlyList<(string Key, string Word)> InOrder { get; } =
    [
        ("overdue", "期限超過"), ("returned", "差戻し"), ("not-started", "未着手"), ("received", "受取"), ("answering", "回答中"), ("awaiting", "決裁待ち"), ("checking", "点検待ち"),
        ("answered", "回答済み"), ("nil", "該当なし"), ("accepted", "受理"), ("passed-on", "移送"),
    ];
}

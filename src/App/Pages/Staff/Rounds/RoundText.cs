using Kyodo.Common;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>A round's letter and dates as they were typed.</summary>
public sealed class RoundText
{
    public string? Title { get; set; }

    public string? Number { get; set; }

    public string? Date { get; set; }

    public string? Sender { get; set; }

    public string? Officer { get; set; }

    public string? Extension { get; set; }

    public string? Body { get; set; }

    public string? Due { get; set; }

    public string? LastNew { get; set; }

    public string? LastCorrection { get; set; }

    public static RoundText Of(Round round)
    {
        var text = Of(round.Letter);
        (text.Title, text.Due, text.LastNew, text.LastCorrection) = (round.Title, Write(round.Due), Write(round.LastNew), Write(round.LastCorrection));
        return text;
    }

    public static RoundText Of(Letter letter) => new()
    {
        Number = letter.Number,
        Date = Write(letter.Date ?? default),
        Sender = letter.Sender,
        Officer = letter.Officer,
        Extension = letter.Extension,
        Body = letter.Body,
    };

    public Letter Letter() => new()
    {
        Number = Number ?? "",
        Date = Read([new("日付", Date, "r-date")])[0] is { } date && date != default ? date : null,
        Sender = Sender ?? "",
        Officer = Officer ?? "",
        Extension = Extension ?? "",
        Body = Body ?? "",
    };

    /// <summary>A blank last day is the one before it.</summary>
    public (DateOnly Due, DateOnly LastNew, DateOnly LastCorrection) Dates()
    {
        var dates = Read([new("日付", Date, "r-date"), new("回答期限", Due, "r-due"), new("新しい回答の最終日", LastNew, "r-last-new"), new("修正の最終日", LastCorrection, "r-last-correction")]);
        var (due, lastNew, lastCorrection) = (dates[1], dates[2], dates[3]);
        if (lastNew == default)
            lastNew = due;
        return (due, lastNew, lastCorrection == default ? lastNew : lastCorrection);
    }

    public IEnumerable<(string Name, string Typed, string Saved)> Differing(RoundText saved)
    {
        (string Name, string? Typed, string? Saved)[] fields =
        [
            ("件名", Title, saved.Title), ("文書番号", Number, saved.Number), ("日付", Date, saved.Date), ("発信者", Sender, saved.Sender), ("担当者", Officer, saved.Officer),
            ("内線", Extension, saved.Extension), ("本文", Body, saved.Body), ("回答期限", Due, saved.Due), ("新しい回答の最終日", LastNew, saved.LastNew), ("修正の最終日", LastCorrection, saved.LastCorrection),
        ];
        return fields.Select(f => (f.Name, TextForms.Clean(f.Typed), TextForms.Clean(f.Saved))).Where(f => f.Item2 != f.Item3);
    }

    private static string Write(DateOnly day) => day == default ? "" : PartialDate.Of(day).Japanese;

    private static List<DateOnly> Read((string Name, string? Text, string Field)[] fields)
    {
        var problems = new List<Problem>();
        var dates = new List<DateOnly>();
        foreach (var (name, text, field) in fields)
        {
            var isDay = PartialDate.TryParse(text, out var date) && date.Day is not null;
            if (!isDay && !string.IsNullOrWhiteSpace(text))
                problems.Add(new Problem(Severity.Error, $"{name}「{text}」は日付として読めません。例: 平成20年4月25日、H20.4.25、2008-04-25", Field: field));
            dates.Add(isDay ? date.Earliest : default);
        }
        return problems.Count == 0 ? dates : throw new Refusal("保存できません。次のところを直してください。", problems);
    }
}

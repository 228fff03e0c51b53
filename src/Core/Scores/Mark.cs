namespace Kyodo.Scores;

/// <summary>What one side said to one criterion: a step of the scale, 該当なし, 判断できない, or nothing yet.</summary>
public readonly record struct Mark(char Sign)
{
    public static Mark None { get; } = new(' ');

    public static Mark NotApplicable { get; } = new('n');

    public static Mark CannotJudge { get; } = new('u');

    public static Mark Of(int score) => new((char)('0' + score));

    public int? Score => Sign is >= '1' and <= '9' ? Sign - '0' : null;

    public bool IsGiven => Sign is not ' ';

    public string Name => Sign switch
    {
        'n' => "該当なし",
        'u' => "判断できない",
        ' ' => "",
        _ => Sign.ToString(),
    };

    /// <summary>A mark as a form or a file gives it; null where it is none of this scale's.</summary>
    public static Mark? Read(string? text, Scale scale) => text switch
    {
        null or "" => None,
        "n" => NotApplicable,
        "u" => CannotJudge,
        [var digit] when digit >= '1' && digit - '0' <= scale.Max => new Mark(digit),
        _ => null,
    };
}

/// <summary>
/// A side's marks in the order of its sheet's criteria, one character each: figures over ten thousand evaluations read nothing else.
/// </summary>
public static class Marks
{
    public static Mark At(string marks, int place) => place < marks.Length ? new Mark(marks[place]) : Mark.None;

    public static string With(string marks, int place, Mark mark)
    {
        var signs = marks.PadRight(place + 1).ToCharArray();
        signs[place] = mark.Sign;
        return new string(signs);
    }
}

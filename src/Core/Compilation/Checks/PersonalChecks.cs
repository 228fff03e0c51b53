using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Compilation.Checks;

/// <summary>What looks like something about a private person in what everybody will read. A look is asked for, never a change made.</summary>
internal static partial class PersonalChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("personal", Severity.Warning, one => Found(one, "0@", Contact(), "個人の連絡先のように見える")),
        new("home-address", Severity.Warning, one => Found(one, "市区町村", HomeAddress(), "住所の番地のように見える")),
        new("personal-name", Severity.Warning, one => Found(one, "様氏", Named(), "個人の名前のように見える")),
    ];

    // Most texts have none of the letters without which nothing can be found: the expression, slow in long Japanese text, is not tried on them.
    private static IEnumerable<(string Message, string? Field)> Found(CheckedCase one, string anyOf, Regex looksLike, string what)
    {
        foreach (var text in one.PublicTexts.Where(t => t.Folded.AsSpan().IndexOfAny(anyOf) >= 0))
        {
            if (looksLike.Match(text.Folded) is { Success: true } found)
                yield return ($"公表される「{text.Question.LabelJa}」に、{what}「{found.Value}」があります。", text.Question.Key);
        }
    }

    // Mobile numbers and the mail services that people use at home.
    [GeneratedRegex(@"0[789]0[- ]?\d{4}[- ]?\d{4}|(?<![a-z0-9.+_-])[a-z0-9.+_-]{1,64}@(gmail|yahoo|outlook|hotmail|icloud|docomo|ezweb|softbank|i\.softbank|au)\.[a-z.]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Contact();

    // 〇〇市△△1-2-3, 〇〇町大字△△12番地: a place name that runs into a house number. A year span (H14-18) has no place before it, a telephone number begins with 0.
    [GeneratedRegex(@"[市区町村][^\s、。,()「」\d]{1,12}[1-9]\d{0,3}(番地|番\d{1,3}号|丁目\d{1,3}(番|-\d)|-\d{1,4}-\d{1,4}|-\d{1,4}(?![\d人名年月日]))", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex HomeAddress();

    // A name of two to four Chinese letters before 氏 or 様; words for many people (皆様, お客様, 各位) and offices are none.
    [GeneratedRegex(@"(?<![一-龠々ぁ-んァ-ヶー])(?!(皆|客|奥|神|仏|各|同|両|王|殿|先|多|一|模|仕|有|異|今|別|地域|住民|利用|参加|子供|生徒|児童|学生|患者|農家|業者|会員|職員|市民|県民|町民|村民|読者|源|平|摂|彼|某))[一-龠々]{2,4}(様(?![式々相子])|氏(?![名神族子]))", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Named();
}

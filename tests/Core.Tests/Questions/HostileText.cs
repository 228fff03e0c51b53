using CsCheck;

namespace Kyodo.Core.Tests.Questions;

/// <summary>Texts as nobody means them and somebody sends them.</summary>
internal static class HostileText
{
    public static IReadOnlyList<string> Known { get; } =
    [
        "\0", "a\0b", "\u0001\u0002\u001b[31m", "\uD83D", "\uDE00\uD83D", "\uFFFE\uFFFF", "\u202Eevil\u202C", "\u200B\u200D\uFEFF", "שלום عليكم", "😀👨‍👩‍👧‍👦🇯🇵",
        "'; DROP TABLE cases; --", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "{{7*7}}", "../../etc/passwd", "%00%0a", "\r\n\r\n", "﷽㌖㍿㍻",
        "e" + new string('\u0301', 2000), new string('あ', 34_000), new string('9', 100_000), new string('(', 5000), string.Concat(Enumerable.Repeat("a=", 5000)),
        string.Concat(Enumerable.Repeat("H19=1、", 5000)), new string('\n', 100_000), "999999999999億円", "-0", "1e999", "９９９９９９９９９９９９９９９９９９９９", "H99.99.99",
        "9999-99-99", "https://", "http://[", "https://a" + new string('/', 5000), "javascript:alert(1)", "a: b=c=d", "：（）＝",
    ];

    public static Gen<string> Any { get; } = Gen.OneOf(
        Gen.String,
        Gen.String["\0\t\n\r ,、=:：()（）.-/年月日度平成令元HR0123456789千円あ亜\uD83D\uDE00\u202E"],
        OneOf([.. Known]));

    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}

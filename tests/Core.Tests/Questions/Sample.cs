using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Core.Tests.Questions;

/// <summary>A question of each type, and the year they are asked in.</summary>
internal static class Sample
{
    public static readonly ReadingContext Context = new(new FiscalYear(2007),
        [new(1, "取組みの計画段階への参画", false), new(2, "事業協定", false), new(3, "共催", false), new(7, "その他", true)],
        ["熊本市", "八代市", "山鹿市", "菊池市"]);

    public static Question Of(string type) => new()
    {
        Key = "asked",
        Type = type,
        LabelJa = "設問",
        LabelEn = "Question",
        Needed = true,
        Unit = type == "number" ? "人" : null,
        Choices = type is "choice" or "many choices" ? ["環境", "福祉", "まちづくり"] : [],
    };

    public static IReadOnlyList<string> Types { get; } =
    [
        "short text", "long text", "choice", "many choices", "number", "amount", "budget", "date", "period", "place", "unit and contact", "form",
        "partner list", "roles", "indicator series", "addresses", "file", "computed",
    ];

    public static PartTexts Texts(params (string Suffix, string Text)[] parts)
    {
        var texts = new PartTexts();
        foreach (var (suffix, text) in parts)
            texts[suffix] = text;
        return texts;
    }
}

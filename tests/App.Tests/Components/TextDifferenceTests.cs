using CsCheck;
using Kyodo.App.Components;
using Xunit;

namespace Kyodo.App.Tests.Components;

public sealed class TextDifferenceTests
{
    [Fact]
    public void One_word_that_changed_is_shown_within_what_stayed() =>
        Assert.Equal("県道の[-清掃-][+除草+]と花植えを年[-6-][+12+]回行う。", Shown("県道の清掃と花植えを年6回行う。", "県道の除草と花植えを年12回行う。"));

    [Fact]
    public void Two_changes_apart_are_two() =>
        Assert.Equal("[+毎月、+]ボランティアと職員が公園を掃除する[-。以上-]。", Shown("ボランティアと職員が公園を掃除する。以上。", "毎月、ボランティアと職員が公園を掃除する。"));

    [Fact]
    public void Texts_with_next_to_nothing_in_common_stand_whole()
    {
        Assert.True(TextDifference.Between("道の清掃", "港の夜市").IsWhole);
        Assert.Equal("[+新しい+]", Shown("", "新しい"));
        Assert.Equal("同じ", Shown("同じ", "同じ"));
    }

    [Fact]
    public void What_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new_one()
    {
        string[] words = ["県道", "の", "清掃", "ボランティア", "、", "12", "回", "\n", "𠮷野", "を", "する", "NPO"];
        var text = Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 40].Select(string.Concat);
        Gen.Select(text, text).Sample((before, after) =>
        {
            var pieces = TextDifference.Between(before, after).Pieces;
            Assert.Equal(before, string.Concat(pieces.Where(p => p.Kind is not TextPieceKind.Come).Select(p => p.Text)));
            Assert.Equal(after, string.Concat(pieces.Where(p => p.Kind is not TextPieceKind.Gone).Select(p => p.Text)));
        }, iter: 500);
    }

    private static string Shown(string before, string after) => string.Concat(TextDifference.Between(before, after).Pieces.Select(p => p.Kind switch
    {
        TextPieceKind.Gone => $"[-{p.Text}-]",
        TextPieceKind.Come => $"[+{p.Text}+]",
        _ => p.Text,
    }));
}

using CsCheck;
using Kyodo.Search;
using Xunit;

namespace Kyodo.Core.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("道路清掃", "道路 路清 清掃 掃")]
    [InlineData("ＮＰＯ法人", "npo 法人 人")]
    [InlineData("ﾛｰﾄﾞ・ｸﾘｰﾝ", "ロー ード ドク クリ リー ーン ン")]
    [InlineData("平成19年度（2007年度）", "平成 成 19 年度 度 2007 年度 度")]
    [InlineData("!? 😀 「」", "")]
    public void Text_is_cut_into_pairs_and_whole_words(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', SearchText.Tokens(text).Select(token => token.Text)));

    [Theory]
    [InlineData("道路の清掃をしたい", "\"道路\" \"路の\" \"の清\" \"清掃\" \"掃を\"")]
    [InlineData("まちづくり", "\"まち\" \"ちづ\" \"づく\" \"くり\"")]
    [InlineData("道", "\"道\"*")]
    [InlineData("npo", "\"npo\"*")]
    [InlineData("\" OR 1=1 --", "\"or\" \"1\"")]
    public void Grammar_is_left_out_of_queries_that_hold_anything_better(string query, string terms) =>
        Assert.Equal(terms, string.Join(' ', QueryWords.Of(query).Terms));

    [Fact]
    public void A_phrase_is_looked_for_as_it_stands() =>
        Assert.Equal(["\"法人 人 npo\""], QueryWords.Of("「法人NPO」").Phrases);

    [Fact]
    public void No_input_becomes_syntax_of_the_index() =>
        Gen.String.Sample(text => Assert.All(QueryWords.Of(text).Terms.Concat(QueryWords.SingleCharacters(text)), term =>
            Assert.DoesNotContain('"', term.TrimEnd('*')[1..^1])));

    [Fact]
    public void A_highlight_changes_no_text() =>
        Gen.Select(Gen.String, Gen.String).Sample((query, text) =>
        {
            var highlight = new Highlight(query);
            Assert.Equal(text, string.Concat(highlight.Of(text).Select(piece => piece.Text)));
            highlight.Snippet(text, 20);
        });

    [Theory]
    [InlineData("道路", "県の道路を守る", "県の[道路]を守る")]
    [InlineData("ロードクリーン", "ロード・クリーンの会", "[ロード・クリーン]の会")]
    [InlineData("道", "県の道路", "県の[道]路")]
    [InlineData("ＮＰＯ", "NPO法人", "[NPO]法人")]
    public void The_words_of_the_query_are_marked(string query, string text, string marked) =>
        Assert.Equal(marked, string.Concat(new Highlight(query).Of(text).Select(piece => piece.IsMarked ? $"[{piece.Text}]" : piece.Text)));
}

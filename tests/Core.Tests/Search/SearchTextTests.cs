using CsCheck;
using Kyodo.Search;
using Xunit;

namespace Kyodo.Core.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("道路清掃", "道路 路清 清掃 掃")]
    [InlineData("ＮＰＯ法人", "npo 法人 人")]
    [InlineData("平成19年度（2007年度）", "平成 成 19 年度 度 2007 年度 度")]
    [InlineData("1,000人", "1000 人")]
    [InlineData("!? 😀 「」", "")]
    public void Text_is_cut_into_pairs_and_whole_words(string text, string terms) => Assert.Equal(terms, string.Join(' ', TermsOf(text)));

    [Theory]
    [InlineData("ﾛｰﾄﾞ・ｸﾘｰﾝ", "ロードクリーン")]
    [InlineData("ボランテイア", "ボランティア")]
    [InlineData("ぼらんてぃあ", "ボランティア")]
    [InlineData("サーバー", "サーバ")]
    [InlineData("が", "か\u3099")]
    [InlineData("國學院", "国学院")]
    [InlineData("㈱", "(株)")]
    [InlineData("ヴァイオリン", "ブアイオリン")]
    [InlineData("阿蘇ヶ岳", "阿蘇ケ岳")]
    public void What_is_written_in_two_ways_is_one(string one, string other) => Assert.Equal(FoldedText.Of(one).Chars.ToString(), FoldedText.Of(other).Chars.ToString());

    [Theory]
    [InlineData("ビール", "ビル")]
    [InlineData("病院", "美容院")]
    public void What_is_two_words_stays_two(string one, string other) => Assert.NotEqual(FoldedText.Of(one).Chars.ToString(), FoldedText.Of(other).Chars.ToString());

    [Theory]
    [InlineData("道路の清掃をしたい", "道路 路の の清 清掃 掃を")]
    [InlineData("まちづくり", "まち ちづ づく くり")]
    [InlineData("道", "道*")]
    [InlineData("npo", "npo*")]
    [InlineData("\" OR 1=1 --", "or 1")]
    public void Grammar_is_left_out_of_queries_that_hold_anything_better(string query, string terms) =>
        Assert.Equal(terms, string.Join(' ', QueryWords.Of(query).Groups.SelectMany(group => group.Terms)));

    [Theory]
    [InlineData("「道路の清掃」 花", "道路の清掃", "", 2)]
    [InlineData("『NPO法人』", "npo法人", "", 1)]
    [InlineData("清掃 -道路", "", "道路", 1)]
    [InlineData("清掃　－「花の道」", "", "花の道", 1)]
    [InlineData("A-B 二人三脚-", "", "", 2)]
    public void Quoted_words_must_stand_and_others_must_not(string query, string phrases, string excluded, int groups)
    {
        var words = QueryWords.Of(query);
        Assert.Equal((phrases, excluded, groups), (string.Join(' ', words.Phrases), string.Join(' ', words.Excluded), words.Groups.Count));
    }

    [Theory]
    [InlineData("平成19年度の清掃", "2007", "清掃")]
    [InlineData("H19", "2007", "")]
    [InlineData("ｈ１９ 清掃", "2007", "清掃")]
    [InlineData("令元 防災", "2019", "防災")]
    [InlineData("清掃 2007年度", "2007", "清掃")]
    [InlineData("2007", "2007", "")]
    [InlineData("平成19年4月の行事", "", "平成19年4月の行事")]
    [InlineData("H91", "", "H91")]
    [InlineData("9999年度", "", "9999年度")]
    public void Years_are_read_in_both_calendars(string query, string year, string rest)
    {
        var words = QueryWords.Of(query, _ => true);
        Assert.Equal((year, rest), (string.Join(' ', words.Years), string.Join(' ', words.Groups.Select(group => group.Text.Trim()))));
        Assert.Empty(QueryWords.Of(query, _ => false).Years);
    }

    [Fact]
    public void Any_text_can_be_asked_and_each_character_knows_its_place() =>
        Gen.String.Sample(text =>
        {
            QueryWords.Of(text, _ => true);
            QueryWords.SingleCharacters(text);
            var folded = FoldedText.Of(text);
            for (var i = 0; i < folded.Length; i++)
                Assert.True(folded.Start(i) >= 0 && folded.Start(i) < folded.End(i) && folded.End(i) <= text.Length);
        });

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
    [InlineData("ぼらんてぃあ", "ボランティア団体", "[ボランティア]団体")]
    [InlineData("道路の清掃", "この清い水と道路", "この清い水と[道路]")]
    public void The_words_of_the_query_are_marked(string query, string text, string marked) =>
        Assert.Equal(marked, string.Concat(new Highlight(query).Of(text).Select(piece => piece.IsMarked ? $"[{piece.Text}]" : piece.Text)));

    [Theory]
    [InlineData("volunter", "volunteer", true)]
    [InlineData("recieve", "receive", true)]
    [InlineData("npo", "ngo", true)]
    [InlineData("volunteer", "voluntary", false)]
    public void A_slip_of_the_finger_is_one_letter(string one, string other, bool isOneAway) => Assert.Equal(isOneAway, OpenIndex.IsOneAway(one, other));

    private static List<string> TermsOf(string text)
    {
        var found = new List<string>();
        var terms = new Terms(FoldedText.Of(text));
        while (terms.MoveNext())
            found.Add(terms.Text.ToString());
        return found;
    }
}

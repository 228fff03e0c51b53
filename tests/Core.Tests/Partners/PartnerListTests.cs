using System.Text;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Partners;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Partners;

/// <summary>An official list beside the register: by number, by name, and never twice.</summary>
public sealed class PartnerListTests
{
    // The kinds of trap that real lists hold: two forms of one legal form, a county before a town, a ward after a city, a bad check digit, a row twice.
    private const string List = """
        corporate_number,name,furigana,kind,city_name
        1330005010398,ＮＰＯ法人見本ほほえみの会,ミホンホホエミノカイ,その他の設立登記法人,熊本市東区
        1330005010373,一般社団法人見本子ども村,ミホンコドモムラ,その他の設立登記法人,阿蘇郡高森町
        1330005010407,一般社団法人見本改名後,ミホンカイメイゴ,その他の設立登記法人,菊池市
        2330005010407,検査数字の違う会,,その他の設立登記法人,菊池市
        1330005010398,ＮＰＯ法人見本ほほえみの会,,その他の設立登記法人,熊本市東区
        ,見本水辺の会ひろば,,,八代市
        """;

    [Theory, ClassData(typeof(EngineData))]
    public async Task Rows_are_matched_shown_and_saved_once(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.Db.EnterPartnerAsync(new("特定非営利活動法人 見本ほほえみの会", "NPO法人"), true, office.Coordinator, office.Now);
        await office.Db.EnterPartnerAsync(new("一般社団法人見本改名前", "NPO法人", "1330005010407"), true, office.Coordinator, office.Now);
        var water = await office.Db.EnterPartnerAsync(new("見本水辺の会", "ボランティア団体"), true, office.Coordinator, office.Now);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var file in new[] { Encoding.UTF8.GetBytes(List), Encoding.GetEncoding(932).GetBytes(List) })
        {
            var seen = await PartnerList.CheckAsync(office.Db, file, office.Coordinator, TestContext.Current.CancellationToken);
            Assert.Equal([ListMatch.Filled, ListMatch.New, ListMatch.Renamed, ListMatch.Wrong, ListMatch.Wrong, ListMatch.Like], seen.Rows.Select(row => row.Match));
            Assert.Equal(["熊本市", "高森町"], seen.Rows.Take(2).Select(row => row.Entry.Municipality));
            Assert.Equal([2, 3, 4, 5, 6, 7], seen.Rows.Select(row => row.Row));
            Assert.Contains("法人番号", seen.Rows[3].Wrong, StringComparison.Ordinal);
        }
        Assert.Equal(3, await office.Db.Partners.CountAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<Refusal>(() => SaveAsync(office, office.Coordinator, source: " "));
        await Assert.ThrowsAsync<Refusal>(() => SaveAsync(office, office.Auditor));
        Assert.Equal((1, 3), await SaveAsync(office, office.Coordinator, (7, water.Id)));
        await using var db = office.OpenAnother();
        var smile = await db.Partners.SingleAsync(p => p.CorporateNumber == "1330005010398", TestContext.Current.CancellationToken);
        Assert.Equal(("特定非営利活動法人 見本ほほえみの会", "熊本市", "NPO法人"), (smile.Name, smile.Municipality, smile.Kind));
        var renamed = await db.Partners.SingleAsync(p => p.CorporateNumber == "1330005010407", TestContext.Current.CancellationToken);
        Assert.Equal("一般社団法人見本改名後", renamed.Name);
        Assert.Equal("一般社団法人見本改名前", await db.PartnerNames.Where(n => n.PartnerId == renamed.Id).Select(n => n.Name).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal("見本の一覧（見本）", await db.Partners.Where(p => p.CorporateNumber == "1330005010373").Select(p => p.Source).SingleAsync(TestContext.Current.CancellationToken));
        // Once more changes nothing.
        Assert.Equal((0, 0), await SaveAsync(office, office.Coordinator, (7, water.Id)));
        Assert.Equal(4, await db.Partners.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("法人番号,所在地\n1330005010398,熊本市\n", "名称の列")]
    [InlineData("名称\n", "行がありません")]
    [InlineData("名称\n\"開いたまま\n", "CSVとして読めません")]
    public async Task A_file_that_is_no_list_is_refused(string list, string said)
    {
        await using var office = await Office.OpenAsync();
        Assert.Contains(said, (await Assert.ThrowsAsync<Refusal>(() => PartnerList.CheckAsync(office.Db, Encoding.UTF8.GetBytes(list), office.Coordinator))).Message, StringComparison.Ordinal);
    }

    private static async Task<(int, int)> SaveAsync(Office office, Actor by, (int Row, string Choice)? choice = null, string source = "見本の一覧（見本）")
    {
        await using var db = office.OpenAnother();
        return await PartnerList.SaveAsync(db, Encoding.UTF8.GetBytes(List), choice is { } one ? new Dictionary<int, string> { [one.Row] = one.Choice } : [], source, by, office.Now);
    }
}

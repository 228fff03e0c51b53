using System.Text;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Federation;
using Kyodo.Search;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Federation;

/// <summary>Other governments' editions beside our own: taken in, renewed, refused, ended.</summary>
public sealed class TakingInTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_newer_revision_takes_the_place_and_nothing_else_does(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var government = await FukuokaAsync(office);
        var files = new ForeignFiles();
        Assert.Equal(TakenIn.New, await TakeAsync(office, government, files));
        Assert.Equal(TakenIn.Unchanged, await TakeAsync(office, government, files));
        // The same revision with other words is no revision.
        files.First["title"] = "書き換えた題";
        await RefusedAsync(() => TakeAsync(office, government, files), "前に取り込んだものと違います");
        Assert.Equal("筑後川の水辺をみんなで歩く", await office.Db.FederatedCases.Select(c => c.Title).SingleAsync(TestContext.Current.CancellationToken));
        // A redaction, which the manifest tells of, may change it.
        Assert.Equal(TakenIn.Replaced, await TakeAsync(office, government, ForeignEdition.Read(files.Manifest(redacted: true), files.CasesFile, ForeignFiles.Code)));
        files.Edition["revision"] = 2;
        files.Edition["erratum"] = "題を直した。";
        Assert.Equal(TakenIn.Replaced, await TakeAsync(office, government, files));
        files.Edition["revision"] = 1;
        await RefusedAsync(() => TakeAsync(office, government, files), "古い第1版には戻せません");
        office.Db.ChangeTracker.Clear();
        var kept = await office.Db.FederatedEditions.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, "題を直した。", ForeignFiles.Code, 1), (kept.No, kept.Erratum, kept.GovernmentCode, kept.CaseCount));
        Assert.Equal("書き換えた題", await office.Db.FederatedCases.Select(c => c.Title).SingleAsync(TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task One_search_holds_all_and_tells_whose_a_case_is(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var government = await FukuokaAsync(office);
        await TakeAsync(office, government, new ForeignFiles());
        using var index = new SearchIndex(office.Database);
        var found = await index.FindAsync(new CaseQuery { Text = "水辺" }, TestContext.Current.CancellationToken);
        var card = Assert.Single(found.Page.Items);
        Assert.Equal((ForeignFiles.Code, "福岡県", "/g/400009/editions/ps/2008/cases/fkka00000001"), (card.Government, card.GovernmentName, card.Path));
        Assert.Equal(1, Assert.Single(found.Facets[Facet.Government], value => value.Value == ForeignFiles.Code).Count);
        Assert.Empty(found.Facets[Facet.Form]);
        Assert.Equal("400009.ps", Assert.Single(found.Facets[Facet.Programme]).Value);
        // Words of the answers are found too; those that were not public are not there.
        Assert.Equal(1, (await index.FindAsync(new CaseQuery { Text = "住民のほうが川を知っている" }, TestContext.Current.CancellationToken)).Page.Total);
        Assert.DoesNotContain("外に出さない", string.Join(' ', await office.Db.FederatedCases.Select(c => c.AnswersJson).ToListAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await using (var db = office.OpenAnother())
            await db.EndFederationAsync((await db.FederatedGovernmentAsync(ForeignFiles.Code, TestContext.Current.CancellationToken))!, office.Coordinator, office.Now, TestContext.Current.CancellationToken);
        await index.EnsureAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, (await index.FindAsync(new CaseQuery { Text = "水辺" }, TestContext.Current.CancellationToken)).Page.Total);
        await using (var db = office.OpenAnother())
        {
            var ended = (await db.FederatedGovernmentAsync(ForeignFiles.Code, TestContext.Current.CancellationToken))!;
            await RefusedAsync(() => db.TakeInAsync(ended, new ForeignFiles().Read(), "x", office.Coordinator, office.Now), "掲載を再開してから");
            await db.ResumeFederationAsync(ended, office.Coordinator, office.Now, TestContext.Current.CancellationToken);
        }
        await index.EnsureAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await index.FindAsync(new CaseQuery { Text = "水辺" }, TestContext.Current.CancellationToken)).Page.Total);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_look_names_what_does_not_verify_and_goes_on_with_the_rest(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var government = await FukuokaAsync(office);
        var (right, wrong, thief) = (new ForeignFiles(), new ForeignFiles().With(f => f.Edition["fiscal_year"] = 2007), new ForeignFiles().With(f => f.Edition["fiscal_year"] = 2009));
        var site = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            ["catalog.jsonld"] = Encoding.UTF8.GetBytes("""["https://x/editions/ps/2007/r1/cases.json","https://x/editions/ps/2008/r1/cases.json","https://x/editions/ps/2009/r1/cases.json"]"""),
            ["editions/ps/2007/r1/manifest.json"] = wrong.Manifest(sha256: new string('a', 64)),
            ["editions/ps/2007/r1/cases.json"] = wrong.CasesFile,
            ["editions/ps/2008/r1/manifest.json"] = right.Manifest(),
            ["editions/ps/2008/r1/cases.json"] = right.CasesFile,
            // The same case id in another edition: it would take over an address.
            ["editions/ps/2009/r1/manifest.json"] = thief.Manifest(),
            ["editions/ps/2009/r1/cases.json"] = thief.CasesFile,
        };
        ReadForeign read = (path, _, _) => site.TryGetValue(path, out var file) ? Task.FromResult(file) : throw new Refusal($"{path} がありません。");
        var looked = await office.Db.LookAtAsync(government, read, "https://x", office.Coordinator, office.Now, TestContext.Current.CancellationToken);
        Assert.Equal([null, TakenIn.New, null], looked.Select(one => one.Result));
        Assert.Contains("中身が目録と違います", looked[0].Wrong, StringComparison.Ordinal);
        Assert.Contains("もう別の事例のもの", looked[2].Wrong, StringComparison.Ordinal);
        var again = await office.Db.LookAtAsync(government, read, "https://x", office.Coordinator, office.Now, TestContext.Current.CancellationToken);
        Assert.Equal([null, TakenIn.Unchanged, null], again.Select(one => one.Result));
        Assert.Equal(1, await office.Db.FederatedEditions.CountAsync(TestContext.Current.CancellationToken));
        Assert.Contains("取り込めなかった版が2つ", (await office.OpenAnother().FederatedGovernmentAsync(ForeignFiles.Code, TestContext.Current.CancellationToken))!.Said, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_government_is_entered_once_with_a_right_code_by_those_who_may(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await RefusedAsync(() => office.Db.FederateAsync("400008", "福岡県", null, null, office.Coordinator, office.Now), "検査数字");
        await RefusedAsync(() => office.Db.FederateAsync(ForeignFiles.Code, " ", null, null, office.Coordinator, office.Now), "名前");
        await RefusedAsync(() => office.Db.FederateAsync(ForeignFiles.Code, "福岡県", "file:///etc/passwd", null, office.Coordinator, office.Now), "公表サイトの所在");
        await RefusedAsync(() => office.Db.FederateAsync(ForeignFiles.Code, "福岡県", "https://user:word@x.example/", null, office.Coordinator, office.Now), "公表サイトの所在");
        foreach (var other in new[] { office.Respondent, office.Approver, office.Auditor })
            await RefusedAsync(() => office.Db.FederateAsync(ForeignFiles.Code, "福岡県", null, null, other, office.Now), "だけです");
        await FukuokaAsync(office);
        await RefusedAsync(() => office.Db.FederateAsync(ForeignFiles.Code, "福岡県", null, null, office.Coordinator, office.Now), "もう登録されています");
        await RefusedAsync(async () => await office.Db.FederateAsync(await office.Db.HomeCodeAsync(), "自分", null, null, office.Coordinator, office.Now), "自身のもの");
    }

    private static Task<FederatedGovernment> FukuokaAsync(Office office) => office.Db.FederateAsync(ForeignFiles.Code, "福岡県", null, null, office.Coordinator, office.Now, TestContext.Current.CancellationToken);

    private static Task<TakenIn> TakeAsync(Office office, FederatedGovernment government, ForeignFiles files) => TakeAsync(office, government, files.Read());

    private static async Task<TakenIn> TakeAsync(Office office, FederatedGovernment government, ForeignEdition read)
    {
        await using var db = office.OpenAnother();
        return await db.TakeInAsync((await db.FederatedGovernmentAsync(government.Code))!, read, "files", office.Coordinator, office.Now);
    }

    private static async Task RefusedAsync(Func<Task> act, string said) => Assert.Contains(said, (await Assert.ThrowsAsync<Refusal>(act)).Message, StringComparison.Ordinal);
}

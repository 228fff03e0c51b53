using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

// 市町村の協働事例 of FY2007: the bureaus relay the round to their municipalities and check what comes up; 熊本市 is asked itself.
public sealed partial class SampleYear
{
    private const string Municipal = "municipal";
    private const string DirectlyAsked = "431001";
    private const string MunicipalRemark = "この版の事例は、すべて見本です。";

    private static readonly DateTimeOffset Relayed = At(4, 12, 10);
    private static readonly DateTimeOffset AnsweredBelow = At(4, 23, 10);
    private static readonly DateTimeOffset Checked = At(5, 8, 10);

    private async Task AskMunicipalitiesAsync()
    {
        await OpenRoundAsync(Municipal, "男パ第14号", Year, Prepared, Opened, (new DateOnly(2007, 4, 27), new DateOnly(2007, 5, 11), new DateOnly(2007, 5, 25)), "",
            which: unit => unit.Kind is OrgUnitKind.RegionalBureau || unit.Code == DirectlyAsked);
        Say("市町村が地域振興局を通して回答しています");
        var (bureaus, answers) = (await BureausAsync(), MunicipalAnswers());
        foreach (var bureau in bureaus)
        {
            var below = await RelayAsync(bureau);
            foreach (var municipality in below)
                await AnswerOneAsync(municipality, answers);
            await CheckAsync(bureau, below);
            await AnswerNilAsync(bureau, Municipal, Checked.AddHours(2));
        }
        await AnswerOneAsync(DirectlyAsked, answers);
        await CompileAndReleaseAsync(Municipal, MunicipalRemark);
    }

    private async Task<List<string>> BureausAsync()
    {
        await using var db = database.Open();
        return await db.OrgUnits.Where(u => u.Kind == OrgUnitKind.RegionalBureau).OrderBy(u => u.Order).Select(u => u.Code).ToListAsync();
    }

    private async Task<List<string>> RelayAsync(string bureau)
    {
        await using var db = database.Open();
        var inquiry = await db.Inquiries.WithWholeRound().SingleAsync(i => i.Unit.Code == bureau && i.Round.ProgrammeKey == Municipal);
        var below = await db.OrgUnits.Include(u => u.Parent).Where(u => u.ParentId == inquiry.UnitId).OrderBy(u => u.Order).ToListAsync();
        inquiry.Relay(below, "市町村で行う協働の取組みを、ふだんの呼び方のまま書いてください（見本）。", null, await RespondentAsync(db, bureau), Relayed,
            await db.MailAddressesAsync(Role.Respondent, below.Select(u => u.Id), Relayed.DayInJapan()));
        await db.SaveChangesAsync();
        return below.ConvertAll(u => u.Code);
    }

    private async Task AnswerOneAsync(string municipality, Dictionary<string, Dictionary<string, string>> answers)
    {
        if (!answers.TryGetValue(municipality, out var row))
        {
            await AnswerNilAsync(municipality, Municipal, AnsweredBelow);
            return;
        }
        await ImportAsync(municipality, Municipal, await WriteWorkbookAsync(municipality, [Municipal], Relayed, [], [row]), AnsweredBelow);
        await SubmitAsync(municipality, Municipal, AnsweredBelow.AddHours(1));
        await DecideAsync(municipality, Municipal, AnsweredBelow.AddDays(1), sendBackBecause: null);
    }

    private async Task CheckAsync(string bureau, List<string> below)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, bureau);
        foreach (var inquiry in await db.Inquiries.WithRound().Where(i => below.Contains(i.Unit.Code) && i.Round.ProgrammeKey == Municipal && i.Status == InquiryStatus.AwaitingCheck).ToListAsync())
            inquiry.Check(by, Checked);
        await db.SaveChangesAsync();
    }

    /// <summary>One case of each municipality that has one, as the texts of its workbook; all of it is invented.</summary>
    private static Dictionary<string, Dictionary<string, string>> MunicipalAnswers()
    {
        var names = SampleFiles.Csv("municipalities.csv").Where(row => row["code"].Length > 0).ToDictionary(row => row["code"], row => row["name"], StringComparer.Ordinal);
        return SampleFiles.Csv("municipal-cases.csv").ToDictionary(row => row["unit"], row =>
        {
            var name = names[row["unit"]];
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["programme"] = Municipal,
                ["title"] = row["title"],
                ["summary"] = $"{name}と{row["partner"]}が、{row["gist"]}。",
                ["place"] = name,
                ["unit_contact.unit"] = $"{name} 協働の担当課（見本）",
                ["unit_contact.phone"] = "096-000-0000",
                ["unit_contact.mail"] = $"kyodo@{row["unit"]}.example",
                ["local_form"] = row["local_form"],
                ["form.other"] = Other(row["local_form"]),
                ["partners"] = row["partner"],
                ["partners.kind"] = row["kind"],
                ["roles.government"] = $"{row["how"].Split('、')[0]}（{name}）",
                ["roles.partner"] = row["how"].Split('、')[^1],
                ["period.from"] = "平成19年4月1日",
                ["reason"] = $"{name}では、行政だけでは続けられない取組みを、{row["partner"]}の側からの申し出で始めた。",
                ["purpose"] = $"{row["gist"]}ことを、来年も続けられる形にする。",
                ["content"] = $"{row["how"]}。年度の終わりに、集まって振り返る。",
                ["theme"] = row["theme"],
                ["declared"] = "新規",
                ["spread"] = $"同じ悩みのある市町村に、{row["title"]}の段取りをそのまま渡せる。",
                ["result"] = $"{row["gain"]}（見本）。",
                ["self_check"] = "計画段階から一緒に考えた\n役割分担を文書で確認した",
            };
        }, StringComparer.Ordinal);
    }

    private static string Other(string localForm) => localForm is "人材育成" or "場の提供" or "情報交換" ? $"{localForm}（見本）" : "";
}

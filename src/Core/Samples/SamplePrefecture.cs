using System.Globalization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Programmes;
using Kyodo.Reorganizations;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

/// <summary>
/// Kumamoto Prefecture in FY2007: its units, its 48 municipalities (codes of the three that merged later are not known and stay unknown), the
/// two programmes, the recorded totals of the mission document, and invented people for every role.
/// </summary>
public static class SamplePrefecture
{
    public const string Code = "430005";
    public const string Name = "熊本県";
    public const string Password = "mihon-kyodo-2007";
    public const string Domain = "kumamoto.example";

    /// <summary>Sign-ins that the demo prints: mail address and what the person is.</summary>
    public static IReadOnlyList<(string Email, string Who)> SignIns { get; } =
    [
        ($"coordinator@{Domain}", "協働の担当課（照会・取りまとめ・公表）"),
        ($"doboku@{Domain}", "土木部の回答者（ほかの組織は 組織コード@…）"),
        ($"doboku-approver@{Domain}", "土木部の決裁者（ほかの組織は 組織コード-approver@…）"),
        ($"432148@{Domain}", "阿蘇市の回答者（阿蘇地域振興局から再照会を受ける。ほかの市町村は 団体コード@…）"),
        ($"auditor@{Domain}", "監査（読むだけ）"),
        ($"administrator@{Domain}", "管理者"),
        ($"juror@{Domain}", "審査員"),
        ($"training@{Domain}", "研修担当"),
    ];

    public static async Task EnterAsync(AppDb db, DateTimeOffset now)
    {
        db.Settings.Add(new Setting { Name = Setting.HomeGovernment, Value = Code });
        EnterGovernments(db, now);
        var units = EnterUnits(db, now);
        EnterPeople(db, units);
        db.Programmes.AddRange(BuiltInProgrammes.Enter(Actor.Program, now));
        EnterPartners(db, now);
        EnterTotals(db, now);
        await db.SaveChangesAsync();
    }

    /// <summary>The mergers of three towns into 熊本市, and a reorganisation of departments, each written and applied on its day.</summary>
    public static async Task ReorganizeAsync(AppDb db)
    {
        // The mergers are of public record. That 総合政策局 and 地域振興部 ended in March 2010 is too; into what is invented, and says so.
        (string Title, DateOnly On, ReorganizationLine[] Lines)[] changes =
        [
            ("富合町の熊本市への編入", new DateOnly(2008, 10, 6), [Into("tomiai")]),
            ("城南町・植木町の熊本市への編入", new DateOnly(2010, 3, 23), [Into("jonan"), Into("ueki")]),
            ("平成22年4月の機構改革（引き継ぐ組織は見本）", new DateOnly(2010, 4, 1),
            [
                new(ReorganizationChange.Merged, "sogoseisaku", "mihon-kikaku", "見本企画振興部（見本）"),
                new(ReorganizationChange.Merged, "chiikishinko", "mihon-kikaku", "見本企画振興部（見本）"),
                new(ReorganizationChange.Abolished, "mihon-kensho", null),
            ]),
        ];
        foreach (var (title, on, lines) in changes)
        {
            var now = JapanTime.At(on, 9);
            var by = await db.ActorAsync($"administrator@{Domain}", on);
            var change = new Reorganization(title, on, by, now);
            change.Write(title, on, lines, by, now);
            db.Add(change);
            await db.SaveChangesAsync();
            await db.ApplyReorganizationAsync(change.Id, change.RowVersion, by, now);
        }

        static ReorganizationLine Into(string town) => new(ReorganizationChange.Merged, town, "431001");
    }

    private static void EnterGovernments(AppDb db, DateTimeOffset now)
    {
        var prefecture = new Government(Code, Name, "くまもとけん", GovernmentKind.Prefecture);
        prefecture.Enter(Actor.Program, now);
        db.Governments.Add(prefecture);
        foreach (var row in SampleFiles.Csv("municipalities.csv"))
        {
            var municipality = new Government(row["code"].Length > 0 ? row["code"] : null, row["name"], row["reading"], Enum.Parse<GovernmentKind>(row["kind"]))
            {
                BureauCode = row["bureau"].Length > 0 ? row["bureau"] : null,
                LastYear = Year(row["last_year"]),
                Latitude = Number(row["latitude"]),
                Longitude = Number(row["longitude"]),
            };
            municipality.Enter(Actor.Program, now);
            db.Governments.Add(municipality);
        }
    }

    private static List<OrgUnit> EnterUnits(AppDb db, DateTimeOffset now)
    {
        var units = new List<OrgUnit>();
        foreach (var row in SampleFiles.Csv("units.csv"))
        {
            var unit = new OrgUnit(row["code"], row["name"], Enum.Parse<OrgUnitKind>(row["kind"]), units.Find(u => u.Code == row["parent"]), units.Count + 1);
            unit.Enter(Actor.Program, now);
            units.Add(unit);
        }
        units.AddRange(MunicipalitiesBelow([.. units.Where(unit => unit.Kind is OrgUnitKind.RegionalBureau)], units.Count, now));
        db.OrgUnits.AddRange(units);
        return units;
    }

    // A municipality as a unit has its six-digit code for its code. Of the three that merged later it is not known: they go by name.
    private static readonly Dictionary<string, string> Merged = new(StringComparer.Ordinal) { ["富合町"] = "tomiai", ["城南町"] = "jonan", ["植木町"] = "ueki" };

    private static IEnumerable<OrgUnit> MunicipalitiesBelow(IReadOnlyList<OrgUnit> bureaus, int order, DateTimeOffset now)
    {
        foreach (var row in SampleFiles.Csv("municipalities.csv"))
        {
            // 熊本市 answers directly: no bureau serves it.
            var bureau = bureaus.FirstOrDefault(unit => unit.Code == row["bureau"]);
            var unit = new OrgUnit(row["code"].Length > 0 ? row["code"] : Merged[row["name"]], row["name"], OrgUnitKind.Municipality, bureau, ++order);
            unit.Enter(Actor.Program, now);
            yield return unit;
        }
    }

    private static void EnterPeople(AppDb db, List<OrgUnit> units)
    {
        // One hash for all: they share the password that the demo prints, and hashing is slow on purpose.
        var hash = new PasswordHasher<Person>().HashPassword(null!, Password);
        void Enter(string name, string who, OrgUnit unit, Role role)
        {
            var email = $"{name}@{Domain}";
            var person = new Person(email, who) { PasswordHash = hash, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(), EmailConfirmed = true, LockoutEnabled = true };
            person.Appoint(unit, role);
            db.People.Add(person);
        }
        var partnership = units.Find(unit => unit.Code == "partnership")!;
        Enter("coordinator", "見本 協子（協働担当）", partnership, Role.Coordinator);
        Enter("auditor", "見本 監（監査）", partnership, Role.Auditor);
        Enter("administrator", "見本 理（管理者）", partnership, Role.Administrator);
        Enter("juror", "見本 審（審査員）", partnership, Role.Juror);
        foreach (var no in Enumerable.Range(2, 4))
            Enter($"juror-{no}", $"見本 審{no}（審査員）", partnership, Role.Juror);
        Enter("training", "見本 研（研修担当）", partnership, Role.TrainingOfficer);
        foreach (var unit in units)
        {
            Enter(unit.Code, $"見本 回（{unit.Name} 回答）", unit, Role.Respondent);
            Enter($"{unit.Code}-approver", $"見本 決（{unit.Name} 決裁）", unit, Role.Approver);
        }
    }

    // Real organisations that a source names; nothing about them is added. Others come into the register from the answers.
    private static void EnterPartners(AppDb db, DateTimeOffset now)
    {
        Partner[] named =
        [
            new("NPO法人天草元気工房", "NPO法人") { Municipality = "上天草市", Source = "http://ryugatake.net/npo/road.html" },
            new("NPO法人熊本県有機農業研究会", "NPO法人") { Source = "https://kumayuken.org/bulletin/past/No11/001opening.html" },
            new("NPO法人にしはらたんぽぽハウス", "NPO法人") { Municipality = "西原村", Source = "docsplayer.net/109790857（県の事例集の目次）" },
            new("ＮＰＯ法人自立生活支援熊本ほほえみの会", "NPO法人", "1330005010398") { Reading = "ジリツセイカツシエンクマモトホホエミノカイ", Municipality = "熊本市", Source = "国税庁法人番号公表サイト" },
            new("一般社団法人ひむき会", "公益法人等", "1330005010448") { Municipality = "熊本市", Source = "国税庁法人番号公表サイト" },
        ];
        foreach (var partner in named)
        {
            partner.Enter(Actor.Program, now, partner.Source);
            db.Partners.Add(partner);
        }
    }

    private static void EnterTotals(AppDb db, DateTimeOffset now)
    {
        const string Source = "「PSプロジェクト」及び「熊本型県民連携事業」の実施（熊本県）";
        foreach (var row in SampleFiles.Csv("recorded-totals.csv"))
        {
            var name = row["programme"] == "ps" ? "PSプロジェクト" : "県民連携事業";
            foreach (var year in Enumerable.Range(2002, 5))
            {
                var (state, count) = row[year.ToString(CultureInfo.InvariantCulture)] switch
                {
                    "―" => (CountState.NotExisting, (int?)null),
                    "…" => (CountState.NotCollected, null),
                    var number => (CountState.Recorded, int.Parse(number, CultureInfo.InvariantCulture)),
                };
                var total = new RecordedTotal(row["programme"], name, int.Parse(row["form_no"], CultureInfo.InvariantCulture), row["form"], new FiscalYear(year), state, count, Source);
                total.Publish(Actor.Program, now);
                db.RecordedTotals.Add(total);
            }
        }
        db.SeriesBreaks.Add(new SeriesBreak("ps", new FiscalYear(2005),
            "平成17年度までは、PSプロジェクトに熊本型県民連携事業の一部が含まれている。",
            "Until FY2005 the PS projects contained part of what is now the zero-budget programme."));
    }

    private static FiscalYear? Year(string text) => text.Length > 0 ? new FiscalYear(int.Parse(text, CultureInfo.InvariantCulture)) : null;

    private static decimal? Number(string text) => text.Length > 0 ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}

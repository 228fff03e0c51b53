using System.Diagnostics;
using CsCheck;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Reorganizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Reorganizations;

public sealed class ReorganizationTests
{
    private static readonly FiscalYear Year = new(2010);
    private static readonly DateOnly On = new(2010, 4, 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_merger_ends_two_units_and_begins_one_with_their_people_and_undoing_brings_all_back(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var before = await TreeAsync(office);
        var applied = await ApplyAsync(office,
            Line(ReorganizationChange.Merged, "doboku", "kendo", "県土環境部"), Line(ReorganizationChange.Merged, "kankyo", "kendo", "県土環境部"));
        await using (var db = office.OpenAnother())
        {
            var kendo = await db.OrgUnits.SingleAsync(u => u.Code == "kendo", Stop);
            Assert.Equal((Year, null), (kendo.FirstYear, kendo.LastYear));
            Assert.All(await db.OrgUnits.Where(u => u.Code == "doboku" || u.Code == "kankyo").ToListAsync(Stop), u => Assert.Equal(Year.Previous, u.LastYear));
            Assert.Equal(2, await db.UnitLineages.CountAsync(l => l.SuccessorId == kendo.Id, Stop));
            var then = await db.ActorAsync("doboku@pref.kumamoto.example", Year.Previous.Last, Stop);
            var now = await db.ActorAsync("doboku@pref.kumamoto.example", Year.First, Stop);
            Assert.False(then.Is(Role.Respondent, kendo.Id));
            Assert.True(now.Is(Role.Respondent, kendo.Id));
        }
        await UndoAsync(office, applied.Id);
        Assert.Equal(before, await TreeAsync(office));
        Assert.Contains("「準備中」のため", (await Assert.ThrowsAsync<Refusal>(() => UndoAsync(office, applied.Id))).Message, StringComparison.Ordinal);
        await using var trail = office.OpenAnother();
        Assert.Equal(["reorganization-begun", "reorganization-written", "reorganization-applied", "reorganization-undone"], await trail.AuditTrail.Where(e => e.Subject == $"reorganization/{applied.Id}").OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync(Stop));
        Assert.Null(await Kyodo.Storage.AuditEntry.FirstBreakAsync(trail, Stop));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_unit_that_another_is_merged_into_stands_on_and_stands_for_it_now(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var before = await TreeAsync(office);
        // Within a fiscal year: the old one still stands in it.
        var applied = await ApplyAsync(office, new DateOnly(2010, 10, 6), Line(ReorganizationChange.Merged, "kankyo", "doboku"));
        await using (var db = office.OpenAnother())
        {
            Assert.Equal(Year, (await db.OrgUnits.SingleAsync(u => u.Code == "kankyo", Stop)).LastYear);
            Assert.Equal(("doboku", null), ((await OrganizationNow.ReadAsync(db, Year.Next, Stop)).Of("kankyo")?.Code, (await OrganizationNow.ReadAsync(db, Year.Next, Stop)).Of("doboku")));
            Assert.Null((await OrganizationNow.ReadAsync(db, Year, Stop)).Of("kankyo"));
            Assert.True((await db.ActorAsync("kankyo@pref.kumamoto.example", new DateOnly(2010, 10, 6), Stop)).Is(Role.Respondent, (await db.OrgUnits.SingleAsync(u => u.Code == "doboku", Stop)).Id));
        }
        await UndoAsync(office, applied.Id);
        Assert.Equal(before, await TreeAsync(office));
    }

    [Fact]
    public async Task What_a_unit_became_is_followed_through_every_reorganisation_and_a_split_is_nobodys()
    {
        await using var office = await Office.OpenAsync();
        await ApplyAsync(office, Line(ReorganizationChange.Renamed, "kankyo", "kankyo-2", "環境部"));
        await ApplyAsync(office, new DateOnly(2012, 4, 1), Line(ReorganizationChange.Renamed, "kankyo-2", "kankyo-3", "くらし環境部"), Line(ReorganizationChange.Split, "doboku", "doro", "道路部"), Line(ReorganizationChange.Split, "doboku", "kasen", "河川部"));
        await using var db = office.OpenAnother();
        var now = await OrganizationNow.ReadAsync(db, new FiscalYear(2013), Stop);
        Assert.Equal(("kankyo-3", "くらし環境部"), (now.Of("kankyo")!.Code, now.Of("kankyo")!.Name));
        Assert.Null(now.Of("doboku"));
        Assert.Equal("kankyo-2", (await OrganizationNow.ReadAsync(db, new FiscalYear(2011), Stop)).Of("kankyo")!.Code);
    }

    [Fact]
    public async Task The_rehearsal_names_people_open_inquiries_and_routes_and_a_day_before_the_records()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        await using var db = office.OpenAnother();
        var route = new Kyodo.Approval.ApprovalRoute(await db.OrgUnits.SingleAsync(u => u.Code == "kankyo", Stop));
        route.Describe([new Kyodo.Approval.RouteStep("主管課", Kyodo.Approval.Seat.OtherUnit, inquiry.UnitId, [], [], NeedsAll: false)], office.Administrator, office.Now);
        db.Add(route);
        await db.SaveChangesAsync(Stop);
        var rehearsal = await db.RehearseAsync(On, [Line(ReorganizationChange.Renamed, "doboku", "kendo", "県土整備部")], Stop);
        Assert.Empty(rehearsal.Problems);
        Assert.Equal(["道路 一子", "道路 課長", "道路 課長"], rehearsal.People.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(rehearsal.People, p => Assert.Equal(["県土整備部"], p.To));
        Assert.Equal(2, rehearsal.Inquiries.Count);
        Assert.Equal("環境生活部", Assert.Single(rehearsal.Routes).Unit);
        // Its cases are of FY2007: it cannot have ended before.
        await office.WriteCaseAsync(inquiry);
        var early = await db.RehearseAsync(new DateOnly(2007, 4, 1), [Line(ReorganizationChange.Renamed, "doboku", "kendo", "県土整備部")], Stop);
        Assert.Contains(early.Problems, p => p.Message.Contains("平成19年度の事例が1件", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_verb_in_every_state_does_what_the_table_says()
    {
        await using var office = await Office.OpenAsync();
        foreach (var state in Enum.GetValues<ReorganizationStatus>())
        {
            foreach (var verb in Enum.GetValues<ReorganizationVerb>())
            {
                var change = new Reorganization("改革", On, office.Administrator, office.Now);
                change.Write("改革", On, [Line(ReorganizationChange.New, null, "new", "新")], office.Administrator, office.Now);
                typeof(Reorganization).GetProperty(nameof(Reorganization.Status))!.SetValue(change, state);
                var after = ReorganizationStates.Table.After(state, verb);
                Assert.Equal(after is null, change.WhyNot(verb, office.Administrator) is not null);
                Assert.NotNull(change.WhyNot(verb, office.Coordinator));
                if (verb is ReorganizationVerb.Apply or ReorganizationVerb.Undo)
                    continue;
                var act = () => { if (verb is ReorganizationVerb.Drop) change.Drop(office.Administrator, office.Now); else change.Write("改革", On, [], office.Administrator, office.Now); };
                if (after is null)
                    Assert.Throws<Refusal>(act);
                else
                    act();
                Assert.Equal(after ?? state, change.Status);
            }
        }
    }

    [Fact]
    public void A_file_from_excel_is_read_and_each_cell_that_is_wrong_is_named()
    {
        ReorganizationLine[] lines = [Line(ReorganizationChange.Merged, "a", "c", "丙部\"甲\"", "top"), new(ReorganizationChange.Abolished, "b", null), new(ReorganizationChange.New, null, "d", "新課", "c", OrgUnitKind.Division)];
        var text = System.Text.Encoding.UTF8.GetString(ReorganizationCsv.Write(lines));
        Assert.Equal(lines, ReorganizationCsv.Read(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(lines, ReorganizationCsv.Read(System.Text.CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(text.TrimStart('\uFEFF'))));
        // Full-width as typed, columns in another order.
        Assert.Equal([new ReorganizationLine(ReorganizationChange.Abolished, "b1", null)], ReorganizationCsv.Read("変更前コード,変更\nＢ１,廃止\n\n"u8));
        var wrong = Assert.Throws<Refusal>(() => ReorganizationCsv.Read("変更,変更前コード,種類\n吸収,a,\n廃止,b,局\n"u8));
        Assert.Equal(["2行目「変更」", "3行目「種類」"], wrong.Problems.Select(p => p.Cell));
        Assert.Throws<Refusal>(() => ReorganizationCsv.Read("コード,名称\na,b\n"u8));
        Assert.Throws<Refusal>(() => ReorganizationCsv.Read("変更\n\"廃止\n"u8));
        Assert.Throws<Refusal>(() => ReorganizationCsv.Read([0x93, 0xFA, 0xFF, 0xFE, 0x00]));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_depends_on_a_new_unit_keeps_it(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var first = await ApplyAsync(office, Line(ReorganizationChange.Renamed, "doboku", "kendo", "県土整備部"));
        await using (var db = office.OpenAnother())
        {
            db.Add(new OrgUnit("kendo-kaho", "見本課（見本）", OrgUnitKind.Division, await db.OrgUnits.SingleAsync(u => u.Code == "kendo", Stop), 50) { FirstYear = Year });
            await db.SaveChangesAsync(Stop);
        }
        Assert.Contains("1件あるため", (await Assert.ThrowsAsync<Refusal>(() => UndoAsync(office, first.Id))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_administrator_reorganizes_and_a_wrong_set_changes_nothing()
    {
        await using var office = await Office.OpenAsync();
        var before = await TreeAsync(office);
        Assert.Throws<Refusal>(() => new Reorganization("改革", On, office.Coordinator, office.Now));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => ApplyAsync(office, Line(ReorganizationChange.Abolished, "doboku", null), Line(ReorganizationChange.New, null, "doboku", "土木部")));
        Assert.Contains(refusal.Problems, p => p.Message.Contains("別のコード", StringComparison.Ordinal));
        Assert.Equal(before, await TreeAsync(office));
    }

    [Fact]
    public void Each_thing_that_is_wrong_is_told_in_a_sentence()
    {
        var department = new OrgUnit("a", "甲部", OrgUnitKind.Department, null, 1);
        OrgUnit[] units = [department, new("a-1", "一課", OrgUnitKind.Division, department, 2), new("b", "乙部", OrgUnitKind.Department, null, 3), new("young", "新部", OrgUnitKind.Department, null, 4) { FirstYear = Year }, new("gone", "旧部", OrgUnitKind.Department, null, 5) { LastYear = new FiscalYear(2005) }];
        void Says(string words, params ReorganizationLine[] lines) => Assert.Contains(ReorganizationPlan.Rehearse(On, lines, units).Problems, p => p.Message.Contains(words, StringComparison.Ordinal));
        Says("1行もありません");
        Says("めぐりめぐって", Line(ReorganizationChange.New, null, "x", "あ", "y"), Line(ReorganizationChange.New, null, "y", "い", "x"));
        Says("その下の「一課」の行がありません", Line(ReorganizationChange.Abolished, "a", null));
        Says("同じ組織の下に「乙部」が2つ", Line(ReorganizationChange.New, null, "x", "乙部"));
        Says("まだ動かせません", Line(ReorganizationChange.Renamed, "young", "x", "あ"));
        Says("平成17年度で終わっています", Line(ReorganizationChange.Renamed, "gone", "x", "あ"));
        Says("検査数字が合いません", Line(ReorganizationChange.New, null, "431002", "見本市"));
        Says("統合する組織が1つしか", Line(ReorganizationChange.Merged, "b", "x", "あ"));
        Says("分割先が1つしか", Line(ReorganizationChange.Split, "b", "x", "あ"));
        Says("の続く年度にはありません", Line(ReorganizationChange.New, null, "x", "あ", "gone"));
        Says("上の組織「none」はありません", Line(ReorganizationChange.New, null, "x", "あ", "none"));
        Assert.Empty(ReorganizationPlan.Rehearse(On, [Line(ReorganizationChange.Renamed, "a", "c", "丙部"), Line(ReorganizationChange.Moved, "a-1", "c-1", null, "a")], units).Problems);
    }

    [Fact]
    public void Five_hundred_units_are_rehearsed_within_two_seconds()
    {
        OrgUnit[] departments = [.. Enumerable.Range(0, 20).Select(i => new OrgUnit($"d{i}", $"部{i}", OrgUnitKind.Department, null, i))];
        OrgUnit[] units = [.. departments, .. Enumerable.Range(0, 480).Select(i => new OrgUnit($"u{i}", $"課{i}", OrgUnitKind.Division, departments[i % 20], 100 + i))];
        ReorganizationLine[] lines = [.. units.Select(u => Line(ReorganizationChange.Renamed, u.Code, $"{u.Code}-new", $"新{u.Name}"))];
        var watch = Stopwatch.StartNew();
        var plan = ReorganizationPlan.Rehearse(On, lines, units);
        watch.Stop();
        Assert.Empty(plan.Problems);
        Assert.Equal((500, 500), (plan.Begins.Count, plan.Ends.Count));
        TestContext.Current.TestOutputHelper?.WriteLine($"500 units: {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.ElapsedMilliseconds} ms");
    }

    /// <summary>Whatever lines are written: a set without problems leaves no ring, no two units of one name under one parent, and nobody under a unit that has ended.</summary>
    [Fact]
    public void A_set_that_may_be_applied_never_leaves_a_ring_or_an_orphan()
    {
        var line = Gen.Select(Gen.Enum<ReorganizationChange>(), Gen.Int[0, 6], Gen.Int[0, 4], Gen.Int[0, 9], (change, from, to, parent) => Line(change,
            change is ReorganizationChange.New ? null : $"u{from}",
            change is ReorganizationChange.Abolished ? null : $"n{to}",
            $"名{to}",
            parent > 8 ? null : parent > 4 ? $"n{parent - 5}" : $"u{parent}"));
        line.Array[1, 8].Sample(lines =>
        {
            var top = new OrgUnit("u0", "部0", OrgUnitKind.Department, null, 0);
            OrgUnit[] units = [top, .. Enumerable.Range(1, 3).Select(i => new OrgUnit($"u{i}", $"課{i}", OrgUnitKind.Division, top, i)), .. Enumerable.Range(4, 3).Select(i => new OrgUnit($"u{i}", $"部{i}", OrgUnitKind.Department, null, i))];
            var plan = ReorganizationPlan.Rehearse(On, lines, units);
            if (plan.Problems.Count > 0)
                return;
            var ended = plan.Ends.Select(e => e.Code).ToHashSet(StringComparer.Ordinal);
            var after = units.Where(u => !ended.Contains(u.Code)).ToDictionary(u => u.Code, u => (u.Name, Parent: u.Parent?.Code), StringComparer.Ordinal);
            foreach (var begin in plan.Begins)
                after.Add(begin.Code, (begin.Name, begin.Parent));
            Assert.Equal(after.Count, after.Values.Distinct().Count());
            foreach (var code in after.Keys)
            {
                var steps = 0;
                for (var at = after[code].Parent; at is not null; at = after[at].Parent)
                    Assert.True(steps++ < after.Count);
            }
        }, iter: 2000);
    }

    private static ReorganizationLine Line(ReorganizationChange change, string? from, string? to, string? name = null, string? parent = null) => new(change, from, to, name, parent);

    private static Task<Reorganization> ApplyAsync(Office office, params ReorganizationLine[] lines) => ApplyAsync(office, On, lines);

    private static async Task<Reorganization> ApplyAsync(Office office, DateOnly on, params ReorganizationLine[] lines)
    {
        await using var db = office.OpenAnother();
        var change = new Reorganization("平成22年4月の機構改革（見本）", on, office.Administrator, office.Now);
        change.Write(change.Title, on, lines, office.Administrator, office.Now);
        db.Add(change);
        await db.SaveChangesAsync(Stop);
        await db.ApplyReorganizationAsync(change.Id, change.RowVersion, office.Administrator, office.Now, Stop);
        return change;
    }

    private static async Task UndoAsync(Office office, string id)
    {
        await using var db = office.OpenAnother();
        await db.UndoReorganizationAsync(id, "見直しのため", office.Administrator, office.Now, Stop);
    }

    /// <summary>All units with their years and their people, as lines.</summary>
    private static async Task<IReadOnlyList<string>> TreeAsync(Office office)
    {
        await using var db = office.OpenAnother();
        var units = await db.OrgUnits.Include(u => u.Parent).OrderBy(u => u.Code).ToListAsync(Stop);
        var duties = await db.Appointments.OrderBy(a => a.UnitId).ThenBy(a => a.PersonId).ThenBy(a => a.Role).ToListAsync(Stop);
        return [.. units.Select(u => $"{u.Id} {u.Code} {u.Name} {u.Parent?.Code} {u.Order} {u.FirstYear}-{u.LastYear}"), .. duties.Select(a => $"{a.PersonId} {a.UnitId} {a.Role} {a.From} {a.Until}")];
    }
}

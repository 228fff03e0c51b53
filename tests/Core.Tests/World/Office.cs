using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.World;

/// <summary>
/// A corner of a prefectural office in spring 2007: the partnership division has asked 土木部 and 環境生活部 for their PS projects and for
/// what they do without a budget. Both have respondents and approvers.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    public static readonly FiscalYear Year = new(2007);
    public static readonly DateOnly Opened = new(2007, 4, 20);
    public static readonly DateOnly Due = new(2007, 5, 25);
    public static readonly DateOnly LastNew = new(2007, 6, 1);
    public static readonly DateOnly LastCorrection = new(2007, 6, 15);

    public static readonly IReadOnlyList<string> Municipalities = ["熊本市", "八代市", "山鹿市", "菊池市"];

    private static readonly TestDatabase.Template Prepared = new(PrepareAsync);

    private readonly TestDatabase _database;

    private Office(TestDatabase database, Clock clock)
    {
        (_database, Clock) = (database, clock);
        Db = database.Open();
    }

    public Clock Clock { get; }

    /// <summary>One open context, as one request has.</summary>
    public AppDb Db { get; }

    public DateTimeOffset Now => Clock.Now;

    public Actor Coordinator { get; private set; } = null!;

    public Actor Auditor { get; private set; } = null!;

    public Actor Administrator { get; private set; } = null!;

    /// <summary>土木部's.</summary>
    public Actor Respondent { get; private set; } = null!;

    /// <summary>土木部's approver, who also may answer there: the one who could approve their own.</summary>
    public Actor Approver { get; private set; } = null!;

    /// <summary>環境生活部's.</summary>
    public Actor OtherRespondent { get; private set; } = null!;

    public Actor OtherApprover { get; private set; } = null!;

    public static async Task<Office> OpenAsync(Engine engine = Engine.Sqlite)
    {
        var clock = new Clock(JapanTime.At(new DateOnly(2007, 5, 7), 10));
        var office = new Office(await TestDatabase.CopyAsync(Prepared, engine, clock), clock);
        office.Coordinator = await office.ActorAsync("coordinator");
        office.Auditor = await office.ActorAsync("auditor");
        office.Administrator = await office.ActorAsync("administrator");
        office.Respondent = await office.ActorAsync("doboku");
        office.Approver = await office.ActorAsync("doboku-approver");
        office.OtherRespondent = await office.ActorAsync("kankyo");
        office.OtherApprover = await office.ActorAsync("kankyo-approver");
        return office;
    }

    /// <summary>A second context, as another request has at the same time.</summary>
    public AppDb OpenAnother() => _database.Open();

    public Database Database => _database.Database;

    public Task<Actor> ActorAsync(string name) => Db.ActorAsync($"{name}@pref.kumamoto.example", Clock.Now.DayInJapan());

    /// <summary>土木部's inquiry of the PS round, unless told.</summary>
    public Task<Inquiry> InquiryAsync(string unit = "doboku", string programme = "ps", AppDb? db = null) => (db ?? Db).InquiryAsync(programme, Year, unit);

    public Task<Round> RoundAsync(string programme = "ps") => Db.Rounds.WithInquiries().OrderBy(r => r.Id).FirstAsync(r => r.ProgrammeKey == programme);

    /// <summary>A further unit, for those who relay and pass on.</summary>
    public async Task<OrgUnit> UnitAsync(string code, string name, OrgUnit? upper = null, FiscalYear? lastYear = null)
    {
        var unit = new OrgUnit(code, name, upper is null ? OrgUnitKind.Department : OrgUnitKind.Division, upper, 20) { LastYear = lastYear };
        Db.Add(unit);
        await Db.SaveChangesAsync();
        return unit;
    }

    /// <summary>Somebody who answers for a further unit.</summary>
    public static Actor RespondentOf(OrgUnit unit) => new(1000 + unit.Id, $"{unit.Name} 回答", [new Duty(Role.Respondent, unit.Id)]);

    public Task<List<Case>> CasesAsync(Inquiry inquiry) => Db.Cases.Include(c => c.Project).InReplyTo(inquiry).OrderBy(c => c.CreatedAt).ThenBy(c => c.Title).ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task PrepareAsync(Database database)
    {
        await database.MigrateAsync();
        await using var db = database.Open();
        var now = JapanTime.At(Opened, 9);
        db.Settings.Add(new Setting { Name = Setting.HomeGovernment, Value = "430005" });
        var partnership = new OrgUnit("partnership", "男女共同参画・パートナーシップ推進課", OrgUnitKind.Division, null, 1);
        var doboku = new OrgUnit("doboku", "土木部", OrgUnitKind.Department, null, 2);
        var kankyo = new OrgUnit("kankyo", "環境生活部", OrgUnitKind.Department, null, 3);
        db.AddRange(partnership, doboku, kankyo);
        db.AddRange(BuiltInProgrammes.Enter(Actor.Program, now));
        Appoint(db, "coordinator", "協働 花子", (partnership, Role.Coordinator));
        Appoint(db, "auditor", "監査 次郎", (partnership, Role.Auditor));
        Appoint(db, "administrator", "管理 三郎", (partnership, Role.Administrator));
        Appoint(db, "doboku", "道路 一子", (doboku, Role.Respondent));
        Appoint(db, "doboku-approver", "道路 課長", (doboku, Role.Approver), (doboku, Role.Respondent));
        Appoint(db, "kankyo", "環境 二郎", (kankyo, Role.Respondent));
        Appoint(db, "kankyo-approver", "環境 課長", (kankyo, Role.Approver));
        await db.SaveChangesAsync();

        var coordinator = await db.ActorAsync("coordinator@pref.kumamoto.example", Opened);
        foreach (var key in new[] { "ps", "zero-budget" })
        {
            var round = Draft(await db.ProgrammeAsync(key), [doboku, kankyo], coordinator, now);
            db.Rounds.Add(round);
            await db.SaveChangesAsync();
            round.Open(coordinator, now, await db.MailAddressesAsync(Role.Respondent, [doboku.Id, kankyo.Id], Opened));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>A round that could be sent.</summary>
    public static Round Draft(Programme programme, IEnumerable<OrgUnit> units, Actor coordinator, DateTimeOffset now)
    {
        var round = new Round(programme, Year, Phase.StartOfYear, coordinator, now);
        var letter = new Letter { Number = "男パ第12号", Date = Opened, Sender = "推進課長", Officer = "協働 花子", Extension = "5201", Body = "回答してください。" };
        round.Describe("平成19年度の照会", letter, Due, LastNew, LastCorrection, coordinator, now);
        round.Ask(units, coordinator, now);
        return round;
    }

    private static void Appoint(AppDb db, string name, string shown, params (OrgUnit Unit, Role Role)[] duties)
    {
        var person = new Person($"{name}@pref.kumamoto.example", shown);
        foreach (var (unit, role) in duties)
            person.Appoint(unit, role);
        db.Add(person);
    }
}

using System.Globalization;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Samples;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Benchmarks;

/// <summary>
/// A data folder with a round as large as they get: 60 departments with their divisions, 300 units in all, and 10,000 answers in every state.
/// People and cases come in by the verbs that everybody uses; the sign-ins are those of the demo.
/// </summary>
public static class BigOffice
{
    private const int Departments = 60;

    private static readonly string[] Things = ["川", "道", "公園", "子ども食堂", "里山", "商店街", "防災", "見守り", "花壇", "図書館", "外国語", "移動", "農地", "祭り", "介護予防"];
    private static readonly string[] Doings = ["をきれいにする活動", "を支える仕組みづくり", "の担い手育成", "の見える化", "を通じた交流", "の相談窓口", "の共同運営"];

    public static async Task MakeAsync(string folder, int units = 300, int cases = 10_000)
    {
        var now = TimeProvider.System.GetUtcNow();
        var year = FiscalYear.Of(now.DayInJapan());
        var database = new Database(folder, null);
        await database.MigrateAsync();
        await using (var db = database.Open())
        {
            await SamplePrefecture.EnterAsync(db, now);
            await EnterUnitsAsync(db, units, now);
            await OpenRoundAsync(db, year, now);
        }
        List<string> codes;
        await using (var db = database.Open())
            codes = await db.Inquiries.OrderBy(i => i.Unit.Order).Select(i => i.Unit.Code).ToListAsync();
        for (var i = 0; i < codes.Count; i++)
        {
            await AnswerAsync(database, year, codes[i], i, (cases * (i + 1) / codes.Count) - (cases * i / codes.Count), now);
            if (i % 30 == 29)
                Console.WriteLine($"{i + 1} / {codes.Count}");
        }
    }

    private static async Task EnterUnitsAsync(AppDb db, int units, DateTimeOffset now)
    {
        var hash = await db.People.Select(p => p.PasswordHash).FirstAsync();
        OrgUnit? department = null;
        for (var i = 0; i < units; i++)
        {
            var isDepartment = i % (units / Departments) == 0;
            var unit = isDepartment
                ? new OrgUnit(Invariant($"d{i:000}"), $"見本第{(i * Departments / units) + 1}部", OrgUnitKind.Department, null, 1000 + i)
                : new OrgUnit(Invariant($"d{i:000}"), $"見本第{i + 1}課", OrgUnitKind.Division, department, 1000 + i);
            department = isDepartment ? unit : department;
            unit.Enter(Actor.Program, now);
            db.OrgUnits.Add(unit);
            foreach (var (name, role) in new[] { (unit.Code, Role.Respondent), ($"{unit.Code}-approver", Role.Approver) })
            {
                var email = $"{name}@{SamplePrefecture.Domain}";
                var person = new Person(email, $"見本 {unit.Name}") { PasswordHash = hash, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(), EmailConfirmed = true };
                person.Appoint(unit, role);
                db.People.Add(person);
            }
        }
        await db.SaveChangesAsync();
    }

    private static async Task OpenRoundAsync(AppDb db, FiscalYear year, DateTimeOffset now)
    {
        var by = await CoordinatorAsync(db, now);
        var today = now.DayInJapan();
        var round = new Round(await db.ProgrammeAsync("ps"), year, Phase.StartOfYear, by, now);
        round.Describe(round.Title, new Letter { Number = "1", Date = today, Sender = "見本課長", Officer = "見本", Body = "回答してください。" }, today.AddDays(20), today.AddDays(25), today.AddDays(30), by, now);
        var asked = await db.OrgUnits.Where(u => u.Order >= 1000).OrderBy(u => u.Order).ToListAsync();
        round.Ask(asked, by, now);
        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        round.Open(by, now, await db.MailAddressesAsync(Role.Respondent, asked.Select(u => u.Id), today));
        await db.SaveChangesAsync();
    }

    // Every seventh unit has not begun; the others stand at every state on the way.
    private static async Task AnswerAsync(Database database, FiscalYear year, string unit, int order, int cases, DateTimeOffset now)
    {
        if (order % 7 == 0)
            return;
        await using var db = database.Open();
        var by = await db.ActorAsync($"{unit}@{SamplePrefecture.Domain}", now.DayInJapan());
        var inquiry = await db.InquiryAsync("ps", year, unit);
        var context = inquiry.Round.ReadingContext(await db.MunicipalityNamesAsync(year));
        var written = new List<Case>();
        // What those that have not begun do not bring, the others do.
        for (var i = 0; i < cases * 7 / 6; i++)
        {
            var one = new Case(inquiry, by, now);
            db.Cases.Add(one);
            one.Edit(Answer(inquiry.Round.Questionnaire.Questions, context, order, i), inquiry, one.Version, "web", by, now);
            written.Add(one);
        }
        if (order % 7 > 1)
        {
            var request = ApprovalRequest.Submit(inquiry, written, by, now, []);
            db.ApprovalRequests.Add(request);
            if (order % 7 > 2)
            {
                request.Approve(await db.ActorAsync($"{unit}-approver@{SamplePrefecture.Domain}", now.DayInJapan()), now);
                if (order % 7 > 4)
                    inquiry.Accept(await CoordinatorAsync(db, now), now);
            }
        }
        await db.SaveChangesAsync();
    }

    private static Answers Answer(IReadOnlyList<Question> questions, ReadingContext context, int order, int number)
    {
        var title = $"{Things[(order + number) % Things.Length]}{Doings[(order * 3 + number) % Doings.Length]} {order}-{number}（見本）";
        var texts = new Dictionary<string, string>(WorkbookImport.Row(number + 1).Texts, StringComparer.Ordinal) { ["title"] = title };
        var (answers, problems) = (Answers.None, new List<Problem>());
        foreach (var question in questions)
        {
            var parts = new PartTexts();
            foreach (var part in question.Parts)
                parts[part.Suffix] = texts.GetValueOrDefault(question.PartKey(part), "");
            if (question.Read(parts, context, problems) is { } value)
                answers = answers.With(question.Key, value);
        }
        return problems.Count == 0 ? answers : throw new InvalidOperationException(problems[0].ToString());
    }

    private static Task<Actor> CoordinatorAsync(AppDb db, DateTimeOffset now) => db.ActorAsync($"coordinator@{SamplePrefecture.Domain}", now.DayInJapan());

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using Kyodo.Common;
using Kyodo.Editions.Files;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Samples;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Benchmarks;

/// <summary>
/// Evaluations of a whole year opened at once with their invitations, 200 partners who save an answer at the same moment, and the figures over
/// ten thousand evaluations. On the embedded engine, in one process with what is measured.
/// </summary>
internal static class EvaluationLoad
{
    private const int Partners = 200;
    private const int Copies = 143;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kyodo-evaluation").FullName;
        try
        {
            var database = new Database(folder, null);
            await database.MigrateAsync();
            await new SampleYear(database, (draft, place) => EditionFiles.WriteAsync(draft, place)).CarryThroughAsync();
            await OpenAsync(database);
            await AnswerAsync(database);
            await CountAsync(database);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OpenAsync(Database database)
    {
        await using var db = database.Open();
        var now = JapanTime.At(new DateOnly(2008, 4, 1), 9);
        var by = await db.ActorAsync($"coordinator@{SamplePrefecture.Domain}", now.DayInJapan());
        var plans = new[] { await db.PlanEvaluationsAsync("ps", SampleYear.Year, EvaluationPhase.Planning), await db.PlanEvaluationsAsync("zero-budget", SampleYear.Year, EvaluationPhase.Closing) };
        var register = await db.FindOrEnterAllAsync(plans.SelectMany(plan => plan.Cases).SelectMany(one => one.Partners).Select(p => (p.Name, p.Kind, p.Number)), by, now);
        foreach (var (partner, i) in register.Values.Distinct().Select((partner, i) => (partner, i)))
            partner.Reach($"hakaru-{i}@partner.example", by, now);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var mails = await db.Outbox.CountAsync();
        var begin = Stopwatch.GetTimestamp();
        var opened = new List<Opened>();
        foreach (var (programme, phase) in new[] { ("ps", EvaluationPhase.Planning), ("zero-budget", EvaluationPhase.Closing) })
        {
            await using var one = database.Open();
            opened.Add(await one.OpenEvaluationsAsync(programme, SampleYear.Year, phase, null, new DateOnly(2008, 5, 1), new HashSet<string>(), by, now));
        }
        Say($"opening {opened.Sum(o => o.Evaluations)} evaluations with {opened.Sum(o => o.Invited)} invitations ({await db.Outbox.CountAsync() - mails} mails queued): {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.00} s");
    }

    private static async Task AnswerAsync(Database database)
    {
        await using var db = database.Open();
        var sides = await db.EvaluationSides.AsNoTracking().Where(s => s.Kind == SideKind.Partner && s.Status == SideStatus.NotStarted && s.Evaluation.Status == EvaluationStatus.Answering).OrderBy(s => s.Id).Take(Partners).ToListAsync();
        var now = JapanTime.At(new DateOnly(2008, 4, 2), 9);
        string[] nos = ["K2", "K4", "K5"];
        var times = await Task.WhenAll(sides.Select(side => Task.Run(async () =>
        {
            var taken = new List<double>();
            foreach (var no in nos)
            {
                var begin = Stopwatch.GetTimestamp();
                await using var own = database.Open();
                await own.AnswerAsync(side.Id, [new TypedMark(no, "3", "理由")], null, null, PartnerDoor.ActorFor(side.PartnerId!, side.Name), now);
                taken.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                // Somebody reads the next sentence; five seconds would be quick.
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
            return taken;
        })));
        var all = times.SelectMany(t => t).Order().ToList();
        Say($"{sides.Count} partners saving at the same moment, {all.Count} savings: p50 {all[all.Count / 2]:0} ms, p95 {all[all.Count * 95 / 100]:0} ms");
    }

    // The sample's opened evaluations, copied until there are ten thousand; the copies share cases, which the real table forbids.
    private static async Task CountAsync(Database database)
    {
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("DROP INDEX ix_evaluations_call_id_case_id");
            // Names of our own tables and columns, nothing from outside.
#pragma warning disable EF1002
            foreach (var (table, keys) in new[] { ("evaluations", new[] { "id" }), ("evaluation_sides", ["id", "evaluation_id"]) })
            {
                var names = await db.Database.SqlQueryRaw<string>($"SELECT name AS Value FROM pragma_table_info('{table}')").ToListAsync();
                var listed = string.Join(", ", names.Select(name => $"\"{name}\""));
                var opened = table == "evaluations" ? "status <> 'Answering'" : "evaluation_id IN (SELECT id FROM evaluations WHERE status <> 'Answering' AND length(id) = 12 AND id NOT LIKE '%-%')";
                var copied = string.Join(", ", names.Select(name => keys.Contains(name) ? $"substr({name}, 1, 8) || '-' || printf('%03d', n)" : $"\"{name}\""));
                await db.Database.ExecuteSqlRawAsync($"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {Copies}) INSERT INTO {table} ({listed}) SELECT {copied} FROM {table}, k WHERE {opened}");
            }
#pragma warning restore EF1002
        }
        var evaluated = new EvaluatedProjects();
        for (var run = 0; run < 4; run++)
        {
            await using var db = database.Open();
            var begin = Stopwatch.GetTimestamp();
            var judged = await evaluated.JudgedAsync(db, SampleYear.Year);
            var read = Stopwatch.GetElapsedTime(begin);
            var published = ScoreFigures.Of(judged, ScoreTable.Total, ScoreTable.Programmes);
            var counted = Stopwatch.GetElapsedTime(begin);
            var all = ScoreFigures.Of(judged, ScoreTable.Total, ScoreTable.Programmes, ScoreTable.Forms, ScoreTable.Units, ScoreTable.Kinds);
            Say($"{judged.Count} evaluations: read {read.TotalMilliseconds:0} ms, total and programmes ({published.Count} figures) {(counted - read).TotalMilliseconds:0} ms, all five tables ({all.Count} figures) {(Stopwatch.GetElapsedTime(begin) - counted).TotalMilliseconds:0} ms");
        }
    }

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));
}

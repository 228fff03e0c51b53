using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Partners;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

/// <summary>
/// A large believable data set for load tests: the sample prefecture with up to ten years of editions that nobody answered. Cases are invented,
/// say 見本, and follow from the seed alone. One edition at a time is in memory.
/// </summary>
/// <param name="writeFiles">Writes a revision's files, as for a release.</param>
public sealed class GeneratedYears(Database database, Func<RevisionDraft, string, Task> writeFiles, Action<string>? progress = null)
{
    public const string Remark = "この版の事例は、負荷を確かめるために作った見本です。実在の事業ではありません。";

    private const int FirstYear = 2007;

    public async Task EnterAsync(int cases, ulong seed, CancellationToken stop = default)
    {
        var now = At(new FiscalYear(FirstYear));
        await using (var db = database.Open())
        {
            await SamplePrefecture.EnterAsync(db, now.AddMonths(-3));
            await SamplePrefecture.ReorganizeAsync(db);
            db.Settings.Add(new Setting { Name = Setting.PublicationStamp, Value = "1" });
            await db.SaveChangesAsync(stop);
        }
        var prefecture = new GeneratedPrefecture(GeneratedWords.Read(), seed, cases);
        await EnterPartnersAsync(prefecture, now, stop);
        var years = Math.Clamp(cases / 60, 1, 10);
        var done = 0;
        foreach (var (key, share) in new[] { ("ps", 40), ("zero-budget", 60) })
        {
            var running = new List<GeneratedProject>();
            var projects = 0UL;
            var asked = key == "ps" ? cases * share / 100 : cases - (cases * (100 - share) / 100);
            for (var i = 0; i < years; i++)
            {
                var year = new FiscalYear(FirstYear + i);
                // A little more each year, and never quite evenly.
                var wanted = Share(asked, i + 1, years) - Share(asked, i, years);
                running.RemoveAll(project => project.LastYear < year.Year);
                if (running.Count > wanted)
                    running.RemoveRange(wanted, running.Count - wanted);
                while (running.Count < wanted)
                    running.Add(Begun(Dice.Mix(Dice.Mix(seed, (ulong)share), ++projects), year, isFirst: i == 0));
                await ReleaseAsync(key, year, running, prefecture, i == 0, stop);
                done += wanted;
                progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{key} {year.Year}: {wanted:N0}件（{done:N0} / {cases:N0}）"));
            }
        }
    }

    private static int Share(int cases, int years, int of)
    {
        double Weight(int n) => Enumerable.Range(0, n).Sum(i => 1 + (0.06 * i) + (0.03 * (i % 3)));
        return (int)(cases * Weight(years) / Weight(of));
    }

    private static GeneratedProject Begun(ulong seed, FiscalYear year, bool isFirst)
    {
        var dice = new Dice(Dice.Mix(seed, 5));
        var first = isFirst ? year.Year - Math.Min(dice.Below(6), dice.Below(6)) : year.Year;
        var last = year.Year + Math.Min(dice.Below(10), dice.Below(12));
        return new GeneratedProject(seed, first, Math.Max(last, first + 1));
    }

    private async Task EnterPartnersAsync(GeneratedPrefecture prefecture, DateTimeOffset now, CancellationToken stop)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        foreach (var portion in prefecture.AllPartners.Select(one => Partner.Known(one.Id, one.Name, one.Kind)).Chunk(1000))
        {
            foreach (var partner in portion)
                partner.Enter(Actor.Program, now);
            await db.InsertAsync(portion, stop);
        }
        await transaction.CommitAsync(stop);
    }

    private async Task ReleaseAsync(string key, FiscalYear year, List<GeneratedProject> projects, GeneratedPrefecture prefecture, bool isFirst, CancellationToken stop)
    {
        await using var db = database.Open();
        var programme = await db.ProgrammeAsync(key, stop);
        IReadOnlyList<PublishedForm> forms = [.. programme.Forms.Where(f => f.StandsIn(year)).OrderBy(f => f.No).Select(f => new PublishedForm(f.No, f.NameJa, f.NameEn, f.Door))];
        var questions = programme.Questionnaire.Questions.Where(q => q.Visibility is not Visibility.Secretariat).ToList();
        var revision = new Revision(key, programme.NameJa, programme.NameEn, year, 1, forms, questions)
        {
            ReleasedAt = At(year),
            Remark = Remark,
            IsLatest = true,
            CaseCount = projects.Count,
        };
        await using var transaction = await db.BeginAloneAsync(stop);
        db.Revisions.Add(revision);
        await db.SaveChangesAsync(stop);
        var cases = projects.Select(project => project.In(year, prefecture, key, forms)).OrderBy(c => c.FormNo).ThenBy(c => c.Unit.Order)
            .Select((one, order) => Freeze(revision, one, order + 1, isFirst)).ToList();
        var draft = new RevisionDraft(revision, cases, cases.ToDictionary(c => c.CaseId, _ => new JsonObject { ["self_check"] = new JsonArray("まだ点検していない") }, StringComparer.Ordinal));
        var shelf = new EditionShelf(database.DataFolder);
        var folder = shelf.Begin(revision);
        await writeFiles(draft, folder);
        revision.ManifestHash = await Manifest.WriteAsync(revision, folder, stop);
        shelf.Place(revision, folder);
        revision.NoteRelease(Actor.Program, At(year));
        await db.SaveChangesAsync(stop);
        await db.InsertAsync(cases, stop);
        await db.InsertAsync(cases.ConvertAll(one => new StaffAnswers { RevisionId = revision.Id, CaseId = one.CaseId, AnswersJson = draft.StaffAnswers[one.CaseId].ToJsonString(Json.Plain) }), stop);
        await transaction.CommitAsync(stop);
    }

    private static PublishedCase Freeze(Revision revision, GeneratedCase one, int order, bool isFirst)
    {
        var declared = one.Project.Declared(revision.Year);
        var status = declared switch { "新規" => "new", "終了" => "ended", _ => "continued" };
        return new PublishedCase
        {
            RevisionId = revision.Id,
            CaseId = one.Project.CaseId(revision.Year),
            ProjectId = one.Project.Id,
            Order = order,
            ProgrammeKey = revision.ProgrammeKey,
            Year = revision.Year,
            Title = one.Title,
            Summary = one.Summary,
            FormNo = one.FormNo,
            UnitCode = one.Unit.Code,
            UnitName = one.Unit.Name,
            UnitOrder = one.Unit.Order,
            IsBureau = one.Unit.IsBureau,
            Declared = declared,
            Lineage = isFirst ? "unknown" : status,
            Status = status,
            BudgetYen = one.BudgetYen,
            MunicipalitiesJson = JsonSerializer.Serialize(one.Municipalities, Json.Plain),
            ThemesJson = JsonSerializer.Serialize(one.Themes, Json.Plain),
            PartnersJson = JsonSerializer.Serialize(one.Partners, Json.Plain),
            AnswersJson = one.Answers.ToJsonString(Json.Plain),
        };
    }

    private static DateTimeOffset At(FiscalYear year) => JapanTime.At(new DateOnly(year.Year, 7, 1), 10);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Partners;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <param name="partnersOf">Gives those that answers name as the register has them.</param>
    private static async Task<RevisionDraft> DraftAsync(
        AppDb db, CompilationTable table, Revision? newest, ReleaseWish wish, Func<IReadOnlyList<NamedPartner>, Task<Func<NamedPartner, PublishedPartner>>> partnersOf, DateTimeOffset now, CancellationToken stop)
    {
        var programme = table.Programme;
        var withdrawn = (await db.WithdrawalsAsync(programme.Key, table.Year, stop)).Select(w => w.CaseId).ToHashSet(StringComparer.Ordinal);
        var redactions = (await db.Redactions.AsNoTracking().Where(r => r.ProgrammeKey == programme.Key && r.Year == table.Year).OrderBy(r => r.Id).ToListAsync(stop)).ToLookup(r => r.CaseId, StringComparer.Ordinal);
        var unitOrder = table.Replies.Select((reply, order) => (reply.UnitCode, order)).ToDictionary(pair => pair.UnitCode, pair => pair.order, StringComparer.Ordinal);
        var publishable = table.Publishable.Where(c => !withdrawn.Contains(c.Case.Id)).Select(c => (Compiled: c, c.Case.Answers))
            .OrderBy(c => FormType.Main(c.Answers["form"])).ThenBy(c => unitOrder[c.Compiled.Reply.UnitCode]).ToList();
        var revision = new Revision(programme.Key, programme.NameJa, programme.NameEn, table.Year, (newest?.No ?? 0) + 1,
            [.. programme.Forms.Where(f => f.StandsIn(table.Year)).OrderBy(f => f.No).Select(f => new PublishedForm(f.No, f.NameJa, f.NameEn, f.Door))],
            [.. table.Questions.Where(q => q.Visibility is not Visibility.Secretariat)])
        {
            // As both engines keep it and every file writes it, so that the records rebuild the same bytes.
            ReleasedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            Erratum = wish.Erratum,
            Remark = wish.Remark,
            IsLatest = true,
            CaseCount = publishable.Count,
        };
        var continued = await ContinuedAsync(db, table, stop);
        var published = await partnersOf([.. publishable.SelectMany(c => PartnersType.Of(c.Answers["partners"]))]);
        var cases = new List<PublishedCase>();
        var staff = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (one, answers) in publishable)
        {
            var partners = PartnersType.Of(answers["partners"]).Select(published).ToList();
            var frozen = Freeze(revision, one, answers, cases.Count, unitOrder[one.Reply.UnitCode], partners, continued);
            cases.Add(redactions[one.Case.Id].Aggregate(frozen, (left, redaction) => redaction.In(left)));
            staff[one.Case.Id] = redactions[one.Case.Id].Aggregate(Only(answers, table.Questions, Visibility.Internal), (left, redaction) => redaction.In(left));
        }
        return new RevisionDraft(revision, cases, staff)
        {
            Before = newest is null ? null : await RevisionDraft.OfAsync(db, newest, stop),
            Withdrawn = withdrawn,
            FirstReleased = await RevisionDraft.FirstReleasedAsync(db, revision, stop),
            Evaluations = [.. (await EvaluationsAsync(db, revision, cases, stop)).Select(one => redactions[one.CaseId].Aggregate(one, (left, redaction) => redaction.In(left)))],
            Bests = [.. (await BestsAsync(db, revision, cases, stop)).Select(one => redactions[one.CaseId].Aggregate(one, (left, redaction) => redaction.In(left)))],
        };
    }

    private static async Task<Func<NamedPartner, PublishedPartner>> RegisterAsync(AppDb db, IReadOnlyList<NamedPartner> named, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var register = await db.FindOrEnterAllAsync(named.Select(one => (one.Name, one.Kind, one.Number)), by, now, stop);
        var contacts = await db.PublicContactsAsync(register.Values, stop);
        return one =>
        {
            var id = register[(one.Name, one.Number)].Id;
            return new PublishedPartner(id, one.Name, one.Kind, contacts.GetValueOrDefault(id));
        };
    }

    /// <summary>
    /// The projects that an earlier edition holds, of whichever programme (a project may have been given a budget or lost it), and those that
    /// one of them was merged into or split off. Null where the year before has no edition: then nobody can tell.
    /// </summary>
    private static async Task<HashSet<string>?> ContinuedAsync(AppDb db, CompilationTable table, CancellationToken stop)
    {
        if (!await db.Revisions.AnyAsync(r => r.ProgrammeKey == table.Programme.Key && r.Year == table.Year.Previous && r.IsLatest, stop))
            return null;
        var continued = (await db.PublishedCases.Where(c => c.Revision.IsLatest && c.Year < table.Year).Select(c => c.ProjectId).Distinct().ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var links = await db.ProjectLinks.AsNoTracking()
            .Where(l => l.UndoneAt == null && l.Year <= table.Year && (l.Kind == ProjectLinkKind.Merged || l.Kind == ProjectLinkKind.Split)).Select(l => new { l.FromId, To = l.ToId! }).ToListAsync(stop);
        continued.UnionWith([.. links.Where(l => continued.Contains(l.FromId)).Select(l => l.To)]);
        return continued;
    }

    private static PublishedCase Freeze(Revision revision, CompiledCase one, Answers answers, int order, int unitOrder, List<PublishedPartner> partners, HashSet<string>? continued)
    {
        var declared = answers.Text("declared");
        var lineage = continued is null ? "unknown"
            : declared == "終了" ? "ended"
            : continued.Contains(one.Case.ProjectId) ? "continued" : "new";
        return new PublishedCase
        {
            Revision = revision,
            CaseId = one.Case.Id,
            ProjectId = one.Case.ProjectId,
            SourceId = one.Case.SourceId,
            Order = order + 1,
            ProgrammeKey = revision.ProgrammeKey,
            Year = revision.Year,
            Title = one.Case.Title,
            Summary = answers.Text("summary"),
            FormNo = FormType.Main(answers["form"]) ?? 0,
            UnitCode = one.Reply.UnitCode,
            UnitName = one.Reply.UnitName,
            UnitOrder = unitOrder,
            IsBureau = one.Reply.IsBureau,
            Declared = declared,
            Lineage = lineage,
            Status = lineage != "unknown" ? lineage : declared switch { "新規" => "new", "終了" => "ended", _ => "continued" },
            BudgetYen = answers["budget"] is JsonObject budget ? BudgetType.LatestYen(budget) : null,
            MunicipalitiesJson = JsonSerializer.Serialize(PlaceType.Municipalities(answers["place"]), Json.Plain),
            ThemesJson = answers["theme"]?.ToJsonString(Json.Plain) ?? "[]",
            PartnersJson = JsonSerializer.Serialize(partners, Json.Plain),
            AnswersJson = WithPublicPhotos(Only(answers, revision.Questions, Visibility.Public), revision.Questions).ToJsonString(Json.Plain),
        };
    }

    private static JsonObject Only(Answers answers, IEnumerable<Question> questions, Visibility visibility) =>
        new(questions.Where(q => q.Visibility == visibility && answers[q.Key] is not null)
            .Select(q => KeyValuePair.Create(q.Key, answers[q.Key]?.DeepClone())));

    // A photo leaves only with its rights, and then under the name of its file in the revision.
    private static JsonObject WithPublicPhotos(JsonObject answers, IEnumerable<Question> questions)
    {
        foreach (var question in questions.Where(q => q.AnswerType is FileType && answers.ContainsKey(q.Key)))
        {
            answers[question.Key] = new JsonArray([.. FileType.Of(answers[question.Key]).Where(photo => photo.MayBePublished).Select(photo => (JsonNode)new JsonObject
            {
                ["id"] = photo.Id,
                ["file"] = photo.FileName,
                ["thumbnail"] = photo.ThumbnailName,
                ["width"] = photo.Width,
                ["height"] = photo.Height,
                ["alt"] = photo.Alt,
                ["credit"] = photo.Credit,
                ["rights"] = photo.Rights,
            })]);
            if (answers[question.Key]!.AsArray().Count == 0)
                answers.Remove(question.Key);
        }
        return answers;
    }
}

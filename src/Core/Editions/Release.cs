using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Partners;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>What is being released, whole, before anything of it is kept: the file writers and the casebook drawing read this.</summary>
public sealed record RevisionDraft(Revision Revision, IReadOnlyList<PublishedCase> Cases, IReadOnlyDictionary<string, JsonObject> StaffAnswers)
{
    /// <summary>The questions that the public edition holds, in the order of the questionnaire.</summary>
    public IReadOnlyList<Question> PublicQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public)];

    /// <summary>The questions that the staff edition holds. What is only for the secretariat is in neither.</summary>
    public IReadOnlyList<Question> StaffQuestions => field ??= [.. Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal)];

    /// <summary>A public case's answer, or a staff answer where <paramref name="forStaff"/>.</summary>
    public JsonNode? Answer(PublishedCase one, Question question, bool forStaff = false) =>
        question.Visibility is Visibility.Public ? one.Answers[question.Key]
        : forStaff ? StaffAnswers.GetValueOrDefault(one.CaseId)?[question.Key]
        : null;
}

/// <summary>Freezes and publishes the next revision of an edition (公表).</summary>
public static partial class Release
{
    public static string? WhyNot(CompilationTable table, int newestNo, string? erratum, Actor by) =>
        !by.Is(Role.Coordinator) ? "公表できるのは、協働の担当課だけです。"
        : table.WhyNotRelease is { } why ? why
        : newestNo > 0 && string.IsNullOrWhiteSpace(erratum) ? $"第{newestNo}版がもう公表されています。次の版を出すには、前の版との違いとその理由（訂正）を書いてください。"
        : erratum?.Length > 2000 ? "訂正は2000字以内で書いてください。"
        : null;

    /// <summary>
    /// Files first, then the record: they are written beside the shelf, moved onto it, and count only once the transaction has ended.
    /// What was left by an interrupted release is swept away by the next.
    /// </summary>
    /// <param name="writeFiles">Writes the revision's files into the folder it is given: <c>public/</c> and <c>staff/</c>.</param>
    public static async Task<Revision> ReleaseAsync(this AppDb db, CompilationTable table, EditionShelf shelf, ReleaseWish wish, Func<RevisionDraft, string, Task> writeFiles, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var newest = await NewestAsync(db, table, stop);
        Refusal.If(WhyNot(table, newest?.No ?? 0, wish.Erratum, by));
        var draft = await DraftAsync(db, table, (newest?.No ?? 0) + 1, wish, by, now, stop);
        var folder = shelf.Begin(draft.Revision);
        try
        {
            CopyPhotos(draft, new PhotoStore(shelf.DataFolder), Path.Combine(folder, "public"));
            await writeFiles(draft, folder);
            await WriteRoundAsync(db, table, draft, folder, stop);
            draft.Revision.ManifestHash = await Manifest.WriteAsync(draft.Revision, folder, stop);
        }
        catch
        {
            // A full disk is freed of what could not be finished.
            Directory.Delete(folder, recursive: true);
            throw;
        }
        await using var transaction = await db.BeginAloneAsync(stop);
        if ((await NewestAsync(db, table, stop))?.No != newest?.No)
        {
            Directory.Delete(folder, recursive: true);
            throw new Refusal("ほかの人が先に次の版を公表しました。その版を確かめてから、もう一度行ってください。");
        }
        shelf.Place(draft.Revision, folder);
        if (newest is not null)
            newest.IsLatest = false;
        draft.Revision.NoteRelease(by, now);
        db.Revisions.Add(draft.Revision);
        db.PublishedCases.AddRange(draft.Cases);
        db.StaffAnswers.AddRange(draft.Cases.Select(one => new StaffAnswers { Case = one, AnswersJson = draft.StaffAnswers[one.CaseId].ToJsonString(Json.Plain) }));
        await RaiseStampAsync(db, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return draft.Revision;
    }

    private static Task<Revision?> NewestAsync(AppDb db, CompilationTable table, CancellationToken stop) =>
        db.Revisions.Where(r => r.ProgrammeKey == table.Programme.Key && r.Year == table.Year).OrderByDescending(r => r.No).FirstOrDefaultAsync(stop);

    private static async Task<RevisionDraft> DraftAsync(AppDb db, CompilationTable table, int no, ReleaseWish wish, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var programme = table.Programme;
        var revision = new Revision(programme.Key, programme.NameJa, programme.NameEn, table.Year, no,
            [.. programme.Forms.Where(f => f.StandsIn(table.Year)).OrderBy(f => f.No).Select(f => new PublishedForm(f.No, f.NameJa, f.NameEn, f.Door))],
            [.. table.Questions.Where(q => q.Visibility is not Visibility.Secretariat)])
        {
            ReleasedAt = now,
            Erratum = wish.Erratum,
            Remark = wish.Remark,
            IsLatest = true,
            CaseCount = table.Publishable.Count,
        };
        var continued = await ContinuedAsync(db, table, stop);
        var unitOrder = table.Replies.Select((reply, order) => (reply.UnitCode, order)).ToDictionary(pair => pair.UnitCode, pair => pair.order, StringComparer.Ordinal);
        var cases = new List<PublishedCase>();
        var staff = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (one, order) in table.Publishable.OrderBy(c => FormType.Main(c.Case.Answers["form"])).ThenBy(c => unitOrder[c.Reply.UnitCode]).Select((c, order) => (c, order)))
        {
            var partners = new List<PublishedPartner>();
            foreach (var named in PartnersType.Of(one.Case.Answers["partners"]))
            {
                var partner = await db.FindOrEnterAsync(named.Name, named.Kind, named.Number, by, now, stop);
                partners.Add(new PublishedPartner(partner.Id, named.Name, named.Kind));
            }
            cases.Add(Freeze(revision, one, order, unitOrder[one.Reply.UnitCode], partners, continued));
            staff[one.Case.Id] = Only(one.Case.Answers, table.Questions, Visibility.Internal);
        }
        return new RevisionDraft(revision, cases, staff);
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

    private static PublishedCase Freeze(Revision revision, CompiledCase one, int order, int unitOrder, List<PublishedPartner> partners, HashSet<string>? continued)
    {
        var answers = one.Case.Answers;
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

    private static void CopyPhotos(RevisionDraft draft, PhotoStore store, string folder)
    {
        foreach (var photo in draft.Cases.SelectMany(one => one.Photos(draft.Revision)).DistinctBy(photo => photo.Id))
        {
            foreach (var (name, small) in new[] { (photo.FileName, false), (photo.ThumbnailName, true) })
            {
                var file = store.Find(photo.Id, small) ?? throw new Refusal($"写真のファイルがありません（{photo.Alt}）。verify で確かめ、控えから戻してください。");
                File.Copy(file, Path.Combine(folder, name), overwrite: true);
            }
        }
    }

    private static async Task RaiseStampAsync(AppDb db, CancellationToken stop)
    {
        var stamp = await db.Settings.FirstOrDefaultAsync(s => s.Name == Setting.PublicationStamp, stop);
        if (stamp is null)
            db.Settings.Add(stamp = new Setting { Name = Setting.PublicationStamp, Value = "0" });
        stamp.Value = (int.Parse(stamp.Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What the coordinator says to a release: why it differs from the one before, and what its readers must know.</summary>
public sealed record ReleaseWish(string? Erratum = null, string? Remark = null);

using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases;

/// <summary>What a project's history says of a case (新規・継続), whatever was declared.</summary>
/// <param name="Past">The newest case before it: of the same project, or of one that was merged into it or that it came out of. Null where there is none.</param>
public sealed record CaseHistory(string CaseId, PastCase? Past)
{
    public bool IsNew => Past is null;
}

/// <summary>
/// The verbs of a project's history (事業のつながり). A respondent says what became of the unit's own cases while the reply is open, the
/// coordinator says it of all at any time. Nothing is assumed, everything can be undone, and both stay in the record.
/// </summary>
public static class Lineage
{
    private const int MostOfReason = 400;
    private const int MostAskedByName = 500;

    /// <summary>The unit's case of an earlier year has no case this year: it ended, with what became of it.</summary>
    public static async Task<ProjectLink> EndAsync(this AppDb db, Inquiry inquiry, string pastId, string reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var past = await PastAsync(db, inquiry, pastId, by, now, stop);
        var clean = Reason(reason, "終了の理由、または何が残ったかを");
        inquiry.MarkAnswering(by, now);
        return Add(db, new ProjectLink(past.ProjectId, null, inquiry.Round.Year, ProjectLinkKind.Ended, clean, by, now));
    }

    /// <summary>The unit's case of an earlier year goes on within another case of the reply.</summary>
    public static async Task<ProjectLink> MergeAsync(this AppDb db, Inquiry inquiry, string pastId, string intoId, string reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var past = await PastAsync(db, inquiry, pastId, by, now, stop);
        var into = await db.Cases.InReplyTo(inquiry).FirstOrDefaultAsync(c => c.Id == intoId, stop) ?? throw new Refusal("統合した先の事例を、この回答の事例から選んでください。");
        inquiry.MarkAnswering(by, now);
        return await LinkAsync(db, past.ProjectId, into.ProjectId, inquiry.Round.Year, ProjectLinkKind.Merged, reason, by, now, stop);
    }

    public static string? WhyNotLink(ProjectLinkKind kind, Actor by) =>
        !by.Is(Role.Coordinator) ? "事業どうしのつながりを決められるのは、協働の担当課だけです。"
        : kind is not (ProjectLinkKind.Merged or ProjectLinkKind.Split) ? "統合か分割を選んでください。"
        : null;

    /// <summary>Two projects that both go on under their own names: one was merged into the other, or came out of it.</summary>
    public static Task<ProjectLink> LinkProjectsAsync(
        this AppDb db, string fromId, string toId, FiscalYear year, ProjectLinkKind kind, string reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(WhyNotLink(kind, by));
        return LinkAsync(db, fromId, toId, year, kind, reason, by, now, stop);
    }

    /// <summary>Why a case cannot take the identity of an earlier one.</summary>
    public static async Task<string?> WhyNotJoinAsync(this AppDb db, Case one, Case past, Inquiry inquiry, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        WhyNotSay(one, inquiry, by, now)
        ?? (past.RemovedAt is not null ? "その事例は、回答から外されています。"
            : past.Year >= one.Year ? "つなげられるのは、前の年度の事例です。"
            : past.ProjectId == one.ProjectId ? $"「{past.Title}」とは、もう同じ事業としてつながっています。"
            : one.CarriedFromId is not null ? "この事例は、別の事例を引き継いでいます。先にそのつながりを取り消してください。"
            : await db.Cases.AnyAsync(c => c.ProjectId == one.ProjectId && c.Id != one.Id, stop) ? "この事業には、ほかの年度の事例もあります。統合としてつなげてください。"
            : await db.WhyNotContinueAsync(past, one.Year, stop));

    /// <summary>"Yes, it is the same project": the case takes the earlier one's identity. What it says, and its approval, stay.</summary>
    public static async Task<ProjectLink> JoinAsync(this AppDb db, Case one, string pastId, Inquiry inquiry, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var past = await db.Cases.Include(c => c.Project).FirstOrDefaultAsync(c => c.Id == pastId, stop) ?? throw new Refusal("前の年度の事例が見つかりません。");
        Refusal.If(await db.WhyNotJoinAsync(one, past, inquiry, by, now, stop));
        var link = new ProjectLink(past.ProjectId, one.ProjectId, one.Year, KindOf(past, one, inquiry), past.Title == one.Title ? "" : $"「{past.Title}」→「{one.Title}」", by, now);
        one.Join(past, by, now);
        return Add(db, link);
    }

    /// <summary>"No, they are two": remembered.</summary>
    public static async Task<ProjectLink> SayDifferentAsync(this AppDb db, Case one, string pastId, Inquiry inquiry, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(WhyNotSay(one, inquiry, by, now));
        var past = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == pastId, stop) ?? throw new Refusal("前の年度の事例が見つかりません。");
        Refusal.If(past.ProjectId == one.ProjectId ? "同じ事業としてつながっています。別の事業にするには、先にそのつながりを取り消してください。" : null);
        return Add(db, new ProjectLink(past.ProjectId, one.ProjectId, one.Year, ProjectLinkKind.Different, "", by, now));
    }

    /// <summary>Why an entry of the history cannot be undone by this person. The respondent undoes what was said in a reply that is still open.</summary>
    public static string? WhyNotUndo(ProjectLink link, Inquiry? inquiry, Actor by, DateTimeOffset now) =>
        link.UndoneAt is not null ? "このつながりは、もう取り消されています。"
        : by.Is(Role.Coordinator) ? null
        : inquiry is null || inquiry.Round.Year != link.Year ? "つながりを取り消せるのは、その年度の回答を書いているあいだか、協働の担当課です。"
        : inquiry.WhyNotAnswer(by, now);

    /// <summary>Takes an entry back: a case that had joined has its own identity again, one that had ended stands undecided.</summary>
    public static async Task UndoAsync(this AppDb db, long linkId, Inquiry? inquiry, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var link = await db.ProjectLinks.FirstOrDefaultAsync(l => l.Id == linkId, stop) ?? throw new Refusal("そのつながりはありません。");
        Refusal.If(WhyNotUndo(link, inquiry, by, now));
        // A respondent undoes what concerns the unit's own cases; another's entry is not there.
        if (!by.Is(Role.Coordinator) && !await db.Cases.AnyAsync(c => (c.ProjectId == link.FromId || c.ProjectId == link.ToId) && c.UnitId == inquiry!.UnitId, stop))
            throw new Refusal("そのつながりはありません。");
        if (link.IsIdentity && await db.Cases.Include(c => c.Project).FirstOrDefaultAsync(c => c.ProjectId == link.FromId && c.Year == link.Year && c.RemovedAt == null, stop) is { } joined)
        {
            if (await db.Cases.AnyAsync(c => c.ProjectId == link.FromId && c.Year > link.Year && c.RemovedAt == null, stop))
                throw new Refusal("この事業は、あとの年度にも引き継がれています。先にそちらを取り消してください。");
            var own = await db.Projects.FirstAsync(p => p.Id == link.ToId, stop);
            var pastTitle = await db.Cases.Where(c => c.Id == joined.CarriedFromId).Select(c => c.Title).FirstOrDefaultAsync(stop) ?? joined.Project.Title;
            joined.Leave(own, pastTitle, by, now);
        }
        link.Undo(by, now);
    }

    /// <summary>What the history says of each case: the newest case before it, also of a project that was merged into it or that it came out of.</summary>
    public static async Task<IReadOnlyDictionary<string, CaseHistory>> HistoryOfAsync(this AppDb db, IReadOnlyCollection<(string Id, string ProjectId, FiscalYear Year)> cases, CancellationToken stop = default)
    {
        var projects = cases.Select(c => c.ProjectId).Distinct().ToList();
        var sources = await db.ProjectLinks.AsNoTracking()
            .Where(l => l.UndoneAt == null && (l.Kind == ProjectLinkKind.Merged || l.Kind == ProjectLinkKind.Split) && projects.Contains(l.ToId!))
            .Select(l => new { l.FromId, To = l.ToId!, l.Year }).ToListAsync(stop);
        var asked = projects.Concat(sources.Select(l => l.FromId)).Distinct().ToList();
        var newest = cases.Select(c => c.Year).DefaultIfEmpty(new FiscalYear(1900)).Max();
        var earlier = db.Cases.AsNoTracking().Where(c => c.RemovedAt == null && c.Year < newest);
        // A whole year's are found sooner by reading all earlier ones.
        var past = (await (asked.Count > MostAskedByName ? earlier : earlier.Where(c => asked.Contains(c.ProjectId)))
            .Select(c => new PastCase(c.Id, c.ProjectId, c.ProgrammeKey, c.Year, c.UnitId, c.Title)).ToListAsync(stop)).ToLookup(c => c.ProjectId, StringComparer.Ordinal);
        var from = sources.ToLookup(l => l.To, StringComparer.Ordinal);
        return cases.ToDictionary(c => c.Id, c => new CaseHistory(c.Id, from[c.ProjectId].Where(l => l.Year <= c.Year).Select(l => l.FromId).Prepend(c.ProjectId)
            .SelectMany(project => past[project]).Where(p => p.Year < c.Year).MaxBy(p => p.Year)), StringComparer.Ordinal);
    }

    private static async Task<Case> PastAsync(AppDb db, Inquiry inquiry, string pastId, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var past = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == pastId, stop) ?? throw new Refusal("前の年度の事例が見つかりません。一覧を開き直してください。");
        Refusal.If(Case.WhyNotCarry(past, inquiry, by, now) ?? await db.WhyNotContinueAsync(past, inquiry.Round.Year, stop));
        return past;
    }

    private static async Task<ProjectLink> LinkAsync(AppDb db, string fromId, string toId, FiscalYear year, ProjectLinkKind kind, string reason, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var clean = Reason(reason, "統合・分割のしかたを");
        if (await db.Projects.CountAsync(p => p.Id == fromId || p.Id == toId, stop) != 2)
            throw new Refusal("別の二つの事業を選んでください。");
        var links = await db.ProjectLinks.AsNoTracking()
            .Where(l => l.UndoneAt == null && (l.Kind == ProjectLinkKind.Merged || l.Kind == ProjectLinkKind.Split)).Select(l => new { l.FromId, To = l.ToId! }).ToListAsync(stop);
        if (links.Exists(l => l.FromId == fromId && l.To == toId))
            throw new Refusal("この二つの事業は、もうそのようにつながっています。");
        var onwards = links.ToLookup(l => l.FromId, l => l.To, StringComparer.Ordinal);
        var (reached, next) = (new HashSet<string>(StringComparer.Ordinal) { toId }, new Queue<string>([toId]));
        while (next.TryDequeue(out var project))
        {
            foreach (var further in onwards[project].Where(reached.Add))
                next.Enqueue(further);
        }
        Refusal.If(reached.Contains(fromId) ? "つながりが輪になります。先の事業が、もう元の事業へつながっています。" : null);
        return Add(db, new ProjectLink(fromId, toId, year, kind, clean, by, now));
    }

    private static string? WhyNotSay(Case one, Inquiry inquiry, Actor by, DateTimeOffset now) =>
        one.RemovedAt is not null ? $"「{one.Title}」は回答から外されています。"
        : inquiry.UnitId != one.UnitId ? "この事例は別の組織のものです。"
        : by.Is(Role.Coordinator) ? null
        : inquiry.WhyNotAnswer(by, now);

    private static ProjectLinkKind KindOf(Case past, Case one, Inquiry inquiry) =>
        past.ProgrammeKey != one.ProgrammeKey ? inquiry.Round.Questionnaire.Questions.Any(q => q.Type == "budget") ? ProjectLinkKind.BecameBudgeted : ProjectLinkKind.BecameZeroBudget
        : past.UnitId != one.UnitId ? ProjectLinkKind.MovedUnit
        : ProjectLinkKind.Renamed;

    private static string Reason(string reason, string what) =>
        TextForms.Clean(reason) is { Length: > 0 and <= MostOfReason } clean ? clean : throw new Refusal($"{what}{MostOfReason}字以内で書いてください。");

    private static ProjectLink Add(AppDb db, ProjectLink link)
    {
        db.ProjectLinks.Add(link);
        return link;
    }
}

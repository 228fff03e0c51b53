using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Selection;

/// <summary>What the secretariat decides of one entry.</summary>
public sealed record Verdict(string NominationId, bool IsBest, string Reason);

/// <summary>審査: who judges what, stepping back, and the decision.</summary>
public static class Judging
{
    /// <summary>Those who hold the role of a juror today.</summary>
    public static Task<List<Person>> JurorsAsync(this AppDb db, DateOnly today, CancellationToken stop = default) =>
        db.People.Include(p => p.Appointments).Where(p => p.Appointments.Any(a => a.Role == Role.Juror && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))).OrderBy(p => p.Id).ToListAsync(stop);

    /// <summary>Their own department: whoever works in a unit in another role than a juror's does not judge its cases.</summary>
    public static bool IsOfTheUnit(Person juror, long unitId, DateOnly today) =>
        juror.Appointments.Any(a => a.Role is not Role.Juror && a.UnitId == unitId && (a.From is null || a.From <= today) && (a.Until is null || a.Until >= today));

    /// <summary>Freezes what is judged and by which weights, and asks the jurors: balanced, none for their own department.</summary>
    /// <param name="jurors">Ids of those who judge this year.</param>
    /// <param name="whyFew">Why an entry has fewer than three jurors, where it has.</param>
    public static async Task<BestSelection?> BeginScoringAsync(this AppDb db, long selectionId, IReadOnlySet<long> jurors, string? whyFew, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.Selections.FirstOrDefaultAsync(s => s.Id == selectionId, stop) is not { } selection)
            return null;
        var entries = await db.Nominations.Include(n => n.Selection).Where(n => n.SelectionId == selectionId && n.Status == NominationStatus.Entered).OrderBy(n => n.Id).ToListAsync(stop);
        Refusal.If(selection.WhyNotBeginScoring(by, entries.Count));
        var today = now.DayInJapan();
        var chosen = (await db.JurorsAsync(today, stop)).FindAll(person => jurors.Contains(person.Id));
        Refusal.If(chosen.Count == 0 ? "審査員を選んでください。" : null);
        var conflicts = (from entry in entries from person in chosen where IsOfTheUnit(person, entry.UnitId, today) select (entry.Id, $"{person.Id}")).ToHashSet();
        var assigned = Assignment.Of([.. entries.Select(entry => entry.Id)], [.. chosen.Select(person => $"{person.Id}")], conflicts, selection.JurorsOfEntry);
        var few = entries.FindAll(entry => assigned[entry.Id].Count < BestSelection.FewestJurors);
        whyFew = whyFew?.Trim() ?? "";
        if (few.Count > 0 && whyFew.Length == 0)
        {
            var what = $"審査員が{BestSelection.FewestJurors}人に満たない事例が{few.Count}件あります（{string.Join("、", few.Take(3).Select(one => one.CaseTitle))}）。審査員をふやすか、少ないままで進める理由を書いてください。";
            throw new Refusal(what, [new Problem(Severity.Error, what, Field: "why")]);
        }
        Refusal.If(Nomination.TooLong(whyFew));
        await PrepareAsync(db, entries, stop);
        foreach (var entry in entries)
        {
            foreach (var id in assigned[entry.Id])
            {
                var person = chosen.Find(one => $"{one.Id}" == id)!;
                db.Add(new Judgement(entry, person.Id, person.Name));
            }
        }
        selection.BeginScoring(entries.Count, chosen.Select(person => person.Id), few.Count > 0 ? whyFew : "", by, now);
        foreach (var person in chosen)
            Ask(selection, person, assigned.Values.Count(ids => ids.Contains($"{person.Id}")), $"juror/{person.Id}");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return selection;
    }

    /// <summary>A juror steps back from one entry; the juror who has least to do takes it over. Null where it is not theirs.</summary>
    public static async Task<Judgement?> StepBackAsync(this AppDb db, string judgementId, string? reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.JudgementAsync(judgementId, by, stop) is not { } judgement)
            return null;
        judgement.StepBack(reason, by, now);
        var selection = judgement.Selection;
        var all = await db.Judgements.Where(j => j.Nomination.SelectionId == selection.Id).ToListAsync(stop);
        var (today, asked) = (now.DayInJapan(), all.Where(one => one.NominationId == judgement.NominationId).Select(one => one.PersonId).ToHashSet());
        var next = (await db.JurorsAsync(today, stop)).Where(person => !asked.Contains(person.Id) && selection.JurorIds.Contains(person.Id) && !IsOfTheUnit(person, judgement.Nomination.UnitId, today))
            .OrderBy(person => all.Count(one => one.PersonId == person.Id && one.Status is not JudgementStatus.SteppedBack)).ThenBy(person => person.Id).FirstOrDefault();
        if (next is not null)
        {
            db.Add(new Judgement(judgement.Nomination, next.Id, next.Name));
            selection.NoteJuror(next.Name, judgement.Nomination.CaseTitle, by, now);
            Ask(selection, next, 1, $"juror/{next.Id}/{judgement.NominationId}");
        }
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return judgement;
    }

    /// <summary>決定: each entry with its reason, told to its department.</summary>
    /// <param name="whySo">Why it is decided though marks are missing or an entry has fewer than three.</param>
    public static async Task<SelectionView?> DecideAsync(this AppDb db, long selectionId, IReadOnlyList<Verdict> verdicts, string? whySo, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.SelectionViewAsync(selectionId, now, stop) is not { } view)
            return null;
        Refusal.If(view.Selection.WhyNotDecide(by));
        whySo = whySo?.Trim() ?? "";
        var open = view.Standing.Count - view.Submitted;
        var problems = new List<Problem>();
        if (open > 0 && whySo.Length == 0)
            problems.Add(new(Severity.Error, $"まだ提出されていない採点が{open}件あります。そろう前に決めるときは、その理由を書いてください。", Field: "why"));
        else if (view.Selection.Exception.Length == 0 && whySo.Length == 0 && view.JudgedByFew is > 0 and var few)
            problems.Add(new(Severity.Error, $"採点した審査員が{BestSelection.FewestJurors}人に満たない事例が{few}件あります。このまま決めるときは、その理由を書いてください。", Field: "why"));
        if (Nomination.TooLong(whySo) is { } long1)
            problems.Add(new(Severity.Error, long1, Field: "why"));
        foreach (var entry in view.Entered)
        {
            var said = verdicts.FirstOrDefault(one => one.NominationId == entry.Id)?.Reason.Trim() ?? "";
            if (said.Length == 0)
                problems.Add(new(Severity.Error, $"「{entry.CaseTitle}」の理由を書いてください。担当の組織に伝わります。", Field: $"reason-{entry.Id}"));
            else if (Nomination.TooLong(said) is { } tooLong)
                problems.Add(new(Severity.Error, $"「{entry.CaseTitle}」: {tooLong}", Field: $"reason-{entry.Id}"));
        }
        if (problems.Count > 0)
            throw new Refusal("次のところを直してください。", problems);
        var respondents = await db.MailAddressesAsync(Role.Respondent, view.Entered.Select(one => one.UnitId).Distinct(), now.DayInJapan(), stop);
        foreach (var entry in view.Entered)
        {
            var verdict = verdicts.First(one => one.NominationId == entry.Id);
            entry.Conclude(verdict.IsBest, verdict.Reason.Trim(), by, now, respondents[entry.UnitId].Distinct(StringComparer.OrdinalIgnoreCase));
        }
        view.Selection.Decide(verdicts.Count(one => one.IsBest), open > 0 || view.JudgedByFew > 0 ? whySo : "", by, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return view;
    }

    private static async Task PrepareAsync(AppDb db, List<Nomination> entries, CancellationToken stop)
    {
        var cases = entries.ConvertAll(entry => entry.CaseId);
        var evaluations = (await db.Evaluations.AsNoTracking().WithSides().Where(e => cases.Contains(e.CaseId) && e.Status != EvaluationStatus.Answering).ToListAsync(stop))
            .GroupBy(e => e.CaseId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Call.Phase)!, StringComparer.Ordinal);
        foreach (var entry in entries)
            entry.Prepare(evaluations.TryGetValue(entry.CaseId, out var evaluation) ? Candidates.Collaboration(evaluation) : null);
    }

    private static void Ask(BestSelection selection, Person juror, int count, string once) => selection.Tell(juror.Email!, MailKind.JudgementAsked, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["審査員"] = juror.Name,
        ["年度"] = selection.Year.Japanese,
        ["件数"] = $"{count}",
        ["期限"] = PartialDate.Of(selection.ScoreUntil).Japanese,
    }, once);
}

using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

/// <summary>What opening an evaluation would begin: shown before the button is pressed.</summary>
public sealed record OpeningPlan(IReadOnlyList<CaseToEvaluate> Cases)
{
    public int Partners => Cases.SelectMany(one => one.Partners).Select(partner => (TextForms.OrganisationKey(partner.Name), partner.Number)).Distinct().Count();

    public int WithoutPartner => Cases.Count(one => one.Partners.Count == 0);
}

/// <summary>An accepted case that has no evaluation of that phase yet.</summary>
public sealed record CaseToEvaluate(Case Case, OrgUnit Unit, int FormNo, IReadOnlyList<NamedPartner> Partners);

/// <summary>What one opening began.</summary>
public sealed record Opened(EvaluationCall Call, int Evaluations, int Invited, int WithoutAddress);

/// <summary>協働評価を始める: every accepted case of a programme and year gets an evaluation, and everybody is asked.</summary>
public static class EvaluationOpening
{
    /// <summary>The accepted cases that a call would ask about and that have no evaluation of the phase yet.</summary>
    public static async Task<OpeningPlan> PlanEvaluationsAsync(this AppDb db, string programme, FiscalYear year, EvaluationPhase phase, CancellationToken stop = default)
    {
        var cases = await db.Cases.AsNoTracking().Of(programme, year)
            .Where(c => db.Set<Inquiry>().Any(i => i.Round.ProgrammeKey == programme && i.Round.Year == year && i.UnitId == c.UnitId && i.Status == InquiryStatus.Accepted))
            .Where(c => !db.Set<CaseEvaluation>().Any(e => e.CaseId == c.Id && e.Call.Phase == phase))
            .ToListAsync(stop);
        var units = await db.OrgUnits.ToDictionaryAsync(u => u.Id, stop);
        return new([.. cases.Select(one => new CaseToEvaluate(one, units[one.UnitId], FormType.Main(one.Answers["form"]) ?? 0, [.. PartnersType.Of(one.Answers["partners"]).Take(CaseEvaluation.MostPartners)]))
            .OrderBy(one => one.Unit.Order).ThenBy(one => one.Case.Title, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Opens the evaluation of every project of the programme and year at once: done again, it adds those accepted since. Mails to units and to
    /// partners whose address is known are queued with it.
    /// </summary>
    /// <param name="sheetVersion">Which version of the sheet; null takes the newest.</param>
    /// <param name="full">Ids of the cases that get the full form.</param>
    /// <param name="only">Leaves the others for a later opening.</param>
    public static async Task<Opened> OpenEvaluationsAsync(
        this AppDb db, string programme, FiscalYear year, EvaluationPhase phase, int? sheetVersion, DateOnly due, IReadOnlySet<string> full, Actor by, DateTimeOffset now, Func<CaseToEvaluate, bool>? only = null, CancellationToken stop = default)
    {
        Refusal.If(EvaluationCall.WhyNotOpen(by));
        if (due < now.DayInJapan())
            throw new Refusal("期限は今日か、それよりあとの日にしてください。", [new Problem(Severity.Error, "期限は今日か、それよりあとの日にしてください。", Field: "due")]);
        var plan = await db.PlanEvaluationsAsync(programme, year, phase, stop);
        if (only is not null)
            plan = new([.. plan.Cases.Where(only)]);
        if (plan.Cases.Count == 0)
            throw new Refusal("新しく評価を始める事例がありません。受理した事例は、もうすべて評価が始まっています。");
        await using var transaction = await db.BeginAloneAsync(stop);
        var call = await db.EvaluationCalls.Include(c => c.Sheet).FirstOrDefaultAsync(c => c.ProgrammeKey == programme && c.Year == year && c.Phase == phase, stop);
        if (call is null)
        {
            var sheet = (await db.SheetsAsync(by, now, stop)).FirstOrDefault(s => sheetVersion is null || s.Version == sheetVersion) ?? throw new Refusal("その評価シートはありません。選び直してください。");
            if (sheet.Id == 0)
                db.Add(sheet);
            if (!sheet.Asked(SheetForm.Short, phase).Any())
                throw new Refusal($"評価シート第{sheet.Version}版の簡易版には、「{EvaluationStates.Name(phase)}」の項目がありません。別の時期か、別の版を選んでください。");
            sheet.Use(by, now);
            db.Add(call = new EvaluationCall(programme, year, phase, sheet, due));
        }
        else if (call.IsOver(now))
            throw new Refusal($"この評価は期限（{PartialDate.Of(call.Due).Japanese}）を過ぎています。");
        var register = await db.FindOrEnterAllAsync(plan.Cases.SelectMany(one => one.Partners).Select(p => (p.Name, p.Kind, p.Number)), by, now, stop);
        var home = await db.HomeCodeAsync(stop);
        var evaluations = new List<CaseEvaluation>();
        var partners = new Dictionary<string, Partner>(StringComparer.Ordinal);
        var units = plan.Cases.Select(one => one.Unit.Id).Distinct().ToList();
        var kept = await db.OrgUnits.Where(u => units.Contains(u.Id)).ToDictionaryAsync(u => u.Id, stop);
        foreach (var (one, _, formNo, named) in plan.Cases)
        {
            var evaluation = new CaseEvaluation(call, one, kept[one.UnitId], formNo, full.Contains(one.Id) ? SheetForm.Full : SheetForm.Short, home);
            foreach (var name in named)
            {
                var partner = register[(name.Name, name.Number)];
                evaluation.AddPartner(partner.Id, partner.Name, partner.Kind);
                partners[partner.Id] = partner;
            }
            evaluations.Add(evaluation);
        }
        db.AddRange(evaluations);
        call.NoteOpening(evaluations.Count, partners.Count, by, now);
        await TellUnitsAsync(db, call, evaluations, now, stop);
        var invited = await db.InviteAllAsync(call, [.. partners.Values.Where(partner => partner.Email is not null)], evaluations, by, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new(call, evaluations.Count, invited, partners.Values.Count(partner => partner.Email is null));
    }

    private static async Task TellUnitsAsync(AppDb db, EvaluationCall call, List<CaseEvaluation> evaluations, DateTimeOffset now, CancellationToken stop)
    {
        var respondents = await db.MailAddressesAsync(Role.Respondent, evaluations.Select(e => e.UnitId).Distinct(), now.DayInJapan(), stop);
        foreach (var unit in evaluations.GroupBy(e => e.UnitId))
        {
            var words = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["組織"] = unit.First().Unit.Name,
                ["件数"] = $"{unit.Count()}",
                ["事業"] = string.Join('\n', unit.Take(20).Select(e => $"・{e.CaseTitle}")),
                ["期限"] = PartialDate.Of(call.Due).Japanese,
                ["年度"] = call.Year.Japanese,
            };
            foreach (var address in respondents[unit.Key].Distinct(StringComparer.OrdinalIgnoreCase))
                call.TellUnit(address, words, unit.Key);
        }
    }
}

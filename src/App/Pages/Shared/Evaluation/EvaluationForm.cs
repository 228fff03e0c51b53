using System.Globalization;
using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.Shared.Evaluation;

/// <summary>The sheet of one side as it is filled in: by a unit, by a partner on a phone, or by staff from paper.</summary>
/// <param name="Marks">What stands in it now, by criterion.</param>
public sealed record EvaluationForm(EvaluationSide Side, LastImprovements? Last, string Address, Refusal? Refusal, IReadOnlyDictionary<string, string> Typed, bool IsFromPaper = false)
{
    public string MarkOf(Criterion criterion, int place) => Typed.GetValueOrDefault($"m.{criterion.No}") ?? (IsFromPaper ? "" : Side.MarkAt(place) is { IsGiven: true } mark ? mark.Sign.ToString() : "");

    public string GroundsOf(Criterion criterion) => Typed.GetValueOrDefault($"g.{criterion.No}") ?? (IsFromPaper ? "" : Side.Grounds.GetValueOrDefault(criterion.No, ""));

    public string Words => Typed.GetValueOrDefault("words") ?? (IsFromPaper ? "" : Side.Words);

    public FollowUp FollowUpAt(int i) => i < Side.FollowUps.Count ? Side.FollowUps[i] : FollowUp.NotSaid;

    public string? WrongIn(string field) => Refusal?.Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    /// <summary>The marks, grounds, follow-ups and words that a form sent; only what it sent.</summary>
    public static (IReadOnlyList<TypedMark> Marks, IReadOnlyDictionary<int, FollowUp> FollowUps, string? Words) Read(IFormCollection form)
    {
        var nos = form.Keys.Where(key => key.StartsWith("m.", StringComparison.Ordinal) || key.StartsWith("g.", StringComparison.Ordinal)).Select(key => key[2..]).Distinct(StringComparer.Ordinal).Take(2 * EvaluationSheet.MostCriteria);
        var marks = nos.Select(no => new TypedMark(no, form.ContainsKey($"m.{no}") ? form[$"m.{no}"].ToString() : null, form.ContainsKey($"g.{no}") ? form[$"g.{no}"].ToString() : null)).ToList();
        var followUps = form.Keys.Where(key => key.StartsWith("f.", StringComparison.Ordinal))
            .Select(key => (Key: int.TryParse(key[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : -1, How: Enum.TryParse<FollowUp>(form[key], out var how) && Enum.IsDefined(how) ? how : FollowUp.NotSaid))
            .Where(pair => pair.Key >= 0).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.How);
        return (marks, followUps, form.ContainsKey("words") ? form["words"].ToString() : null);
    }

    public static IReadOnlyDictionary<string, string> TypedIn(HttpRequest request) =>
        request.HasFormContentType ? request.Form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What two surfaces do alike with one side's answers: saved as chosen, sent, taken back.</summary>
public static class EvaluationSteps
{
    /// <summary>Answers the script that saves each choice: a word on what became of it.</summary>
    public static async Task<IActionResult> SaveAsync(PageModel page, AppDb db, string sideId, Actor by, DateTimeOffset now)
    {
        var (marks, followUps, words) = EvaluationForm.Read(page.Request.Form);
        try
        {
            var side = await db.AnswerAsync(sideId, marks, followUps, words, by, now, page.HttpContext.RequestAborted);
            return side is null ? page.NotFound() : new JsonResult(new { said = $"保存しました {now.ClockInJapan()}" });
        }
        catch (Refusal refusal)
        {
            return new JsonResult(new { said = refusal.Problems.Count > 0 ? refusal.Problems[0].Message : refusal.Message }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    public static bool WantsWord(HttpRequest request) => request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
}

/// <summary>What both sides said, side by side, with what may be written about it.</summary>
public sealed record EvaluationResult(EvaluationView View, Actor Me, string Address, Refusal? Refusal, LastImprovements? Last, IReadOnlyDictionary<string, string> Typed)
{
    public CaseEvaluation Evaluation => View.Evaluation;

    public IReadOnlyList<Components.Charts.JudgedRow> Rows { get; } = EvaluationWords.Rows(View);

    public EvaluationSide? Mine => Evaluation.Sides.Find(side => side.IsOf(Me) && side.Status is not SideStatus.Merged);

    public string? WrongIn(string field) => Refusal?.Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    public string TypedOr(string name, string kept) => Refusal is not null && Typed.TryGetValue(name, out var typed) ? typed : kept;
}

/// <summary>The verbs of reflecting as two surfaces call them.</summary>
public static class ReflectionSteps
{
    public static void Reflect(CaseEvaluation evaluation, IFormCollection form, Actor by, DateTimeOffset now) => evaluation.Reflect(
        new Reflection(form["no"].ToString(), form["shared"].ToString(), form["different"].ToString(), form["cause"].ToString(), form["improvement"].ToString()), by, now);

    public static void Meet(CaseEvaluation evaluation, IFormCollection form, Actor by, DateTimeOffset now)
    {
        var on = Staff.DateField.Read(form["on"], "話し合った日", "on") ?? throw new Refusal("話し合いの記録を保存できませんでした", [new Problem(Severity.Error, $"話し合った日を書いてください。{Staff.DateField.Example}", Field: "on")]);
        evaluation.Meet(on, form["people"], form["record"], form["improvements"].ToString().Split('\n'), by, now);
    }

    public static void Confirm(CaseEvaluation evaluation, Actor by, DateTimeOffset now)
    {
        var side = evaluation.Sides.Find(one => one.IsOf(by) && one.Status is not SideStatus.Merged) ?? throw new Refusal("確認できるのは、行政と相手方それぞれの方だけです。");
        evaluation.Confirm(side, by, now);
    }
}

using System.Text.RegularExpressions;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Compilation;

/// <summary>All answers of a programme and year side by side, with what the checks say of them (取りまとめ).</summary>
public sealed record CompilationTable(
    Programme Programme, FiscalYear Year, IReadOnlyList<Question> Questions, IReadOnlyList<CompiledReply> Replies, IReadOnlyList<CompiledCase> Cases, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why this cannot be published; null when it can. A rule of the release, in words.</summary>
    public string? WhyNotRelease =>
        Replies.Count == 0 ? $"{Year.Japanese}の{Programme.NameJa}の照会がまだ送られていません。"
        : Publishable.Count == 0 ? "受理した事例が1件もありません。"
        : Findings.Count(f => f.Severity is Severity.Error) is > 0 and var errors ? $"エラーが{errors}件あります。直すまで公表できません: {Findings.First(f => f.Severity is Severity.Error).Message}"
        : Findings.Count(f => f.Note is null) is > 0 and var warnings ? $"説明のない注意が{warnings}件あります。直すか、このままでよい理由を書いてください: {Findings.First(f => f.Note is null).Message}"
        : null;

    /// <summary>What may leave: cases of accepted replies, at the very version that was approved.</summary>
    public IReadOnlyList<CompiledCase> Publishable => field ??= [.. Cases.Where(c => c.IsApproved && c.Reply.Status is InquiryStatus.Accepted)];
}

public sealed record CompiledReply(long InquiryId, string UnitCode, string UnitName, bool IsBureau, InquiryStatus Status, string? NilReason);

public sealed record CompiledCase(Case Case, CompiledReply Reply, bool IsApproved);

public static partial class CompilationCheck
{
    public static async Task<CompilationTable> CompileAsync(this AppDb db, string programmeKey, FiscalYear year, CancellationToken stop = default)
    {
        var programme = await db.ProgrammeAsync(programmeKey, stop);
        var inquiries = await db.Inquiries.AsNoTracking()
            .Include(i => i.Unit).Include(i => i.Round).ThenInclude(r => r.Questionnaire)
            .Where(i => i.Round.ProgrammeKey == programmeKey && i.Round.Year == year && i.Round.Status != RoundStatus.Draft)
            .OrderBy(i => i.Unit.Order)
            .ToListAsync(stop);
        // With two phases a unit has two inquiries: the later one is its reply.
        var latest = inquiries.GroupBy(i => i.UnitId).Select(g => g.MaxBy(i => i.RoundId)!).ToList();
        var approvals = await db.NewestByInquiryAsync(latest.Select(i => i.Id), stop);
        var replies = latest.ToDictionary(i => i.UnitId, i => new CompiledReply(i.Id, i.Unit.Code, i.Unit.Name, i.Unit.Kind is OrgUnitKind.RegionalBureau, i.Status, i.NilReason));
        var cases = await db.Cases.AsNoTracking().Of(programmeKey, year).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(stop);
        var unitOrder = latest.Select((i, order) => (i.UnitId, order)).ToDictionary(pair => pair.UnitId, pair => pair.order);
        var compiled = cases.Where(c => replies.ContainsKey(c.UnitId))
            .OrderBy(c => unitOrder[c.UnitId])
            .Select(c => new CompiledCase(c, replies[c.UnitId], approvals.GetValueOrDefault(replies[c.UnitId].InquiryId)?.Covers(c) is true))
            .ToList();
        var questions = latest.MaxBy(i => i.RoundId)?.Round.Questionnaire.Questions ?? programme.Questionnaire.Questions;
        var notes = await db.Set<WarningNote>().AsNoTracking().Where(n => n.ProgrammeKey == programmeKey && n.Year == year).OrderBy(n => n.Id).ToListAsync(stop);
        var findings = Check(programme, year, questions, replies.Values, compiled)
            .Select(f => f with { Note = f.Severity is Severity.Warning ? notes.LastOrDefault(n => n.FindingKey == f.Key)?.Note : null })
            .OrderBy(f => f.Severity).ThenBy(f => f.Note is not null)
            .ToList();
        return new CompilationTable(programme, year, questions, [.. replies.Values], compiled, findings);
    }

    private static IEnumerable<Finding> Check(Programme programme, FiscalYear year, IReadOnlyList<Question> questions, IEnumerable<CompiledReply> replies, List<CompiledCase> cases)
    {
        foreach (var reply in replies.Where(r => r.Status is not InquiryStatus.Accepted))
        {
            yield return new Finding($"not-accepted/{reply.InquiryId}", Severity.Warning,
                $"{reply.UnitName}の回答は「{InquiryStates.Name(reply.Status)}」です。この版には入りません。", Unit: reply.UnitName);
        }
        var accepted = cases.Where(c => c.Reply.Status is InquiryStatus.Accepted).ToList();
        foreach (var one in accepted.Where(c => !c.IsApproved))
            yield return Of(one, Severity.Error, "unapproved", "決裁のあとに変えられています。もう一度、提出と決裁が必要です。");
        var forms = programme.FormsIn(year);
        foreach (var one in accepted)
        {
            foreach (var question in one.Case.Answers.Missing(questions))
                yield return Of(one, Severity.Error, $"missing/{question.Key}", $"「{question.LabelJa}」がありません。");
            foreach (var finding in CheckOne(one, questions, forms))
                yield return finding;
        }
        foreach (var same in accepted.GroupBy(c => c.Case.TitleKey).Where(g => g.Key.Length > 0 && g.Select(c => c.Reply.UnitCode).Distinct().Count() > 1))
        {
            foreach (var one in same)
            {
                yield return Of(one, Severity.Warning, "same-title",
                    $"同じ事業名が{string.Join("・", same.Where(c => c != one).Select(c => c.Reply.UnitName))}からも出ています。同じ事業ではありませんか。");
            }
        }
    }

    private static IEnumerable<Finding> CheckOne(CompiledCase one, IReadOnlyList<Question> questions, IReadOnlyList<NumberedForm> forms)
    {
        var answers = one.Case.Answers;
        var main = FormType.Main(answers["form"]);
        if (forms.FirstOrDefault(f => f.No == main) is { AsksForText: true } && answers["form"]?["other"] is null)
            yield return Of(one, Severity.Warning, "other-form", "協働形態が「その他」ですが、その内容がありません。");
        if (one.Case.Title.Length > 60)
            yield return Of(one, Severity.Warning, "long-title", $"事業名が長く（{one.Case.Title.Length}字）、一覧で見えにくくなります。");
        foreach (var question in questions.Where(q => q.AnswerType is FileType && q.Visibility is Visibility.Public))
        {
            if (FileType.Of(answers[question.Key]).Count(photo => !photo.MayBePublished) is > 0 and var held)
                yield return Of(one, Severity.Warning, $"photo-rights/{question.Key}", $"「{question.LabelJa}」の{held}枚は、公表の権利が書かれていないため、この版には入りません。");
        }
        foreach (var question in questions.Where(q => q.Visibility is Visibility.Public && answers[q.Key] is not null && q.Type is "short text" or "long text" or "roles"))
        {
            if (answers[question.Key] is { } value && Personal().Match(TextForms.Fold(string.Join('\n', question.AnswerType.Show(question, value)))) is { Success: true } found)
                yield return Of(one, Severity.Warning, $"personal/{question.Key}", $"公表される「{question.LabelJa}」に、個人の連絡先のように見える「{found.Value}」があります。");
        }
    }

    private static Finding Of(CompiledCase one, Severity severity, string kind, string message) =>
        new($"{kind}/{one.Case.Id}", severity, message, one.Case.Id, one.Case.Title, one.Reply.UnitName);

    // Mobile numbers and the mail services that people use at home.
    [GeneratedRegex(@"0[789]0-?\d{4}-?\d{4}|[\w.+-]+@(gmail|yahoo|outlook|hotmail|icloud|docomo|ezweb|softbank|i\.softbank|au)\.[a-z.]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Personal();
}

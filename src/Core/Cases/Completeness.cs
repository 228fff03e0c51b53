using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>Something worth writing next, in plain words. What is not <paramref name="Needed"/> is advice and never holds anything back.</summary>
public sealed record Advice(Question Question, string Words, bool Needed);

/// <summary>How far a case is written and what to write next.</summary>
/// <param name="Done">Needed questions that have an answer, of <paramref name="All"/>.</param>
/// <param name="Advices">First what is needed, the eight items of the national case data model (GIF DS-451-3) before all; then what would help.</param>
public sealed record Completeness(int Done, int All, IReadOnlyList<Advice> Advices)
{
    private const int ShortSummary = 40;
    private const int ShortContent = 60;

    /// <summary>The eight required items of GIF DS-451-3, as the questionnaire maps them, in the order in which they are best written.</summary>
    private static readonly string[] NationalItems = ["タイトル", "概要", "事例の場所", "対象組織・連絡先", "取り組み理由", "目的", "取り組み内容"];

    public int Percent => All == 0 ? 100 : Done * 100 / All;

    public Advice? Next => Advices.Count > 0 ? Advices[0] : null;

    public static Completeness Of(Answers answers, IReadOnlyList<Question> questions, FiscalYear year, IReadOnlyList<Question>? unexplained = null)
    {
        var missing = answers.Missing(questions);
        var needed = questions.Count(q => q.Needed);
        return new Completeness(needed - missing.Count, needed,
        [
            .. missing.OrderBy(NationalOrder).Select(q => new Advice(q, $"「{q.LabelJa}」を書いてください。{q.Help}", true)),
            .. (unexplained ?? []).Select(q => new Advice(q, $"「{q.LabelJa}」が前の年度から大きく変わっています。理由を書いてください。", true)),
            .. Unhelpful(answers, questions, year),
        ]);
    }

    private static int NationalOrder(Question question) => Array.IndexOf(NationalItems, question.Ds451) is >= 0 and var place ? place : NationalItems.Length;

    // Answers that are there and help nobody, and what makes a case worth reading.
    private static IEnumerable<Advice> Unhelpful(Answers answers, IReadOnlyList<Question> questions, FiscalYear year)
    {
        var title = TextForms.Key(answers.Text("title"));
        foreach (var question in questions.Where(q => q.Type is "long text" or "short text" && q.Key != "title" && q.Visibility is Visibility.Public))
        {
            var text = TextForms.Key(answers.Text(question.Key));
            if (text.Length == 0)
                continue;
            if (text == title)
                yield return new Advice(question, $"「{question.LabelJa}」が事業名と同じです。事業名だけでは分からないことを書いてください。", false);
            else if (question.Key == "summary" && text.Length < ShortSummary)
                yield return new Advice(question, $"「{question.LabelJa}」が短めです（{text.Length}字）。だれと、何を、どのようにしているかを{ShortSummary}字ほど書くと、知らない人にも伝わります。", false);
            else if (question.Key == "content" && text.Length < ShortContent)
                yield return new Advice(question, $"「{question.LabelJa}」が短めです（{text.Length}字）。回数・人数・場所などの数字があると、まねしやすくなります。", false);
            else if (question.Key is "reason" or "purpose" && questions.FirstOrDefault(q => q.Key == "summary") is { } summary && text == TextForms.Key(answers.Text(summary.Key)))
                yield return new Advice(question, $"「{question.LabelJa}」が「{summary.LabelJa}」と同じ文です。", false);
        }
        foreach (var question in questions.Where(q => q.Type == "indicator series"))
        {
            var series = IndicatorsType.Of(answers[question.Key]);
            if (series.Count == 0)
                yield return new Advice(question, $"「{question.LabelJa}」があると、年ごとの変化を図で見せられます。参加者や団体の数を一つでも書いてください。", false);
            else if (series.FirstOrDefault(one => one.Values.All(v => v.Year < year.Previous)) is { } old)
                yield return new Advice(question, $"指標「{old.Name}」に、{year.Previous.Japanese}か{year.Japanese}の値を加えてください。", false);
        }
        foreach (var key in new[] { "result", "lessons" })
        {
            if (questions.FirstOrDefault(q => q.Key == key) is { } question && answers[key] is null && answers.Text("declared") is "継続" or "終了")
                yield return new Advice(question, $"「{question.LabelJa}」を書くと、これから取り組む人の役に立ちます。", false);
        }
    }
}

using Kyodo.App.Components.Charts;
using Kyodo.Evaluation;
using Kyodo.Scores;

namespace Kyodo.App.Components;

/// <summary>The states of evaluations as a word, a shape and a colour, and both sides' marks as the charts take them.</summary>
public static class EvaluationWords
{
    public static StatusMark Of(SideStatus status, SideKind kind) => new(status switch
    {
        SideStatus.Answering => "status-answering",
        SideStatus.Submitted => "status-answered",
        SideStatus.Silent => "status-nil",
        _ => "status-not-started",
    }, EvaluationStates.Name(status, kind));

    public static StatusMark Of(EvaluationStatus status) => new(status switch
    {
        EvaluationStatus.Answering => "status-answering",
        EvaluationStatus.Opened => "status-awaiting",
        _ => "status-accepted",
    }, EvaluationStates.Name(status));

    public static IReadOnlyList<JudgedRow> Rows(EvaluationView view) => [.. view.Evaluation.Asked.Select(asked => new JudgedRow(
        asked.Criterion.No, asked.Criterion.TextJa, view.Government.MarkAt(asked.Place),
        [.. view.Partners.Where(side => side.Side.HasAnswered).Select(side => side.MarkAt(asked.Place))],
        view.IsOpen ? view.Evaluation.GapAt(asked.Place) : null))];

    public static IReadOnlyList<(string No, double? Government, double? Partner)> Axes(EvaluationView view) => [.. Rows(view).Select(row => (
        row.No, (double?)row.Government.Score, row.Partners.Select(mark => (double?)mark.Score).Average()))];

    public static string Name(FollowUp how) => how switch
    {
        FollowUp.Done => "できた",
        FollowUp.Partly => "一部できた",
        FollowUp.NotDone => "できなかった",
        _ => "",
    };

    public static string Name(TextVerdict verdict) => verdict switch
    {
        TextVerdict.Right => "正しい",
        TextVerdict.Correct => "直してほしい",
        _ => "協働とは知らなかった",
    };
}

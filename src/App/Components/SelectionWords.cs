using Kyodo.Selection;

namespace Kyodo.App.Components;

/// <summary>The states of a selection as a word, a shape and a colour.</summary>
public static class SelectionWords
{
    public static StatusMark Of(SelectionStatus status) => new(status switch
    {
        SelectionStatus.Nominating => "status-answering",
        SelectionStatus.Scoring => "status-awaiting",
        _ => "status-accepted",
    }, SelectionStates.Name(status));

    public static StatusMark Of(NominationStatus status) => new(status switch
    {
        NominationStatus.Entered => "status-answered",
        NominationStatus.Best => "status-accepted",
        _ => "status-nil",
    }, SelectionStates.Name(status));

    public static StatusMark Of(JudgementStatus status) => new(status switch
    {
        JudgementStatus.Asked => "status-not-started",
        JudgementStatus.Writing => "status-answering",
        JudgementStatus.Submitted => "status-answered",
        _ => "status-nil",
    }, SelectionStates.Name(status));

    /// <summary>What Krippendorff's alpha says, by its author's own thresholds.</summary>
    public static string Agreement(double? alpha) => alpha switch
    {
        null => "審査員の一致は計算できません（2人以上が採点した事例がないか、すべての採点が同じです）。",
        >= 0.8 => $"審査員の一致は高い（α = {alpha:0.00}）。",
        >= 0.667 => $"審査員の一致はおおむねある（α = {alpha:0.00}）。",
        _ => $"審査員の一致は低い（α = {alpha:0.00}）。順位だけで決めず、講評を読んで決めてください。",
    };
}

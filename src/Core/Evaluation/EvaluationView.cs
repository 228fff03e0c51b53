using Kyodo.Common;
using Kyodo.Scores;

namespace Kyodo.Evaluation;

/// <summary>
/// An evaluation as somebody may see it. The one door through which answers leave a side: before they are opened each side sees its own and
/// nobody sees more, whatever their role.
/// </summary>
public sealed class EvaluationView
{
    private EvaluationView(CaseEvaluation evaluation, IReadOnlyList<SideView> sides) => (Evaluation, Sides) = (evaluation, sides);

    public CaseEvaluation Evaluation { get; }

    public IReadOnlyList<SideView> Sides { get; }

    public bool IsOpen => Evaluation.Status is not EvaluationStatus.Answering;

    public SideView Government => Sides[0];

    public IEnumerable<SideView> Partners => Sides.Skip(1);

    /// <summary>Can the two be set side by side?</summary>
    public bool CanCompare => IsOpen && Government.Side.HasAnswered && Partners.Any(partner => partner.Side.HasAnswered);

    public static EvaluationView Of(CaseEvaluation evaluation, Actor by)
    {
        var open = evaluation.Status is not EvaluationStatus.Answering;
        return new(evaluation, [.. evaluation.Partners.Prepend(evaluation.Government).Select(side => new SideView(side, open || side.IsOf(by)))]);
    }
}

/// <summary>One side as somebody may see it; its answers are there only where they may be read.</summary>
public sealed class SideView
{
    private readonly bool _isRead;

    internal SideView(EvaluationSide side, bool isRead) => (Side, _isRead) = (side, isRead && side.Status is not SideStatus.Silent);

    /// <summary>For its name and state; its answers are asked of this view.</summary>
    public EvaluationSide Side { get; }

    public bool IsRead => _isRead;

    public Mark MarkAt(int place) => _isRead ? Side.MarkAt(place) : Mark.None;

    public string GroundsOf(string no) => _isRead ? Side.Grounds.GetValueOrDefault(no, "") : "";

    public string Words => _isRead ? Side.Words : "";

    public FollowUp FollowUpAt(int i) => _isRead && i < Side.FollowUps.Count ? Side.FollowUps[i] : FollowUp.NotSaid;
}

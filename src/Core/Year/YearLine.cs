using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Selection;

namespace Kyodo.Year;

/// <summary>Where one programme's year stands, as counts.</summary>
public sealed record YearFigures
{
    public required string ProgrammeKey { get; init; }

    public required string ProgrammeName { get; init; }

    /// <summary>Null while nothing has been asked yet.</summary>
    public FiscalYear? Year { get; init; }

    public long? RoundId { get; init; }

    public RoundStatus Status { get; init; }

    public DateOnly Due { get; init; }

    public IReadOnlyDictionary<InquiryStatus, int> Inquiries { get; init; } = new Dictionary<InquiryStatus, int>();

    public int Late { get; init; }

    public int Cases { get; init; }

    public int Revision { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public DateTimeOffset? FirstReleasedAt { get; init; }

    /// <summary>Evaluations that were asked for, those whose answers are open, and those talked about.</summary>
    public (int Asked, int Opened, int Reflected) Evaluations { get; init; }

    /// <summary>Null while nobody has been asked for the best cases.</summary>
    public SelectionStatus? Selection { get; init; }

    public int Best { get; init; }

    /// <summary>Sessions held in the fiscal year, and the workplaces that took part, of all programmes.</summary>
    public (int Held, int Reached, int Workplaces) Training { get; init; }

    public int Asked => Inquiries.Values.Sum();

    public int Of(params InquiryStatus[] states) => states.Sum(state => Inquiries.GetValueOrDefault(state));

    public int Accepted => Of(InquiryStatus.Accepted);

    public int Arrived => Of(InquiryStatus.Answered, InquiryStatus.Accepted);
}

/// <summary>The one thing to do next.</summary>
public enum NextStep
{
    PrepareRound,
    SendRound,
    AskTheLate,
    Accept,
    WaitForAnswers,
    Publish,
    AskForEvaluation,
    WaitForEvaluation,
    AskForBest,
    DecideBest,
    PublishAgain,
    Train,
    NextYear,
}

public enum StagePlace
{
    Done,
    Here,
    Ahead,
}

public sealed record YearStage(string Name, StagePlace Place, string Note);

/// <summary>
/// The line of stages 照会 → 回答 → 決裁 → 取りまとめ → 公表 → 評価 → 選定 → 第2版 → 研修 of one programme and year, and what comes next.
/// </summary>
public sealed record YearLine(YearFigures Figures, DateOnly Today)
{
    /// <summary>Something of it waits, though a newer year may be open.</summary>
    public bool GoesOn => Figures.Revision == 0 || Figures.Of(InquiryStatus.Answered) > 0 || Next is NextStep.WaitForEvaluation or NextStep.AskForBest or NextStep.DecideBest or NextStep.PublishAgain;

    public bool IsSent => Figures.RoundId is not null && Figures.Status is not RoundStatus.Draft;

    public NextStep Next =>
        Figures.RoundId is null ? NextStep.PrepareRound
        : !IsSent ? NextStep.SendRound
        : Figures.Revision > 0 && Figures.Accepted == Figures.Asked ? AfterRelease
        : Figures.Of(InquiryStatus.Answered) > 0 ? NextStep.Accept
        : Figures.Late > 0 && Figures.Revision == 0 ? NextStep.AskTheLate
        : Figures.Arrived < Figures.Asked && Figures.Revision == 0 ? NextStep.WaitForAnswers
        : Figures.Revision == 0 ? NextStep.Publish
        : NextStep.NextYear;

    private NextStep AfterRelease =>
        Figures.Evaluations.Asked == 0 ? NextStep.AskForEvaluation
        : Figures.Evaluations.Opened < Figures.Evaluations.Asked ? NextStep.WaitForEvaluation
        : Figures.Selection is null ? NextStep.AskForBest
        : Figures.Selection is not SelectionStatus.Decided ? NextStep.DecideBest
        : Figures.Revision < 2 ? NextStep.PublishAgain
        : Figures.Training.Held == 0 ? NextStep.Train
        : NextStep.NextYear;

    public string NextWords => Next switch
    {
        NextStep.PrepareRound => "まだ照会がありません。制度・年度・時期を選んで、照会をつくってください。",
        NextStep.SendRound => "準備中の照会があります。文面・期限・照会先を確かめて送ってください。",
        NextStep.AskTheLate => $"期限（{PartialDate.Of(Figures.Due).Japanese}）を過ぎても届いていない組織が{Figures.Late}あります。状況を確かめてください。",
        NextStep.Accept => $"決裁の済んだ回答が{Figures.Of(InquiryStatus.Answered)}組織から届いています。確かめて受理してください。",
        NextStep.WaitForAnswers => $"回答を待っています。期限は{PartialDate.Of(Figures.Due).Japanese}で、{Figures.Arrived}/{Figures.Asked}組織から届いています。",
        NextStep.Publish => "すべての回答を受理しました。取りまとめのエラーと注意を片付けて、公表してください。",
        NextStep.AskForEvaluation => $"第{Figures.Revision}版を公表しています。次は、事業をともにした相手方との協働評価です。",
        NextStep.WaitForEvaluation => $"協働評価の答えを待っています。{Figures.Evaluations.Asked}件のうち{Figures.Evaluations.Opened}件で双方の答えが開きました。",
        NextStep.AskForBest => "協働評価が済みました。優良事例の推薦の受付を始めてください。",
        NextStep.DecideBest => $"優良事例の選定は「{SelectionStates.Name(Figures.Selection!.Value)}」です。",
        NextStep.PublishAgain => $"優良事例{Figures.Best}件が決まりました。評価と優良事例を載せた第2版を公表してください。",
        NextStep.Train => $"第{Figures.Revision}版を公表しています。次は、事例を使った研修です。",
        _ => $"第{Figures.Revision}版を公表しています。訂正が必要なときは次の版を出し、来年度の照会は今年度の照会からつくれます。",
    };

    public IReadOnlyList<YearStage> Stages
    {
        get
        {
            var here = Here;
            (string Name, string Note)[] stages =
            [
                ("照会", IsSent ? $"{Figures.Asked}組織へ" : Figures.RoundId is null ? "これから" : "準備中"),
                ("回答", IsSent ? AnswerNote : ""),
                ("決裁", Figures.Of(InquiryStatus.AwaitingApproval) is > 0 and var waiting ? $"{waiting}件が待っています" : ""),
                ("取りまとめ", Figures.Arrived > 0 ? $"{Figures.Accepted}/{Figures.Asked}組織を受理" : ""),
                ("公表（第1版）", Figures.Revision > 0 ? $"{PartialDate.Of(Figures.FirstReleasedAt!.Value.DayInJapan()).Japanese} {Figures.Cases}件" : ""),
                ("協働評価", Figures.Evaluations.Asked > 0 ? $"{Figures.Evaluations.Opened}/{Figures.Evaluations.Asked}件が開きました" : ""),
                ("優良事例", Figures.Selection is not { } selection ? "" : selection is SelectionStatus.Decided ? $"{Figures.Best}件に決定" : SelectionStates.Name(selection)),
                ("公表（第2版）", Figures.Revision > 1 ? $"第{Figures.Revision}版 {PartialDate.Of(Figures.ReleasedAt!.Value.DayInJapan()).Japanese}" : ""),
                ("研修", Figures.Training.Held > 0 ? $"{Figures.Training.Held}回 {Figures.Training.Reached}/{Figures.Training.Workplaces}職場" : ""),
            ];
            return [.. stages.Select((stage, i) => new YearStage(stage.Name, i < here ? StagePlace.Done : i == here ? StagePlace.Here : StagePlace.Ahead, stage.Note))];
        }
    }

    private int Here =>
        !IsSent ? 0
        : Figures.Revision > 0 ? Figures.Accepted == Figures.Asked ? Place(AfterRelease) : 4
        : Figures.Arrived + Figures.Of(InquiryStatus.AwaitingApproval, InquiryStatus.AwaitingCheck) < Figures.Asked ? 1
        : Figures.Arrived < Figures.Asked ? 2
        : Figures.Accepted < Figures.Asked ? 3
        : 4;

    private static int Place(NextStep step) => step switch
    {
        NextStep.AskForEvaluation or NextStep.WaitForEvaluation => 5,
        NextStep.AskForBest or NextStep.DecideBest => 6,
        NextStep.PublishAgain => 7,
        NextStep.Train => 8,
        _ => 9,
    };

    private string AnswerNote => Figures.Late > 0
        ? $"期限超過 {Figures.Late}組織"
        : $"{Figures.Arrived}/{Figures.Asked}組織 {PartialDate.Of(Figures.Due).Japanese}まで";
}

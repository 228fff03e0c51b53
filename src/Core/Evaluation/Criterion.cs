namespace Kyodo.Evaluation;

/// <summary>When in a project's life it is looked at.</summary>
public enum EvaluationPhase
{
    /// <summary>企画</summary>
    Planning,

    /// <summary>実施</summary>
    Doing,

    /// <summary>終了: looks back at all of it.</summary>
    Closing,
}

/// <summary>How much is asked: the five items that every project gets, or all of them.</summary>
public enum SheetForm
{
    Short,
    Full,
}

/// <summary>評価項目: one sentence that both sides judge. <paramref name="No"/> is its name in files (K1); it never comes to mean another sentence.</summary>
public sealed record Criterion(string No, EvaluationPhase Phase, bool IsShort, string TextJa, string TextEn, string Basis)
{
    public bool IsAsked(SheetForm form, EvaluationPhase phase) => (form is SheetForm.Full || IsShort) && (phase is EvaluationPhase.Closing || Phase == phase);
}

using Kyodo.App.Components;
using Kyodo.Compilation;
using Kyodo.Questions;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>One unit's reply, with the version that a decision on it names.</summary>
public sealed record ReplyRow(CompiledReply Reply, long Version, int Cases, bool MayAccept, bool MayAskBack)
{
    public string Seen => $"{Reply.InquiryId}:{Version}";
}

/// <summary>What the checks of one kind found.</summary>
/// <param name="Open">The warnings without a note.</param>
/// <param name="Items">The first of them, as they are shown.</param>
public sealed record FindingGroup(string Kind, string Words, bool IsError, int Count, IReadOnlyList<Finding> Open, IReadOnlyList<FindingRow> Items)
{
    /// <summary>Few, or wished for: the list stands open.</summary>
    public bool IsUnfolded { get; init; }
}

/// <summary>One finding, with the page where it can be put right.</summary>
public sealed record FindingRow(Finding Finding, string Address)
{
    public string Name => Finding.CaseTitle ?? Finding.Unit ?? "回答";

    /// <summary>Where a reason for a warning is sent; null where none can be written.</summary>
    public string? NoteAction { get; init; }

    /// <summary>A reason that was refused.</summary>
    public string? Typed { get; init; }
}

/// <summary>A column that the table of answers may show: its words and what stands in it.</summary>
public sealed record AnswerColumn(string Key, string Words, bool IsNumber, bool IsText, Func<CompiledCase, string> Of)
{
    public static IReadOnlyList<AnswerColumn> For(IReadOnlyList<Question> questions, IReadOnlyList<NumberedForm> forms) =>
    [
        new("state", "状態", false, false, one => InquiryStates.Name(one.Reply.Status)),
        new("approval", "決裁", false, false, one => one.IsApproved ? "済み" : one.Unconfirmed > 0 ? "修正の確認待ち" : one.IsChangedAfterApproval ? "決裁後に変更" : "―"),
        new("form", "協働形態", false, false, one => forms.FirstOrDefault(f => f.No == one.Facts.FormNo)?.ToString() ?? "―"),
        new("summary", "概要", false, true, one => one.Facts.Summary),
        new("partners", "相手方", false, false, one => string.Join("、", one.Facts.Partners.Select(p => p.Name))),
        new("declared", "区分", false, false, one => one.Facts.Declared.Length > 0 ? one.Facts.Declared : "―"),
        new("budget", "予算（千円）", true, false, one => one.Facts.BudgetYen is { } yen ? Kyodo.Common.Quantity.Grouped(yen / 1000m) : "―"),
        new("done", "必要項目", true, false, one => $"{one.Facts.Done}／{one.Facts.Needed}"),
        .. questions.Where(q => q.Parts.Count > 0 && q.Key is not ("title" or "form" or "summary" or "partners" or "declared" or "budget"))
            .Select(q => new AnswerColumn($"q-{q.Key}", q.LabelJa, false, q.Type is "long text", one => one.Case.Answers[q.Key] is { } value ? string.Join('\n', new AnswerToShow(q, value, forms).Lines) : "―")),
    ];

    public static IReadOnlyList<string> Usual { get; } = ["state", "approval", "form", "summary", "partners", "declared", "budget", "done"];

    /// <summary>The question whose answer stands in the column; null for what is computed.</summary>
    public string? QuestionKey => Key.StartsWith("q-", StringComparison.Ordinal) ? Key[2..] : Key is "state" or "approval" or "done" ? null : Key;
}

using Kyodo.Approval;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Audit;

/// <summary>The verbs and subjects of the audit trail in the users' words. One that has none yet is shown as it stands.</summary>
public static class AuditWords
{
    public static IReadOnlyList<(string Prefix, string Word)> Subjects { get; } =
    [
        ("round", "照会"), ("round-question", "問い合わせ"), ("inquiry", "照会先"), ("case", "事例"), ("approval-route", "決裁ルート"), ("approval", "決裁"), ("warning-note", "注意への説明"), ("revision", "版"), ("voice", "読者の声"), ("case-use", "参考にした記録"), ("case-question", "事例への質問"), ("programme", "制度"),
        ("mail", "メール"), ("mail-template", "メールの文"), ("occasion", "自動のお知らせ"), ("unit", "組織"), ("government", "団体"), ("partner", "相手方"), ("project", "事業"),
    ];

    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["entered"] = "登録",
        ["question-added"] = "設問を追加",
        ["question-removed"] = "設問を削除",
        ["round-prepared"] = "照会を準備",
        ["round-described"] = "文面と期限を保存",
        ["round-targets"] = "照会先を保存",
        ["inquiry-remind"] = "催促",
        ["inquiry-extend"] = "期限を延長",
        ["round-schedule"] = "送付を予約",
        ["round-unschedule"] = "送付の予約を取り消し",
        ["round-not-sent"] = "予約の時刻に送れず",
        ["round-attached"] = "添付を追加",
        ["round-detached"] = "添付を外し",
        ["round-question"] = "問い合わせ",
        ["round-question-answered"] = "問い合わせに回答",
        ["notice-written"] = "通知文を保存",
        ["notice-sent"] = "結果を通知",
        ["case-handed-over"] = "移送先へ引き継ぎ",
        ["round-reminders"] = "お知らせの日を保存",
        ["inquiry-reminded"] = "期限前のお知らせ",
        ["inquiry-overdue"] = "期限超過のお知らせ",
        ["inquiry-escalated"] = "上司へのお知らせ",
        ["digest-sent"] = "週のまとめを送付",
        ["mail-retried"] = "メールを再送",
        ["mail-given-up"] = "メールの送付を中止",
        ["mail-template-written"] = "メールの文を保存",
        ["mail-template-default"] = "メールの文を元に戻す",
        ["nil-return"] = "該当なしと回答",
        ["file-taken"] = "ファイルを取り込み",
        ["case-begun"] = "事例を書きはじめ",
        ["case-written"] = "事例を記入",
        ["case-edited"] = "事例を変更",
        ["case-carried"] = "前の年度から引き継ぎ",
        ["case-joined"] = "前の年度の事業とつなぎ",
        ["case-left"] = "前の年度の事業から外し",
        ["project-ended"] = "終了を記録",
        ["project-merged"] = "統合を記録",
        ["project-split"] = "分割を記録",
        ["project-renamed"] = "名称変更を記録",
        ["project-movedunit"] = "所管替えを記録",
        ["project-becamebudgeted"] = "予算化を記録",
        ["project-becamezerobudget"] = "予算なしになったことを記録",
        ["project-different"] = "別の事業と回答",
        ["project-link-undone"] = "つながりを取り消し",
        ["question-change-limit"] = "増減の幅を変更",
        ["case-removed"] = "事例を取り外し",
        ["approval-asked"] = "決裁を依頼",
        ["approval-escalate"] = "引上げ承認",
        ["approval-substitute"] = "代決",
        ["route-described"] = "決裁ルートを保存",
        ["field-commented"] = "項目にコメント",
        ["field-comment-struck"] = "コメントを済みに",
        ["field-comment-reopened"] = "コメントを未済に",
        ["case-amended"] = "取りまとめで修正",
        ["amendment-confirmed"] = "修正を確認",
        ["amendment-declined"] = "修正を元に戻し",
        ["warning-noted"] = "注意を説明",
        ["revision-released"] = "公表",
        ["voice-given"] = "読者の声が届く",
        ["voice-read"] = "読者の声を読んだ",
        ["voice-handled"] = "読者の声に対応",
        ["voices-told"] = "読者の声をお知らせ",
        ["case-used"] = "参考にしたことを記録",
        ["case-use-taken-back"] = "参考にした記録を取り消し",
        ["case-question"] = "事例に質問",
        ["case-question-answered"] = "事例への質問に回答",
    };

    public static string Verb(string verb)
    {
        if (Verbs.TryGetValue(verb, out var word))
            return word;
        var (subject, rest) = verb.Split('-', 2) is [var first, var second] ? (first, second) : ("", "");
        return subject switch
        {
            "round" when Enum.TryParse<RoundVerb>(rest, ignoreCase: true, out var round) => RoundStates.Name(round),
            "inquiry" when Enum.TryParse<InquiryVerb>(rest, ignoreCase: true, out var inquiry) => InquiryStates.Name(inquiry),
            "approval" when Enum.TryParse<ApprovalVerb>(rest, ignoreCase: true, out var approval) => ApprovalStates.Name(approval),
            _ => verb,
        };
    }
}

namespace Kyodo.App.Components;

/// <summary>The verbs of the audit trail in the words that people use.</summary>
public static class AuditWords
{
    public static string Of(string verb) => verb switch
    {
        "inquiry-send" => "照会を送りました",
        "inquiry-receive" => "受け取りました",
        "inquiry-answer" => "回答を始めました",
        "inquiry-submit" => "決裁へ提出しました",
        "inquiry-recall" => "引き戻しました",
        "inquiry-sendback" => "差し戻しました",
        "inquiry-approve" => "承認しました",
        "inquiry-askback" => "再照会しました",
        "inquiry-accept" => "受理しました",
        "inquiry-remind" => "催促のメールを送りました",
        "inquiry-reminded" => "期限が近いことをメールでお知らせしました",
        "inquiry-overdue" => "期限を過ぎたことをメールでお知らせしました",
        "inquiry-escalated" => "上司にメールでお知らせしました",
        "nil-return" => "「該当なし」と回答しました",
        "case-begun" => "事例を加えました",
        "case-written" => "事例を書きました",
        "case-edited" => "事例を直しました",
        "case-carried" => "前の年度から引き継ぎました",
        "case-joined" => "前の年度の事業とつなげました",
        "case-left" => "前の年度の事業とのつながりを外しました",
        "project-ended" => "事業の終了を記録しました",
        "project-merged" => "事業の統合を記録しました",
        "project-split" => "事業の分割を記録しました",
        "project-renamed" => "事業の名称変更を記録しました",
        "project-movedunit" => "事業の所管替えを記録しました",
        "project-becamebudgeted" => "事業の予算化を記録しました",
        "project-becamezerobudget" => "事業が予算なしになったことを記録しました",
        "project-different" => "別の事業と答えました",
        "project-link-undone" => "事業のつながりを取り消しました",
        "question-change-limit" => "増減の幅を決めました",
        "case-removed" => "事例を回答から外しました",
        "approval-asked" => "決裁を求めました",
        "approval-approve" => "承認しました",
        "approval-sendback" => "差し戻しました",
        "approval-recall" => "引き戻しました",
        _ => verb,
    };
}

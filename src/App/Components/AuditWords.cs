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
        "nil-return" => "「該当なし」と回答しました",
        "case-begun" => "事例を加えました",
        "case-written" => "事例を書きました",
        "case-edited" => "事例を直しました",
        "case-removed" => "事例を回答から外しました",
        "approval-asked" => "決裁を求めました",
        "approval-approve" => "承認しました",
        "approval-endorse" => "承認し、次の段階へ送りました",
        "approval-escalate" => "引上げ承認しました",
        "approval-substitute" => "代決しました",
        "approval-review" => "後閲しました",
        "field-commented" => "項目にコメントしました",
        "field-comment-struck" => "コメントに「直した」と印を付けました",
        "field-comment-reopened" => "コメントの「直した」を取り消しました",
        "case-amended" => "取りまとめで直しました",
        "amendment-confirmed" => "取りまとめでの修正を確認しました",
        "amendment-declined" => "取りまとめでの修正を元に戻しました",
        "inquiry-unaccept" => "受理を取り消しました",
        "approval-sendback" => "差し戻しました",
        "approval-recall" => "引き戻しました",
        _ => verb,
    };
}

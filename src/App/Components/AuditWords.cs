namespace Kyodo.App.Components;

/// <summary>The verbs of the audit trail in the words that people use.</summary>
public static class AuditWords
{
    public static string Of(string verb) => verb switch
    {
        "inquiry-send" => "照会を送りました",
        "inquiry-receive" => "受け取りました",
        "file-taken" => "ファイルから事例を取り込みました",
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
        "approval-sendback" => "差し戻しました",
        "approval-recall" => "引き戻しました",
        _ => verb,
    };
}

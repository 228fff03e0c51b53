using Kyodo.Approval;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Audit;

/// <summary>The verbs and subjects of the audit trail in the users' words. One that has none yet is shown as it stands.</summary>
public static class AuditWords
{
    public static IReadOnlyList<(string Prefix, string Word)> Subjects { get; } =
    [
        ("round", "照会"), ("inquiry", "照会先"), ("case", "事例"), ("approval", "決裁"), ("warning-note", "注意への説明"), ("revision", "版"), ("programme", "制度"),
        ("unit", "組織"), ("government", "団体"), ("partner", "相手方"), ("project", "事業"),
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
        ["nil-return"] = "該当なしと回答",
        ["file-taken"] = "ファイルを取り込み",
        ["case-begun"] = "事例を書きはじめ",
        ["case-written"] = "事例を記入",
        ["case-edited"] = "事例を変更",
        ["case-removed"] = "事例を取り外し",
        ["approval-asked"] = "決裁を依頼",
        ["warning-noted"] = "注意を説明",
        ["revision-released"] = "公表",
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

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>The kinds of findings in few words, for the list that filters them.</summary>
internal static class FindingKinds
{
    public static string Words(string kind) => kind switch
    {
        "not-accepted" => "受理していない回答",
        "unapproved" => "決裁のあとの変更",
        "unconfirmed" => "確認待ちの修正",
        "missing" => "必要な項目がない",
        "other-form" => "「その他」の内容がない",
        "long-title" => "長い事業名",
        "long-summary" => "長い概要",
        "summary-is-title" => "概要が事業名と同じ",
        "title-is-summary" => "事業名がほかの概要と同じ",
        "placeholder" => "「同上」「別紙のとおり」など",
        "copied-help" => "記入例のまま",
        "plain-link" => "https でないリンク",
        "broken-link" => "形の正しくないリンク",
        "personal" => "個人の連絡先",
        "home-address" => "住所の番地",
        "personal-name" => "個人の名前",
        "form-and-partner" => "協働形態と相手方が合わない",
        "local-form" => "市町村の呼び方と協働形態が合わない",
        "partner-count" => "団体数が名前より少ない",
        "number-and-name" => "法人番号と名前が合わない",
        "dead-municipality" => "その年度にない市町村",
        "implausible-amount" => "大きすぎる金額",
        "zero-budget-with-budget" => "予算を使わない制度の予算額",
        "over-before" => "年度の前に終わった期間",
        "begins-after" => "年度のあとに始まる期間",
        "same-title" => "同じ事業名",
        "same-project" => "同じ事業が2つの組織から",
        "continued-without-past" => "前年度のない「継続」",
        "new-with-past" => "前年度のある「新規」",
        "thousandfold" => "千円と円の取り違え",
        "indicator-unit" => "単位の変わった指標",
        "unit-count" => "件数が半分か2倍",
        "budget-total" => "予算合計の増減",
        _ => kind,
    };
}

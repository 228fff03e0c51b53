namespace Kyodo.App.Pages.Portal;

public sealed class AccessibilityModel : PublicPage
{
    /// <summary>One thing that was tested, how, and what came of it.</summary>
    public sealed record Result(string WhatJa, string WhatEn, string HowJa, string HowEn, string ResultJa, string ResultEn);

    // Written from the tests' own figures; put right whenever they are run anew for a version.
    public IReadOnlyList<Result> Results { get; } =
    [
        new("機械で見つかる問題", "What a machine can find",
            "axe-core で、公開ページの種類ごとに、幅1280と360ピクセルで検査（27ページ、54回）。版をつくるたびに繰り返す", "axe-core on each kind of public page at 1280 and 360 px (27 pages, 54 runs), repeated for each version",
            "違反 0件", "No violations"),
        new("キーボードだけの操作", "Keyboard alone",
            "ホーム・一覧・事例・推移・声を届けるの各ページで、Tabキーで順にたどる", "Tab through home, list, case, trends and the form to write to a unit",
            "すべてのリンクと入力欄に、見た目の順に届き、いまの位置が太い枠で見える", "Each link and field is reached in the order it is seen, with a visible frame"),
        new("スクリプトなし", "Without scripts",
            "JavaScriptを切って、さがす・読む・声を届けるを行う", "Search, read and write to a unit with JavaScript off",
            "すべて行える。「引用の文を写す」ボタンだけは出ない", "All work; only the button that copies a citation is absent"),
        new("拡大と狭い画面", "Zoom and narrow windows",
            "幅320ピクセル（1280ピクセルを400%に拡大したのと同じ）で表示", "At 320 px, which is 1280 px at 400%",
            "内容は欠けない。広い表だけは、その枠の中を横に動かして読む", "Nothing is lost; only wide tables scroll sideways within their frame"),
        new("色と配色", "Colours",
            "文字と地の明るさの比を検査。暗い配色、ハイコントラスト（強制カラー）で表示", "Contrast by axe-core; dark and forced colours",
            "比は4.5対1以上。どの配色でも読め、色だけで区別しているものはない", "At least 4.5:1; readable in each, and nothing is told by colour alone"),
        new("図", "Pictures",
            "図の一つ一つに、同じ数字の表か文があるかを確認", "Each chart looked at beside its text",
            "推移の図と事例の指標の図には、同じ数字の表がある", "The trend and the indicators of cases have the same figures as a table"),
    ];

    public void OnGet() => Titled(Say("アクセシビリティ", "Accessibility"));
}

using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>What the selection of best cases brings: to departments and to jurors.</summary>
public static partial class MailKinds
{
    private static readonly Dictionary<MailKind, OwnMail> OfSelection = new()
    {
        [MailKind.NominationAsked] = new("優良事例の推薦のお願い（担当の組織へ）", new("【優良事例】{年度}の事例を推薦してください（{組織}）", """
            {組織} ご担当者様

            {年度}の優良事例の推薦を受け付けています。どの部局にも推薦枠があります（{組織}は{件数}件まで）。
            推薦できる事例と、まだできない事例のわけは、推薦の画面で見られます。

            期限: {期限}
            推薦の画面: {リンク}
            """), Of(("組織", "担当の組織"), ("年度", "選定する年度"), ("件数", "推薦枠の数"), ("期限", "推薦の期限"), (MailText.Link, "推薦の画面のアドレス（Kyodo:PublicUrl が決まっているとき）"))),
        [MailKind.JudgementAsked] = new("審査のお願い（審査員へ）", new("【優良事例】{年度}の審査をお願いします（{件数}件）", """
            {審査員} 様

            {年度}の優良事例の審査で、{件数}件の採点をお願いします。
            ご自分の団体や家族に関わる事例があれば、採点の画面で申し出てください。ほかの審査員の採点は、そろうまで見えません。

            期限: {期限}
            採点の画面（サインインして「審査」を開いてください）: {リンク}
            """), Of(("審査員", "審査員の名前"), ("年度", "選定する年度"), ("件数", "採点する事例の数"), ("期限", "審査の期限"), (MailText.Link, "画面のアドレス（Kyodo:PublicUrl が決まっているとき）"))),
        [MailKind.SelectionDecided] = new("優良事例の結果（担当の組織へ）", new("【優良事例】{事業}: {結果}", """
            {組織} ご担当者様

            {年度}の優良事例の選定で、「{事業}」は{結果}。

            理由:
            {理由}

            推薦の画面: {リンク}
            """), Of(("組織", "担当の組織"), ("年度", "選定した年度"), ("事業", "事業の題名"), ("結果", "選ばれたかどうか"), ("理由", "結果の理由"), (MailText.Link, "推薦の画面のアドレス（Kyodo:PublicUrl が決まっているとき）"))),
    };

    private static OrderedDictionary<string, string> Of(params (string Word, string Meaning)[] words) => new(words.Select(one => KeyValuePair.Create(one.Word, one.Meaning)), StringComparer.Ordinal);
}

using System.Diagnostics.CodeAnalysis;
using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>What an evaluation brings: mails to the units, and to partners outside, who have no account.</summary>
public static partial class MailKinds
{
    private static readonly Dictionary<string, string> OfUnitsEvaluation = new(StringComparer.Ordinal)
    {
        ["組織"] = "担当の組織",
        ["年度"] = "評価する年度",
        ["件数"] = "評価する事業の数",
        ["事業"] = "評価する事業の題名",
        ["期限"] = "回答の期限",
        [MailText.Link] = "協働評価の画面のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    private static readonly Dictionary<string, string> OfPartner = new(StringComparer.Ordinal)
    {
        ["団体"] = "相手方の名前",
        ["年度"] = "評価する年度",
        ["事業"] = "評価する事業の題名と担当の組織",
        ["期限"] = "回答の期限",
        [MailText.Link] = "招待のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    private static readonly Dictionary<MailKind, OwnMail> OfEvaluation = new()
    {
        [MailKind.EvaluationAsked] = new("協働評価のお願い（担当の組織へ）", new("【協働評価】{年度}の事業の評価をお願いします（{組織}）", """
            {組織} ご担当者様

            {年度}の次の事業（{件数}件）について、協働のしかたの評価をお願いします。同じ質問に、相手方の皆さまにも答えていただきます。
            双方の答えがそろうか、期限を過ぎるまで、相手方の答えは見えません。

            {事業}

            期限: {期限}
            評価の画面: {リンク}
            """), OfUnitsEvaluation),
        [MailKind.EvaluationReminded] = new("協働評価の催促（担当の組織へ）", new("【お願い】協働評価の期限は{期限}です（{組織}）", """
            {組織} ご担当者様

            {年度}の事業の協働評価のうち、{件数}件の回答がまだ届いていません。

            {事業}

            期限: {期限}
            評価の画面: {リンク}
            """), OfUnitsEvaluation),
        [MailKind.EvaluationOpened] = new("双方の答えが開いたとき（担当の組織へ）", new("【協働評価】双方の答えが開きました（{事業}）", """
            {組織} ご担当者様

            「{事業}」の協働評価の、双方の答えが見られるようになりました。
            {差}

            評価の画面: {リンク}
            """),
            new OrderedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["事業"] = "事業の題名",
                ["組織"] = "担当の組織",
                ["差"] = "見方の違いがどれだけあったか",
                [MailText.Link] = "その評価の画面のアドレス（Kyodo:PublicUrl が決まっているとき）",
            }),
        [MailKind.PartnerInvited] = new("協働評価の招待（相手方へ）", new("【協働評価】{年度}の事業について、お答えのお願い", """
            {団体} 様

            いつも協働の取組みにお力添えをいただき、ありがとうございます。
            ご一緒した次の事業について、協働がどうだったかをお聞かせください。5分ほどで答えられます。行政の担当も、同じ質問に答えます。

            {事業}

            期限: {期限}

            下のページを開き、ボタンを押すと、このメールアドレスに、1回だけ使える番号が届きます。会員登録やパスワードは要りません。
            {リンク}

            お答えや点数は、皆さまの同意なしに公表することはありません。
            """), OfPartner),
        [MailKind.PartnerReminded] = new("協働評価の催促（相手方へ）", new("【お願い】協働評価のお答えは{期限}までです", """
            {団体} 様

            次の事業の協働評価に、まだお答えをいただいていません。お忙しいところ恐れ入りますが、{期限}までにお聞かせください。

            {事業}

            {リンク}

            紙や Excel でも受け付けています。ご一緒した担当の組織にお知らせください。
            """), OfPartner),
        [MailKind.PartnerLink] = new("1回だけ使えるリンクと番号（相手方へ）", new("【協働評価】確認の番号とリンク（10分間有効）", """
            {団体} 様

            確認の番号: {番号}

            ボタンを押した画面に、この番号を入れてください。同じブラウザーでは、次のリンクからも入れます。
            {リンク}

            番号とリンクは10分間、1回だけ使えます。ほかの方の画面では使えません。お心当たりのないときは、このメールを捨ててください。何も起きません。
            """),
            new OrderedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["団体"] = "相手方の名前",
                ["番号"] = "確認の番号",
                [MailText.Link] = "1回だけ使えるリンク（Kyodo:PublicUrl が決まっているとき）",
            }),
    };

    /// <summary>The kinds that belong to no round have placeholders and a text of their own.</summary>
    private static bool TryOwn(MailKind kind, [NotNullWhen(true)] out OwnMail? own) => OfCasebook.TryGetValue(kind, out own) || OfEvaluation.TryGetValue(kind, out own) || OfSelection.TryGetValue(kind, out own) || OfPeople.TryGetValue(kind, out own) || OfTraining.TryGetValue(kind, out own);
}

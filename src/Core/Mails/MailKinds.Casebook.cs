using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>What the published casebook and its readers bring: mails that belong to no round.</summary>
public static partial class MailKinds
{
    private sealed record OwnMail(string Name, MailText Text, IReadOnlyDictionary<string, string> Placeholders);

    private static readonly Dictionary<string, string> OfCaseQuestion = new(StringComparer.Ordinal)
    {
        ["事例"] = "事例の題名",
        ["組織"] = "事例の担当の組織",
        ["質問者"] = "質問した人とその組織",
        ["質問"] = "質問の文",
        ["答え"] = "答えの文（答えがあったとき）",
        [MailText.Link] = "庁内事例集の、その事例のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    private static readonly Dictionary<MailKind, OwnMail> OfCasebook = new()
    {
        [MailKind.EditionReleased] = new("公表のお知らせ（全職員へ）", new("【公表】{年度} {制度} 事例集", """
            職員の皆さま

            {年度}の{制度} 事例集（第{版}版、{件数}件）を公表しました。
            {訂正}
            庁内事例集では、公表した内容に庁内向けの補足を添えて読めます。参考にした事例があれば、事例のページの「参考にした」でお知らせください。

            庁内事例集: {リンク}
            """),
            new OrderedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["制度"] = "制度の名前",
                ["年度"] = "年度版の年度",
                ["版"] = "版の番号",
                ["件数"] = "事例の件数",
                ["訂正"] = "訂正の文（第2版から。第1版では空）",
                ["注記"] = "この版の注記（ないときは空）",
                [MailText.Link] = "庁内事例集のアドレス（Kyodo:PublicUrl が決まっているとき）",
            }),
        [MailKind.VoicesArrived] = new("読者の声（担当の組織へ、1日1通まで）", new("【読者の声】{件数}件届いています（{組織}）", """
            {組織} ご担当者様

            公表した事例に、読者の声が{件数}件届いています。

            {事例}

            読んで、必要なことに対応したら、その内容を書き残してください。声は公表されません。

            読者の声の画面: {リンク}
            """),
            new OrderedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["組織"] = "事例の担当の組織",
                ["件数"] = "まだ読まれていない声の件数",
                ["事例"] = "声の届いた事例の題名と件数",
                [MailText.Link] = "読者の声の画面のアドレス（Kyodo:PublicUrl が決まっているとき）",
            }),
        [MailKind.CaseQuestionAsked] = new("事例への質問（担当の組織へ）", new("【事例への質問】{事例}", """
            {組織} ご担当者様

            庁内事例集の「{事例}」に、{質問者}さんから質問が届いています。

            {質問}

            答えは、すべての職員が読めます。

            答えを書く画面: {リンク}
            """), OfCaseQuestion),
        [MailKind.CaseQuestionAnswered] = new("事例への質問の答え", new("【質問の答え】{事例}", """
            {質問者} 様

            庁内事例集の「{事例}」への質問に、{組織}から答えがありました。

            質問:
            {質問}

            答え:
            {答え}

            事例の画面: {リンク}
            """), OfCaseQuestion),
    };
}

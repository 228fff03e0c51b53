using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>The kinds of mail: their names, their default texts and the placeholders that each may use. The one place of all mail texts.</summary>
public static partial class MailKinds
{
    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["組織"] = "照会先の組織の名前",
        ["件名"] = "照会の件名",
        ["制度"] = "制度の名前",
        ["年度"] = "照会の年度",
        ["期限"] = "その組織の回答期限",
        ["残り"] = "期限までの日数（例: あと3日、今日まで、2日過ぎ）",
        ["状態"] = "その組織のいまの状態",
        ["担当"] = "発信者・担当者・内線",
        [MailText.Link] = "メールから開く画面のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    private static readonly Dictionary<MailKind, (string Word, string Meaning)[]> Special = new()
    {
        [MailKind.RoundSent] = [("本文", "依頼文の本文")],
        [MailKind.Relayed] = [("本文", "依頼文の本文"), ("上位", "再照会した組織"), ("伝言", "再照会した組織からの伝言")],
        [MailKind.Returned] = [("理由", "どこをどう直すか")],
        [MailKind.ApprovalAsked] = [("提出者", "決裁へ提出した人"), ("回答", "事例の件数、または該当なし")],
        [MailKind.ApprovalDone] = [("提出者", "決裁へ提出した人"), ("決裁者", "最後に決裁した人")],
        [MailKind.CheckAsked] = [("点検", "点検する組織の名前")],
        [MailKind.AmendmentDeclined] = [("事例", "事例の名前"), ("項目", "直した項目の名前"), ("理由", "元に戻した理由"), ("決裁者", "元に戻した人")],
        [MailKind.Extended] = [("理由", "期限を延ばした理由")],
        [MailKind.PassedOn] = [("理由", "移送の理由"), ("移送元", "移送した組織"), ("本文", "依頼文の本文")],
        [MailKind.Withdrawn] = [("上位", "再照会した組織")],
        [MailKind.QuestionAsked] = [("質問", "問い合わせの文"), ("質問者", "問い合わせた人")],
        [MailKind.QuestionAnswered] = [("質問", "問い合わせの文"), ("答え", "答えの文")],
        [MailKind.ResultNotice] = [("本文", "通知文の本文")],
    };

    private static readonly Dictionary<string, string> OfDigest = new(StringComparer.Ordinal)
    {
        ["日付"] = "まとめの日",
        ["まとめ"] = "照会ごとの状態の数、遅れている組織、送れなかったメール",
        [MailText.Link] = "照会の一覧のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    private static readonly Dictionary<string, string> OfRelease = new(StringComparer.Ordinal)
    {
        ["制度"] = "制度の名前",
        ["年度"] = "年度版の年度",
        ["時刻"] = "予約した時刻",
        ["結果"] = "公表した版。できなかったときは、その理由",
        [MailText.Link] = "公表の画面のアドレス（Kyodo:PublicUrl が決まっているとき）",
    };

    /// <summary>The kinds that are written for one unit's inquiry, and so may have a text for one round.</summary>
    public static bool IsOfRound(MailKind kind) => kind is not (MailKind.Digest or MailKind.ReleaseDone or MailKind.ReleaseRefused) && !TryOwn(kind, out _);

    /// <summary>The placeholders of a kind with what each stands for.</summary>
    public static IReadOnlyDictionary<string, string> PlaceholdersOf(MailKind kind) =>
        kind is MailKind.Digest ? OfDigest
        : kind is MailKind.ReleaseDone or MailKind.ReleaseRefused ? OfRelease
        : TryOwn(kind, out var told) ? told.Placeholders
        : new OrderedDictionary<string, string>(Common.Concat(Special.GetValueOrDefault(kind, []).Select(s => KeyValuePair.Create(s.Word, s.Meaning))), StringComparer.Ordinal);

    public static string Name(MailKind kind) => kind switch
    {
        MailKind.RoundSent => "照会の送付",
        MailKind.Reminder => "期限前のお知らせ",
        MailKind.DueToday => "期限の日のお知らせ",
        MailKind.Overdue => "期限を過ぎた組織へのお知らせ",
        MailKind.Escalation => "上司へのお知らせ",
        MailKind.Asked => "催促（担当課が押したとき）",
        MailKind.Returned => "差戻し",
        MailKind.ApprovalAsked => "決裁の依頼",
        MailKind.ApprovalDone => "決裁の完了",
        MailKind.CheckAsked => "点検の依頼",
        MailKind.Amended => "取りまとめでの修正の確認",
        MailKind.AmendmentDeclined => "取りまとめでの修正が元に戻されたとき",
        MailKind.Extended => "期限の延長",
        MailKind.Relayed => "再照会",
        MailKind.PassedOn => "移送",
        MailKind.Withdrawn => "再照会の取下げ",
        MailKind.QuestionAsked => "問い合わせ（協働の担当課へ）",
        MailKind.QuestionAnswered => "問い合わせの答え",
        MailKind.ResultNotice => "結果の通知",
        MailKind.ReleaseDone => "予約した公表の完了",
        MailKind.ReleaseRefused => "予約した公表ができなかったとき",
        _ when TryOwn(kind, out var told) => told.Name,
        _ => "週のまとめ",
    };

    public static MailText DefaultOf(MailKind kind) => kind switch
    {
        MailKind.RoundSent => new("【照会】{件名}", """
            {組織} ご担当者様

            {本文}

            回答期限: {期限}
            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Reminder => new("【お知らせ】{件名}の回答期限は{期限}です", """
            {組織} ご担当者様

            「{件名}」の回答期限は{期限}です（{残り}）。いまの状態は「{状態}」です。
            該当する事業がないときは、「該当なし」とご回答ください。

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.DueToday => new("【今日まで】{件名}", """
            {組織} ご担当者様

            「{件名}」の回答期限は今日（{期限}）です。いまの状態は「{状態}」です。
            該当する事業がないときは、「該当なし」とご回答ください。

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Overdue => new("【期限を過ぎました】{件名}", """
            {組織} ご担当者様

            「{件名}」の回答期限（{期限}）を過ぎています。いまの状態は「{状態}」です。
            回答できる時期が分かりましたら、問い合わせ先までお知らせください。該当する事業がないときは、「該当なし」とご回答ください。

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Escalation => new("【回答が届いていません】{件名}（{組織}）", """
            {組織} 決裁ご担当者様

            「{件名}」について、{組織}の回答が期限（{期限}）を過ぎても届いていません（{残り}）。いまの状態は「{状態}」です。
            ご担当の方へのお声かけをお願いします。

            {組織}の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Asked => new("【お願い】{件名}", """
            {組織} ご担当者様

            「{件名}」のご回答をお願いします。回答期限は{期限}です（{残り}）。いまの状態は「{状態}」です。
            該当する事業がないときは、「該当なし」とご回答ください。

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Returned => new("【差戻し】{件名}", """
            {組織} ご担当者様

            「{件名}」の回答が戻されました。

            {理由}

            直してから、もう一度提出してください。

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.ApprovalAsked => new("【決裁】{件名}（{組織}）", """
            {組織} 決裁ご担当者様

            {提出者}さんから、「{件名}」の回答（{回答}）の決裁依頼が届いています。回答期限は{期限}です。
            中身を確かめて、承認するか、直してほしいところを書いて差し戻してください。

            決裁の画面: {リンク}
            """),
        MailKind.ApprovalDone => new("【決裁完了】{件名}（{組織}）", """
            {提出者} 様

            「{件名}」の回答の決裁が終わりました（{決裁者}）。

            決裁の記録: {リンク}
            """),
        MailKind.CheckAsked => new("【点検】{件名}（{組織}）", """
            {点検} ご担当者様

            「{件名}」の{組織}の回答は決裁を終え、{点検}の点検を待っています。回答期限は{期限}です（{残り}）。
            中身を確かめて「点検済み」にするか、直してほしいところを書いて戻してください。

            {組織}の回答: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Amended => new("【確認】取りまとめで直されました（{件名}）", """
            {組織} 決裁ご担当者様

            「{件名}」の回答を、協働の担当課が取りまとめで直しました。元の内容と直した内容を見て、確認してください。
            確認されるまで、その事例は公表されません。

            確認の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.AmendmentDeclined => new("【元に戻されました】{件名}（{組織}）", """
            協働の担当課 ご担当者様

            「{件名}」の取りまとめで直した{組織}の事例「{事例}」の「{項目}」を、{決裁者}さんが元の内容に戻しました。

            {理由}

            回答の画面: {リンク}
            """),
        MailKind.Extended => new("【期限の延長】{件名}", """
            {組織} ご担当者様

            「{件名}」の{組織}の回答期限を、{期限}に延ばしました。

            {理由}

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Relayed => new("【照会】{件名}", """
            {組織} ご担当者様

            {上位}から、「{件名}」の再照会が届いています。回答は{上位}が点検します。

            {伝言}

            {本文}

            回答期限: {期限}
            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.PassedOn => new("【移送】{件名}", """
            {組織} ご担当者様

            「{件名}」の照会が、{移送元}から移送されました。
            理由: {理由}

            {本文}

            回答期限: {期限}
            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.Withdrawn => new("【取下げ】{件名}", """
            {組織} ご担当者様

            「{件名}」の再照会を、{上位}が取り下げました。{組織}からの回答はいりません。

            照会の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.QuestionAsked => new("【問い合わせ】{件名}（{組織}）", """
            協働の担当課 ご担当者様

            {組織}の{質問者}さんから、「{件名}」について問い合わせが届いています。

            {質問}

            答えを書く画面: {リンク}
            """),
        MailKind.QuestionAnswered => new("【問い合わせの答え】{件名}", """
            {組織} ご担当者様

            「{件名}」への問い合わせに、答えがありました。答えは、この照会のすべての照会先が読めます。

            問い合わせ:
            {質問}

            答え:
            {答え}

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.ResultNotice => new("【通知】{件名}の結果", """
            {組織} ご担当者様

            {本文}

            回答の画面: {リンク}
            問い合わせ先: {担当}
            """),
        MailKind.ReleaseDone => new("【公表しました】{年度} {制度}", """
            協働の担当課 ご担当者様

            予約（{時刻}）のとおり、{結果}を公表しました。

            公表の画面: {リンク}
            """),
        MailKind.ReleaseRefused => new("【公表できませんでした】{年度} {制度}", """
            協働の担当課 ご担当者様

            {時刻}に予約していた{年度}の{制度}の公表は、次の理由でできませんでした。何も公表されていません。

            {結果}

            直してから、もう一度公表するか、予約し直してください。

            公表の画面: {リンク}
            """),
        _ when TryOwn(kind, out var told) => told.Text,
        _ => new("【週のまとめ】照会の進み具合（{日付}）", """
            {日付}の照会の進み具合です。

            {まとめ}

            照会の一覧: {リンク}
            """),
    };
}

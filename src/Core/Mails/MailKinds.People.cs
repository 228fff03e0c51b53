using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>What those who sign in get: their invitation, and the way to a new password.</summary>
public static partial class MailKinds
{
    private static readonly Dictionary<MailKind, OwnMail> OfPeople = new()
    {
        [MailKind.PersonInvited] = new("利用者の招待", new("【協働】利用者として登録されました", """
            {名前} 様

            協働 Kyodo に、次の役割で登録されました。

            {役割}

            下のリンクを開き、パスワードを決めると、サインインできます。リンクは{期限}まで、1回だけ使えます。

            パスワードを決める画面: {リンク}

            リンクの期限を過ぎたときや、心当たりのないときは、管理者（{招待者}）にお知らせください。
            """), Of(("名前", "招待する人の名前"), ("役割", "組織・役割・期間"), ("期限", "リンクを使える日時"), ("招待者", "登録した管理者の名前"), (MailText.Link, "パスワードを決める画面のアドレス（Kyodo:PublicUrl が決まっているとき）"))),
        [MailKind.PasswordForgotten] = new("パスワードを忘れたとき", new("【協働】パスワードを決め直すリンク", """
            {名前} 様

            パスワードを決め直すためのリンクです。{期限}まで、1回だけ使えます。

            パスワードを決める画面: {リンク}

            お申し込みでないときは、このメールを捨ててください。いまのパスワードはそのままです。
            """), Of(("名前", "申し込まれた人の名前"), ("期限", "リンクを使える日時"), (MailText.Link, "パスワードを決める画面のアドレス（Kyodo:PublicUrl が決まっているとき）"))),
    };

    /// <summary>Mails whose link lets somebody in: it is shown on no page and not kept once it is on its way.</summary>
    public static readonly IReadOnlyList<MailKind> OpeningDoors = [MailKind.PersonInvited, MailKind.PasswordForgotten, MailKind.PartnerLink];
}

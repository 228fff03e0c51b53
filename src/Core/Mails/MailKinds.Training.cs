using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>What a training session brings to those who register.</summary>
public static partial class MailKinds
{
    private static readonly OrderedDictionary<string, string> OfSession = Of(("氏名", "申し込んだ人の名前"), ("研修", "研修の名前"), ("日時", "研修の日時"), ("場所", "研修の場所"), ("期限", "申込みの期限"), ("理由", "中止の理由（中止のとき）"), (MailText.Link, "画面のアドレス（Kyodo:PublicUrl が決まっているとき）"));

    private static readonly Dictionary<MailKind, OwnMail> OfTraining = new()
    {
        [MailKind.TrainingRegistered] = Told("研修の申込みを受け付けたとき", "【研修】申込みを受け付けました（{研修}）", "次の研修の申込みを受け付けました。予定表に入れられるファイルを添えています。"),
        [MailKind.TrainingWaiting] = Told("研修のキャンセル待ちになったとき", "【研修】キャンセル待ちです（{研修}）", "次の研修は定員に達しているため、キャンセル待ちで受け付けました。席が空くと、申込みの順に繰り上げて、メールでお知らせします。"),
        [MailKind.TrainingMovedUp] = Told("研修のキャンセル待ちから繰り上がったとき", "【研修】参加できるようになりました（{研修}）", "席が空き、次の研修に参加できるようになりました。予定表に入れられるファイルを添えています。"),
        [MailKind.TrainingReminded] = Told("研修の前のお知らせ", "【研修】{日時}（{研修}）", "申し込まれた研修が近づきました。参加できなくなったときは、待っている人のために、申込みを取り消してください。"),
        [MailKind.TrainingCalledOff] = Told("研修を中止したとき", "【研修】中止のお知らせ（{研修}）", "申し込まれた次の研修は、中止になりました。\n\n理由:\n{理由}"),
    };

    private static OwnMail Told(string name, string subject, string words) => new(name, new(subject, $$"""
        {氏名} 様

        {{words}}

        研修: {研修}
        日時: {日時}
        場所: {場所}

        {リンク}
        """), OfSession);
}

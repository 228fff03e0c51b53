using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>依頼文: the letter by which a round goes out, with what a government letter has.</summary>
public sealed record Letter
{
    /// <summary>文書番号, for example 男パ第12号.</summary>
    public string Number { get; init; } = "";

    public DateOnly? Date { get; init; }

    public string Sender { get; init; } = "";

    public string Officer { get; init; } = "";

    public string Extension { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>Whom to ask: sender, officer and extension.</summary>
    public string Contact => $"{Sender} {Officer}{(Extension.Length > 0 ? $"（内線 {Extension}）" : "")}".Trim();

    /// <summary>All that a letter cannot go out without, as a list in words; null when it is whole.</summary>
    public string? Missing
    {
        get
        {
            (string Name, bool IsThere)[] needed =
                [("文書番号", Number.Length > 0), ("日付", Date is not null), ("発信者", Sender.Length > 0), ("担当者", Officer.Length > 0), ("本文", Body.Length > 0)];
            var missing = needed.Where(one => !one.IsThere).Select(one => one.Name).ToList();
            return missing.Count == 0 ? null : string.Join("、", missing);
        }
    }

    internal Letter Checked(string what)
    {
        string UpTo(int most, string name, string text) => TextForms.Clean(text) is { } clean && clean.Length <= most
            ? clean
            : throw new Refusal($"{what}の{name}は{most}字以内で書いてください。");
        return this with
        {
            Number = UpTo(60, "文書番号", Number),
            Sender = UpTo(100, "発信者", Sender),
            Officer = UpTo(60, "担当者", Officer),
            Extension = UpTo(20, "内線", Extension),
            Body = UpTo(4000, "本文", Body),
        };
    }

    /// <summary>総務部長　様: letters between offices go to the head of a unit.</summary>
    public static string Addressee(string unitName) => unitName switch
    {
        _ when unitName.EndsWith('長') => $"{unitName}　様",
        _ when unitName.EndsWith("教育庁", StringComparison.Ordinal) || unitName.EndsWith("教育委員会", StringComparison.Ordinal) => "教育長　様",
        _ => $"{unitName}長　様",
    };

    /// <summary>The body of the notice of results that a coordinator starts from.</summary>
    public static string DefaultNotice(string programmeName, FiscalYear year, string published) =>
        $"先に回答をいただいた{year.Japanese}の{programmeName}について、下記のとおり取りまとめ、公表しましたので通知します。\nついては、職員に周知し、業務の参考としてください。\n\n記\n\n{published}";

    /// <summary>The body that a coordinator starts from.</summary>
    public static string DefaultBody(string programmeName, string asksFor, FiscalYear year) =>
        $"このことについて、{year.Japanese}の{programmeName}を取りまとめ、公表しますので、下記により回答してください。\n\n記\n\n"
        + $"1 対象　{asksFor}\n2 回答方法　回答画面に入力するか、回答票（Excel）に記入して回答画面から提出してください。\n3 該当がない場合　「該当なし」を理由とともに回答してください。";
}

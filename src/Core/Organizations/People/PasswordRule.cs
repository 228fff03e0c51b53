namespace Kyodo.Organizations.People;

/// <summary>What a password must be like, wherever it is set: by a link, by the operator, in a seed.</summary>
public static class PasswordRule
{
    public const int Shortest = 12;
    public const int Longest = 200;
    public const int FewestDifferent = 5;

    public static string Help => $"{Shortest}字以上。長ければ、言葉をつなげたものでかまいません。";

    public static string? WhyNot(string? password, string email) =>
        password is null or { Length: < Shortest } ? $"パスワードを{Shortest}字以上にしてください。"
        : password.Length > Longest ? $"パスワードを{Longest}字までにしてください。"
        : password.Distinct().Count() < FewestDifferent ? $"パスワードに、{FewestDifferent}種類以上の文字を使ってください。"
        : password.Equals(email, StringComparison.OrdinalIgnoreCase) ? "メールアドレスをパスワードにはできません。"
        : null;
}

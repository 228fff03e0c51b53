using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Federation;

/// <summary>ほかの団体: another government whose published editions are shown here under its own name, licence and addresses.</summary>
public sealed class FederatedGovernment : Record
{
    public const int LongestName = 60;
    public const int LongestAddress = 300;
    public const int LongestCredit = 300;

    private FederatedGovernment()
    {
    }

    internal FederatedGovernment(string code, string name, string? address, string? credit, string homeCode, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotKeep(by));
        code = TextForms.Fold(code).Trim();
        Refusal.If(!CheckDigit.IsGovernmentCode(code) ? $"「{code}」は全国地方公共団体コードではありません（検査数字が合いません）。6桁のコードを確かめてください。"
            : code == homeCode ? "このコードは、この団体自身のものです。自分の年度版は取り込めません。"
            : null);
        Code = code;
        GovernmentCode = code;
        Take(name, address, credit);
        Happened(by, now, "federated-begun", Name);
    }

    public long Id { get; private set; }

    /// <summary>全国地方公共団体コード, six digits with its check digit.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Where its public site begins, with <c>catalog.jsonld</c> under it; empty where its files are brought by hand.</summary>
    public string Address { get; private set; } = "";

    /// <summary>出典の書き方: as it wants to be named; empty where its name is enough.</summary>
    public string Credit { get; private set; } = "";

    /// <summary>Its editions are not shown any more; nothing is deleted.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>When its site was looked at last.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    /// <summary>What came of it, in a sentence.</summary>
    public string Said { get; private set; } = "";

    public override string AuditName => $"federated/{Code}";

    public static string? WhyNotKeep(Actor by) => by.Is(Role.Coordinator) || by.Is(Role.Administrator) ? null : "ほかの団体の年度版を扱えるのは、協働の担当課と管理者だけです。";

    public string? WhyNotTakeIn(Actor by) => WhyNotKeep(by) ?? (IsEnded ? $"{Name}の掲載は終えています。掲載を再開してから取り込んでください。" : null);

    public string? WhyNotLook(Actor by) => WhyNotTakeIn(by) ?? (Address.Length == 0 ? $"{Name}の公表サイトの所在（アドレス）が書かれていません。" : null);

    public string? WhyNotEnd(Actor by) => WhyNotKeep(by) ?? (IsEnded ? "もう掲載を終えています。" : null);

    public string? WhyNotResume(Actor by) => WhyNotKeep(by) ?? (IsEnded ? null : "掲載しています。");

    public void Change(string name, string? address, string? credit, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotKeep(by));
        Take(name, address, credit);
        Happened(by, now, "federated-changed", Name);
    }

    internal void End(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotEnd(by));
        IsEnded = true;
        Happened(by, now, "federated-ended");
    }

    internal void Resume(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotResume(by));
        IsEnded = false;
        Happened(by, now, "federated-resumed");
    }

    internal void NoteLook(string said, Actor by, DateTimeOffset now)
    {
        (LookedAt, Said) = (now, TextForms.UpTo(1000, said));
        Happened(by, now, "federated-looked", TextForms.UpTo(300, said));
    }

    private void Take(string? name, string? address, string? credit)
    {
        (name, address, credit) = (TextForms.Clean(name).ReplaceLineEndings(" ").Trim(), address?.Trim().TrimEnd('/') ?? "", TextForms.Clean(credit).ReplaceLineEndings(" ").Trim());
        Refusal.If(name.Length is 0 or > LongestName ? $"団体の名前を{LongestName}字以内で書いてください。"
            : credit.Length > LongestCredit ? $"出典の書き方は{LongestCredit}字以内で書いてください。"
            : address.Length > LongestAddress || (address.Length > 0 && !IsWebAddress(address)) ? "公表サイトの所在は、「https://www.pref.example.jp/kyodo」のように書いてください。"
            : null);
        (Name, Address, Credit) = (name, address, credit);
    }

    private static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    internal sealed class Mapping : IEntityTypeConfiguration<FederatedGovernment>
    {
        public void Configure(EntityTypeBuilder<FederatedGovernment> builder)
        {
            builder.ToTable("federated_governments");
            builder.Property(g => g.Code).HasMaxLength(6);
            builder.Property(g => g.Name).HasMaxLength(LongestName);
            builder.Property(g => g.Address).HasMaxLength(LongestAddress);
            builder.Property(g => g.Credit).HasMaxLength(LongestCredit);
            builder.Property(g => g.Said).HasMaxLength(1000);
            builder.HasIndex(g => g.Code).IsUnique();
        }
    }
}

namespace Kyodo.Statistics;

/// <summary>予算の規模: from an amount in yen (included) up to the next band's. The key is its name in addresses and files.</summary>
public sealed record BudgetBand(string Key, string NameJa, string NameEn, long? From, long? Below)
{
    public const long Low = 1_000_000, Middle = 5_000_000, High = 10_000_000, Top = 50_000_000;

    /// <summary>From nothing to the most; the last holds the cases that state no amount.</summary>
    public static IReadOnlyList<BudgetBand> All { get; } =
    [
        new("zero", "0円", "No budget", 0, 1),
        new("under-1m", "100万円未満", "Under ¥1 million", 1, Low),
        new("1m-5m", "100万円以上500万円未満", "¥1 to 5 million", Low, Middle),
        new("5m-10m", "500万円以上1,000万円未満", "¥5 to 10 million", Middle, High),
        new("10m-50m", "1,000万円以上5,000万円未満", "¥10 to 50 million", High, Top),
        new("over-50m", "5,000万円以上", "¥50 million or more", Top, null),
        new("not-stated", "金額の記入なし", "Amount not stated", null, null),
    ];

    public static BudgetBand? Find(string key) => All.FirstOrDefault(band => band.Key == key);

    public bool Holds(long? yen) => From is null ? yen is null : yen >= From && (Below is null || yen < Below);
}

using System.Security.Cryptography;

namespace Kyodo.Common;

/// <summary>
/// The identity of what citizens cite: twelve characters without the look-alikes i l o u. It tells nothing about how many there are and
/// stays when a record moves to another installation.
/// </summary>
public static class PublicId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public const int Length = 12;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The id that belongs to a number, for data made from a seed.</summary>
    internal static string Of(ulong number) => string.Create(Length, number, static (id, left) =>
    {
        for (var i = 0; i < id.Length; i++, left >>= 5)
            id[i] = Alphabet[(int)(left & 31)];
    });

    public static bool IsOne(string? text) => text is { Length: Length } && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));
}

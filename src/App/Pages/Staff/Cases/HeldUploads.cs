using System.Security.Cryptography;
using Kyodo.Cases.Files;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>
/// Files between check and confirmation: under random names in the data folder, bound to the person and the inquiry, for an hour. Taking one
/// out is a rename, so that a confirmation that arrives twice finds nothing the second time.
/// </summary>
public sealed record HeldUploads(string DataFolder, long PersonId, long InquiryId)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private string Folder => Path.Combine(DataFolder, "uploads");

    public async Task<string> HoldAsync(byte[] content, DateTimeOffset now)
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder).Where(file => now.UtcDateTime - File.GetLastWriteTimeUtc(file) > Longest))
            File.Delete(old);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await File.WriteAllBytesAsync(PlaceOf(key), content);
        return key;
    }

    /// <summary>The file, still held; null when there is none by that key for this person and inquiry.</summary>
    public async Task<byte[]?> LookAsync(string? key) => IsKey(key) && File.Exists(PlaceOf(key!)) ? await File.ReadAllBytesAsync(PlaceOf(key!)) : null;

    /// <summary>How the held file is to be read, as somebody has corrected it; null where nobody has.</summary>
    public async Task<FileMapping?> MappingAsync(string? key) =>
        IsKey(key) && File.Exists(PlaceOf(key!) + ".mapping") ? FileMapping.Parse(await File.ReadAllTextAsync(PlaceOf(key!) + ".mapping")) : null;

    public Task KeepMappingAsync(string key, FileMapping mapping) =>
        IsKey(key) && File.Exists(PlaceOf(key)) ? File.WriteAllTextAsync(PlaceOf(key) + ".mapping", mapping.ToJson()) : Task.CompletedTask;

    /// <summary>Holds a file again that was taken out and could not be saved.</summary>
    public Task PutBackAsync(string key, byte[] content) => File.WriteAllBytesAsync(PlaceOf(key), content);

    /// <summary>The file, held no longer.</summary>
    public async Task<byte[]?> TakeAsync(string? key)
    {
        if (!IsKey(key))
            return null;
        var taken = PlaceOf(key!) + ".taken";
        try
        {
            File.Move(PlaceOf(key!), taken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        var content = await File.ReadAllBytesAsync(taken);
        File.Delete(taken);
        return content;
    }

    private static bool IsKey(string? key) => key is { Length: 32 } && key.All(char.IsAsciiHexDigitLower);

    private string PlaceOf(string key) => Path.Combine(Folder, $"{InquiryId}-{PersonId}-{key}");
}

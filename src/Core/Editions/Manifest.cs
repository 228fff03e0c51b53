using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kyodo.Common;

namespace Kyodo.Editions;

/// <summary>目録: every file of a revision with its length and SHA-256. Public and staff files have a manifest each.</summary>
public sealed record Manifest(string Edition, int Revision, DateTimeOffset ReleasedAt, string? Erratum, string Program, IReadOnlyDictionary<string, string> MadeWith, IReadOnlyList<ManifestFile> Files)
{
    /// <summary>非公開措置: each with the hashes of the files that it replaced; none where the files are those that were released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ManifestRedaction>? Redactions { get; init; }

    public const string FileName = "manifest.json";

    /// <summary>Written by those who draw files with tools of their own: name and version of each.</summary>
    public const string ToolsFileName = ".made-with.json";

    public static string ProgramVersion { get; } = $"kyodo {typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    /// <summary>Writes the manifests of both editions; returns the SHA-256 over the two, which the record keeps.</summary>
    /// <param name="redactions">By side, public or staff, what was redacted in the revision.</param>
    internal static async Task<string> WriteAsync(Revision revision, string folder, CancellationToken stop, IReadOnlyDictionary<string, IReadOnlyList<ManifestRedaction>>? redactions = null)
    {
        var tools = Path.Combine(folder, ToolsFileName);
        var madeWith = File.Exists(tools) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(await File.ReadAllTextAsync(tools, stop))! : [];
        File.Delete(tools);
        foreach (var side in new[] { "public", "staff" })
        {
            var files = await FilesInAsync(Path.Combine(folder, side), stop);
            var manifest = new Manifest($"{revision.ProgrammeKey}/{revision.Year}", revision.No, revision.ReleasedAt, revision.Erratum, ProgramVersion, madeWith, files) { Redactions = redactions?.GetValueOrDefault(side) };
            await File.WriteAllTextAsync(Path.Combine(folder, side, FileName), JsonSerializer.Serialize(manifest, Json.Indented) + "\n", stop);
        }
        return await HashOfBothAsync(folder, stop);
    }

    /// <summary>All that does not fit in a revision's folder, in words.</summary>
    public static async Task<IReadOnlyList<string>> VerifyAsync(string folder, string recordedHash, CancellationToken stop = default)
    {
        var wrong = new List<string>();
        foreach (var side in new[] { "public", "staff" })
            wrong.AddRange(await VerifyFilesAsync(Path.Combine(folder, side), stop));
        if (wrong.Count == 0 && await HashOfBothAsync(folder, stop) != recordedHash)
            wrong.Add($"{folder}: 目録が記録と違います。");
        return wrong;
    }

    /// <summary>All that does not fit between a folder's manifest and its files; a manifest alone can be checked anywhere.</summary>
    public static async Task<IReadOnlyList<string>> VerifyFilesAsync(string folder, CancellationToken stop = default)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return [$"{path}: 目録がありません。"];
        if (Read(await File.ReadAllTextAsync(path, stop)) is not { } manifest)
            return [$"{path}: 目録が読めません。"];
        var wrong = new List<string>();
        foreach (var file in manifest.Files)
        {
            var place = Path.Combine(folder, Path.GetFileName(file.Name));
            if (!File.Exists(place))
                wrong.Add($"{place}: ファイルがありません。");
            else if (await HashAsync(place, stop) != file.Sha256)
                wrong.Add($"{place}: 中身が目録と違います。");
        }
        wrong.AddRange(Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != FileName && manifest.Files.All(f => f.Name != Path.GetFileName(file)))
            .Select(file => $"{file}: 目録にないファイルです。"));
        return wrong;
    }

    /// <summary>The manifest of a revision's public or staff files; null where there is none that can be read.</summary>
    public static async Task<Manifest?> InAsync(string folder, CancellationToken stop = default) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) ? Read(await File.ReadAllTextAsync(path, stop)) : null;

    /// <summary>Every file of a folder, but for the manifest itself.</summary>
    internal static async Task<IReadOnlyList<ManifestFile>> FilesInAsync(string folder, CancellationToken stop)
    {
        var files = new List<ManifestFile>();
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != FileName).Order(StringComparer.Ordinal))
            files.Add(new ManifestFile(Path.GetFileName(file), new FileInfo(file).Length, await HashAsync(file, stop)));
        return files;
    }

    private static Manifest? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Manifest>(json, Json.Plain);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> HashOfBothAsync(string folder, CancellationToken stop)
    {
        var both = await HashAsync(Path.Combine(folder, "public", FileName), stop) + await HashAsync(Path.Combine(folder, "staff", FileName), stop);
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(both)));
    }

    internal static async Task<string> HashAsync(string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop));
    }
}

public sealed record ManifestFile(string Name, long Bytes, string Sha256);

/// <summary>One redaction of a revision: when, on what basis and why, and the files as they were before it.</summary>
/// <param name="ManifestSha256">Of the manifest that stood before.</param>
public sealed record ManifestRedaction(DateTimeOffset At, string Basis, string Reason, string ManifestSha256, IReadOnlyList<ManifestFile> Replaced);

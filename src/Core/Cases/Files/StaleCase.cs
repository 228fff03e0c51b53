using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases.Files;

/// <summary>
/// What somebody chose of the fields that both they and somebody else changed, by the case's id. A choice holds for the version that it was
/// made against: where the case has gone on since, it is asked again.
/// </summary>
public sealed record MergeChoices(IReadOnlyDictionary<string, CaseChoices> ByCase)
{
    public static MergeChoices None { get; } = new(new Dictionary<string, CaseChoices>());
}

/// <param name="NowVersion">The version that stood beside the file's when the choice was made.</param>
/// <param name="TakesFile">By question key: the file's (true), or what is there now (false).</param>
public sealed record CaseChoices(int NowVersion, IReadOnlyDictionary<string, bool> TakesFile);

/// <summary>
/// A case that was changed after the file was downloaded, and by the file: as it was downloaded, as it is now, as the file says. What only
/// one side changed is merged by itself; what both changed is somebody's choice, field by field.
/// </summary>
public sealed class StaleCase
{
    private readonly CaseChoices? _choices;

    public StaleCase(Case known, Answers? downloaded, Answers uploaded, MergeChoices choices)
    {
        (Known, Downloaded, Uploaded) = (known, downloaded, uploaded);
        _choices = choices.ByCase.GetValueOrDefault(known.Id) is { } made && made.NowVersion == known.Version ? made : null;
        var differing = uploaded.Differing(known.Answers).ToHashSet(StringComparer.Ordinal);
        var byFile = downloaded is null ? differing : uploaded.Differing(downloaded).ToHashSet(StringComparer.Ordinal);
        var byOthers = downloaded is null ? differing : known.Answers.Differing(downloaded).ToHashSet(StringComparer.Ordinal);
        Conflicts = [.. differing.Where(key => byFile.Contains(key) && byOthers.Contains(key))];
        FromFile = [.. differing.Where(key => byFile.Contains(key) && !byOthers.Contains(key))];
        FromNow = [.. differing.Where(key => byOthers.Contains(key) && !byFile.Contains(key))];
    }

    public Case Known { get; }

    /// <summary>Null where that version is no longer kept: then every difference is a conflict.</summary>
    public Answers? Downloaded { get; }

    public Answers Uploaded { get; }

    /// <summary>Questions that both changed, each to something else.</summary>
    public IReadOnlyList<string> Conflicts { get; }

    /// <summary>Questions that only the file changed.</summary>
    public IReadOnlyList<string> FromFile { get; }

    /// <summary>Questions that only somebody else changed.</summary>
    public IReadOnlyList<string> FromNow { get; }

    public bool? TakesFile(string key) => _choices is not null && _choices.TakesFile.TryGetValue(key, out var file) ? file : null;

    public string? WhyNotMerge => Conflicts.Count(key => TakesFile(key) is null) is > 0 and var left
        ? $"「{Known.Title}」は、回答票をダウンロードしたあとに別の人も変えています。{left}つの項目で、いまの内容とファイルの内容のどちらにするかを選んでください。"
        : null;

    /// <summary>Both sides' changes; where nothing was chosen yet, what is there now.</summary>
    public Answers Merged
    {
        get
        {
            var (values, said) = (Known.Answers.Copied(), Uploaded.Copied());
            foreach (var key in FromFile.Concat(Conflicts.Where(key => TakesFile(key) is true)))
            {
                var value = said[key];
                said.Remove(key);
                values.Remove(key);
                if (value is not null)
                    values[key] = value;
            }
            return Answers.Of(values);
        }
    }

    internal static async Task<StaleCase> ReadAsync(AppDb db, Case known, int seenVersion, Func<Answers, Answers> over, MergeChoices choices, CancellationToken stop)
    {
        var json = await db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == known.Id && v.Version == seenVersion).Select(v => v.AnswersJson).FirstOrDefaultAsync(stop);
        var downloaded = json is null ? null : Answers.Parse(json);
        return new StaleCase(known, downloaded, over(downloaded ?? known.Answers), choices);
    }
}

using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Storage;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <summary>How the round went, as it stands at the release: as a whole for everyone, unit by unit for the staff.</summary>
    private static async Task WriteRoundAsync(AppDb db, CompilationTable table, RevisionDraft draft, string folder, CancellationToken stop)
    {
        var replies = await db.UnitRepliesAsync(table.Programme.Key, table.Year, stop);
        var published = draft.Cases.GroupBy(one => one.UnitCode).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var days = replies.Select(r => r.Days).OfType<int>().Order().ToList();
        var whole = new RoundFigures(
            replies.Count(r => r.IsAsked), replies.Count(r => r.HasAnswered), replies.Count(r => r.State is ReplyState.Nil), replies.Count(r => r.State is ReplyState.Accepted), replies.Count(r => r.OnTime is true),
            days.Count == 0 ? null : (days[(days.Count - 1) / 2] + days[days.Count / 2]) / 2m,
            [.. replies.GroupBy(r => r.TopCode).Select(g => g.Sum(r => published.GetValueOrDefault(r.UnitCode))).Order()]);
        await File.WriteAllTextAsync(Path.Combine(folder, "public", RoundFigures.FileName), Json.WholeFile(whole), stop);
        var each = replies.Select(r => new { r.UnitCode, r.UnitName, Department = r.TopCode, State = r.State.ToString(), r.Written, Published = published.GetValueOrDefault(r.UnitCode), r.Days, r.OnTime });
        await File.WriteAllTextAsync(Path.Combine(folder, "staff", RoundFigures.FileName), Json.WholeFile(each), stop);
    }
}

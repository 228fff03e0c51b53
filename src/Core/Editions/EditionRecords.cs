using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>Do the records of a revision say the same as the file that was released with them?</summary>
public static class EditionRecords
{
    public static async Task<IReadOnlyList<string>> VerifyAsync(AppDb db, Revision revision, EditionShelf shelf, CancellationToken stop = default)
    {
        if (shelf.PublicFile(revision.ProgrammeKey, revision.Year, revision.No, "cases.json") is not { } file)
            return [];
        var redactedAt = await db.Redactions.AsNoTracking().Where(r => r.ProgrammeKey == revision.ProgrammeKey && r.Year == revision.Year).Select(r => r.At).ToListAsync(stop);
        var unknown = ((await Manifest.InAsync(Path.GetDirectoryName(file)!, stop))?.Redactions ?? []).Where(one => !redactedAt.Exists(at => (at - one.At).Duration() < TimeSpan.FromMilliseconds(1))).ToList();
        if (unknown.Count > 0)
            return [.. unknown.Select(one => $"{revision.AuditName}: 目録にある非公開措置（{one.At.JapaneseMinute()}）の記録がありません。")];
        var released = JsonNode.Parse(await File.ReadAllTextAsync(file, stop))?["cases"]?.AsArray() ?? [];
        var kept = await db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id).OrderBy(c => c.Order).ToListAsync(stop);
        if (released.Count != kept.Count)
            return [$"{revision.AuditName}: 公表した事例は{released.Count}件ですが、記録には{kept.Count}件あります。"];
        return [.. kept.Zip(released)
            .Where(pair => pair.First.CaseId != pair.Second!["case_id"]?.GetValue<string>() || pair.First.Title != pair.Second["title"]?.GetValue<string>()
                || !JsonNode.DeepEquals(pair.First.Answers, pair.Second["answers"]))
            .Select(pair => $"{revision.AuditName}: 事例「{pair.First.Title}」（{pair.First.CaseId}）の記録が、公表したファイルと違います。")];
    }
}

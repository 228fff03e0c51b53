using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Federation;

public enum TakenIn
{
    New,
    Replaced,
    Unchanged,
}

/// <summary>One edition of a look at a government's site, or why it could not be taken in.</summary>
public sealed record LookedAt(string Edition, TakenIn? Result, string? Wrong);

/// <summary>Reads a file below a government's site or folder; refused where there is none or it is larger than so many bytes.</summary>
public delegate Task<ReadOnlyMemory<byte>> ReadForeign(string path, int most, CancellationToken stop);

public static class TakingIn
{
    extension(AppDb db)
    {
        public async Task<FederatedGovernment> FederateAsync(string code, string name, string? address, string? credit, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            var government = new FederatedGovernment(code, name, address, credit, await db.HomeCodeAsync(stop), by, now);
            await using var transaction = await db.BeginAloneAsync(stop);
            if (await db.FederatedGovernments.AnyAsync(g => g.Code == government.Code, stop))
                throw new Refusal($"コード{government.Code}の団体は、もう登録されています。");
            db.Add(government);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return government;
        }

        public async Task EndFederationAsync(FederatedGovernment government, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            government.End(by, now);
            await db.RaisePublicationStampAsync(stop);
            await db.SaveChangesAsync(stop);
        }

        public async Task ResumeFederationAsync(FederatedGovernment government, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            government.Resume(by, now);
            await db.RaisePublicationStampAsync(stop);
            await db.SaveChangesAsync(stop);
        }

        /// <summary>Keeps an edition that was read and verified: all of it in one transaction, in the place of an older revision.</summary>
        public async Task<TakenIn> TakeInAsync(FederatedGovernment government, ForeignEdition read, string source, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            Refusal.If(government.WhyNotTakeIn(by));
            await using var transaction = await db.BeginAloneAsync(stop);
            var kept = await db.FederatedEditions.FirstOrDefaultAsync(e => e.GovernmentId == government.Id && e.ProgrammeKey == read.ProgrammeKey && e.Year == read.Year, stop);
            if (kept?.ManifestHash == read.ManifestHash)
                return TakenIn.Unchanged;
            Refusal.If(kept?.WhyNotReplace(read));
            await RefuseForeignIdsAsync(db, kept, read, stop);
            var edition = kept ?? new FederatedEdition(government, read);
            if (kept is null)
                db.Add(edition);
            else
                await db.FederatedCases.Where(c => c.EditionId == kept.Id).ExecuteDeleteAsync(stop);
            edition.Take(read, source, by, now);
            await db.RaisePublicationStampAsync(stop);
            await db.SaveChangesAsync(stop);
            foreach (var one in read.Cases)
                one.EditionId = edition.Id;
            await db.InsertAsync(read.Cases, stop);
            await transaction.CommitAsync(stop);
            return kept is null ? TakenIn.New : TakenIn.Replaced;
        }

        /// <summary>
        /// Looks at all that a government has published, and takes in what is new. An edition that does not verify is named and left as it was; the
        /// others go on.
        /// </summary>
        public async Task<IReadOnlyList<LookedAt>> LookAtAsync(FederatedGovernment government, ReadForeign read, string source, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            Refusal.If(government.WhyNotTakeIn(by));
            var catalogue = await read(ForeignCatalog.FileName, 40_000_000, stop);
            return await db.TakeInAllAsync(government, ForeignCatalog.Editions(catalogue.Span), read, source, by, now, stop);
        }

        /// <param name="paths">Where the editions stand below <paramref name="source"/>: each with a manifest.json and a cases.json.</param>
        public async Task<IReadOnlyList<LookedAt>> TakeInAllAsync(
            FederatedGovernment government, IReadOnlyList<string> paths, ReadForeign read, string source, Actor by, DateTimeOffset now, CancellationToken stop = default)
        {
            var governmentId = government.Id;
            var known = (await db.FederatedEditions.AsNoTracking().Where(e => e.GovernmentId == governmentId).Select(e => e.ManifestHash).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
            var looked = new List<LookedAt>();
            foreach (var path in paths)
            {
                try
                {
                    var below = path.Length == 0 ? "" : $"{path}/";
                    var manifest = await read(below + Manifest.FileName, ForeignEdition.LargestManifest, stop);
                    var result = known.Contains(ForeignEdition.HashOf(manifest.Span)) ? TakenIn.Unchanged
                        : await db.TakeInAsync(government, ForeignEdition.Read(manifest, await read(below + CasesJson.FileName, ForeignEdition.LargestCases, stop), government.Code), $"{source}/{path}".TrimEnd('/'), by, now, stop);
                    looked.Add(new LookedAt(path, result, null));
                }
                catch (Refusal refusal)
                {
                    // What the refused one has half changed in memory must not be saved with the next.
                    foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity != government).ToList())
                        entry.State = EntityState.Detached;
                    looked.Add(new LookedAt(path, null, refusal.Message));
                }
            }
            government.NoteLook(Words(looked), by, now);
            await db.SaveChangesAsync(stop);
            return looked;
        }
    }

    /// <summary>新しく2版、差替え1版、変わらず10版。取り込めなかった版が1つあります（…）。</summary>
    public static string Words(IReadOnlyList<LookedAt> looked)
    {
        int Count(TakenIn result) => looked.Count(one => one.Result == result);
        var wrong = looked.Where(one => one.Wrong is not null).ToList();
        return $"新しく{Count(TakenIn.New)}版、差し替え{Count(TakenIn.Replaced)}版、変わらず{Count(TakenIn.Unchanged)}版。"
            + (wrong.Count == 0 ? "" : $"取り込めなかった版が{wrong.Count}つあります: {string.Join(" / ", wrong.Take(3).Select(one => $"{one.Edition}: {one.Wrong}"))}");
    }

    // An id is an address for ever: one that stands here for something else would take over its place.
    private static async Task RefuseForeignIdsAsync(AppDb db, FederatedEdition? kept, ForeignEdition read, CancellationToken stop)
    {
        var own = kept?.Id ?? 0;
        foreach (var ids in read.Cases.Select(one => one.CaseId).Chunk(500))
        {
            var taken = await db.PublishedCases.Where(c => ids.Contains(c.CaseId)).Select(c => c.CaseId).FirstOrDefaultAsync(stop)
                ?? await db.FederatedCases.Where(c => c.EditionId != own && ids.Contains(c.CaseId)).Select(c => c.CaseId).FirstOrDefaultAsync(stop);
            if (taken is not null)
                throw new Refusal($"事例「{read.Cases.First(one => one.CaseId == taken).Title}」の番号（{taken}）は、ここではもう別の事例のものです。公表元に確かめてください。何も取り込んでいません。");
        }
    }
}

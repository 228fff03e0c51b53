using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal.Data;

internal static class EditionData
{
    public static void Map(IEndpointRouteBuilder kept) => kept.MapGet("/api/v1/editions", AllAsync);

    private static async Task<IResult> AllAsync(AppDb db, Publisher publisher, CancellationToken stop)
    {
        var revisions = await db.Revisions.AsNoTracking().OrderByDescending(r => r.Year).ThenBy(r => r.ProgrammeKey).ThenByDescending(r => r.No).ToListAsync(stop);
        var site = publisher.Address ?? "";
        return PortalData.Json(new JsonObject
        {
            ["total"] = revisions.Count,
            ["items"] = new JsonArray([.. revisions.Select(r => (JsonNode)new JsonObject
            {
                ["programme"] = r.ProgrammeKey,
                ["name_ja"] = r.NameJa,
                ["name_en"] = r.NameEn,
                ["fiscal_year"] = r.Year.Year,
                ["revision"] = r.No,
                ["is_latest"] = r.IsLatest,
                ["released_at"] = r.ReleasedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["erratum"] = r.Erratum,
                ["remark"] = r.Remark,
                ["cases"] = r.CaseCount,
                ["url"] = site + Addresses.Revision(r),
                ["manifest"] = $"{site}{Addresses.Revision(r)}/{Manifest.FileName}",
                ["manifest_sha256"] = r.ManifestHash,
            })]),
        });
    }
}

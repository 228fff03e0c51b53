using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal.Data;

internal static class EditionData
{
    public static void Map(IEndpointRouteBuilder kept, IEndpointRouteBuilder computed)
    {
        kept.MapGet("/api/v1/editions", AllAsync);
        computed.MapGet("/api/v1/editions/{programme}/{year}/changes", ChangesAsync);
    }

    // From the revision before to the newest, where the address does not say otherwise.
    private static async Task<IResult> ChangesAsync(string programme, string year, string? from, string? to, AppDb db, CancellationToken stop)
    {
        if (!FiscalYear.TryParse(year, out var fiscalYear) || await db.Revisions.Where(r => r.ProgrammeKey == programme && r.Year == fiscalYear).MaxAsync(r => (int?)r.No, stop) is not { } newest)
            return PortalData.Problem(StatusCodes.Status404NotFound, "その年度版はありません。 / There is no such edition.");
        if (No(to, newest) is not { } last || No(from, Math.Max(1, last - 1)) is not { } first || first > last)
            return PortalData.Problem(StatusCodes.Status400BadRequest, "from と to には版の番号を、古い版を from にして書いてください。 / from and to are numbers of revisions, the older one first.", $"1–{newest}");
        return await EditionChanges.BetweenAsync(db, programme, fiscalYear, first, last, stop) is { } changes
            ? Results.Text(Common.Json.WholeFile(changes), "application/json", System.Text.Encoding.UTF8)
            : PortalData.Problem(StatusCodes.Status404NotFound, "その版はありません。 / There is no such revision.", $"1–{newest}");
    }

    private static int? No(string? text, int unsaid) =>
        string.IsNullOrEmpty(text) ? unsaid : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var no) && no > 0 ? no : null;

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

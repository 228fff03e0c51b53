using Kyodo.App.Hosting;
using Kyodo.App.Pages.Portal;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Readers;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.Voice;

/// <summary>
/// Where anybody says whether a case helped, and writes to the unit in charge. Drawn for each visit, because of its form's token; the public
/// pages only link to it, and a static site leaves the link out.
/// </summary>
[EnableRateLimiting(WebHost.VoiceLimit)]
public sealed class SayModel(AppDb db, ReleasedCases released, TimeProvider clock) : PublicPage
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "helped")]
    public string? Helped { get; set; }

    [BindProperty(Name = "words")]
    public string? Typed { get; set; }

    /// <summary>People do not see this field; what fills in every field of a page gives itself away.</summary>
    [BindProperty(Name = "homepage")]
    public string? Homepage { get; set; }

    public PublishedCase Case { get; private set; } = null!;

    public Refusal? Refusal { get; private set; }

    public bool IsSaid { get; private set; }

    public string Address => To($"{Addresses.Case(Id)}/voice");

    public string? WrongIn(string field) => Refusal?.Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    public async Task<IActionResult> OnGetAsync()
    {
        IsSaid = Request.Query.ContainsKey("said");
        return await FindAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await FindAsync())
            return NotFound();
        if (string.IsNullOrEmpty(Homepage))
        {
            try
            {
                await db.SayAsync(Case, Kind, Typed, clock.GetUtcNow(), stop);
            }
            catch (Refusal refusal)
            {
                Refusal = refusal;
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
            }
        }
        return LocalRedirect($"{Address}?said");
    }

    private VoiceKind? Kind => Helped switch
    {
        "helped" => VoiceKind.Helped,
        "more" => VoiceKind.WantsMore,
        _ => null,
    };

    private async Task<bool> FindAsync()
    {
        if (!PublicId.IsOne(Id) || await released.LatestAsync(db, Id) is not { } found)
            return false;
        Case = found;
        Titled(Say($"担当に声を届ける: {found.Title}", $"Write to the unit: {found.Title}"), "cases");
        return true;
    }
}

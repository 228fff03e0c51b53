using Kyodo.App.Hosting;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.Account;

/// <summary>
/// パスワードを忘れたとき. The answer goes out before anybody is looked up: neither its words nor its time tell whether an address is known here.
/// </summary>
[EnableRateLimiting(WebHost.DoorLimit)]
public sealed partial class ForgottenModel(Database database, TimeProvider clock, ILogger<ForgottenModel> log) : PageModel
{
    public bool IsSent { get; private set; }

    public void OnGet() => IsSent = Request.Query.ContainsKey("sent");

    public IActionResult OnPost([FromForm] string? email)
    {
        Response.OnCompleted(async () =>
        {
            try
            {
                await using var db = database.Open();
                await db.ForgetPasswordAsync(email, clock.GetUtcNow());
            }
            catch (Exception problem)
            {
                NotSent(problem);
            }
        });
        return LocalRedirect("/sign-in/forgotten?sent");
    }

    [LoggerMessage(LogLevel.Error, "A link for a forgotten password could not be made.")]
    private partial void NotSent(Exception problem);
}

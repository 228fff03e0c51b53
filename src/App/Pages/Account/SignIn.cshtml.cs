using Kyodo.App.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Outcome = Kyodo.App.Hosting.SignIn.Outcome;

namespace Kyodo.App.Pages.Account;

/// <summary>
/// Password and code are asked on one page: nothing about a half signed-in person has to be kept, and a wrong password and an unknown
/// address look the same.
/// </summary>
[EnableRateLimiting(WebHost.SignInLimit)]
public sealed class SignInModel(SignIn signIn) : PageModel
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    [BindProperty(Name = "code")]
    public string? Code { get; set; }

    [BindProperty(Name = "next", SupportsGet = true)]
    public string? Next { get; set; }

    public Outcome? Found { get; private set; }

    public string? Sentence => Found switch
    {
        Outcome.Wrong => "メールアドレスかパスワードが違います。",
        Outcome.Locked => "続けて間違えたため、しばらくサインインできません。10分ほどたってから、もう一度お試しください。",
        Outcome.NeedsCode => "認証アプリに表示されている6桁の確認コードを入れてください。パスワードももう一度入れてください。",
        Outcome.WrongCode => "確認コードが違います。認証アプリに新しいコードが出てから、もう一度入れてください。",
        _ => null,
    };

    /// <summary>Come here from the page on which a password was set.</summary>
    public bool IsPasswordSet => HttpMethods.IsGet(Request.Method) && Request.Query.ContainsKey("password-set");

    public bool AsksForCode => Found is Outcome.NeedsCode or Outcome.WrongCode;

    public IActionResult OnGet() => User.Identity?.IsAuthenticated is true ? LocalRedirect(After(Next)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var (outcome, person) = await signIn.CheckAsync(Email?.Trim() ?? "", Password ?? "", Code);
        if (person is not null)
        {
            await signIn.BeginSessionAsync(HttpContext, person);
            return LocalRedirect(After(Next));
        }
        Found = outcome;
        Response.StatusCode = outcome is Outcome.NeedsCode ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Where to go after signing in: a path of this site, or the year. <c>//host</c>, <c>/\host</c> and <c>/%2Fhost</c> are other sites to some browsers.</summary>
    public static string After(string? next)
    {
        const string year = "/staff";
        if (next is not { Length: > 1 and <= 500 } || next[0] != '/' || next.Any(c => char.IsControl(c) || c == '\\'))
            return year;
        var decoded = next;
        for (var i = 0; i < 3; i++)
            decoded = Uri.UnescapeDataString(decoded);
        var second = decoded.Length > 1 ? decoded[1] : '/';
        var isElsewhere = second is '/' or '\\' || decoded.Any(c => char.IsControl(c) || c == '\\');
        return isElsewhere || next.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase) ? year : next;
    }
}

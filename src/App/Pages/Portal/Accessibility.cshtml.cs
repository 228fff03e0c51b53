namespace Kyodo.App.Pages.Portal;

public sealed class AccessibilityModel : PublicPage
{
    public void OnGet() => Titled(Say("アクセシビリティ", "Accessibility"));
}

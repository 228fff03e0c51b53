namespace Kyodo.Editions.Files;

/// <summary>How a case stands to the year before, in the words of the departments.</summary>
public static class CaseStatus
{
    public static string Japanese(string status) => status switch
    {
        "new" => "新規",
        "continued" => "継続",
        "ended" => "終了",
        _ => status,
    };
}

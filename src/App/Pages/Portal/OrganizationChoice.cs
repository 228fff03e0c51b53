using Kyodo.Statistics;

namespace Kyodo.App.Pages.Portal;

/// <summary><c>org=then</c> (the units that the cases were made in; the default) or <c>org=now</c> (the units of today).</summary>
public static class OrganizationChoice
{
    public static bool IsNow(IQueryCollection query) => query["org"] == "now";

    /// <summary>Why a table cannot be read so, in both languages; null when it can.</summary>
    public static string? WhyNot(string table, IQueryCollection query) =>
        !query.TryGetValue("org", out var org) ? null
        : org != "now" && org != "then" ? "org は then（そのときの組織）か now（いまの組織）にしてください。 / org must be then or now."
        : StatisticsTables.Find(table) is not null && !StatisticsTables.IsByOrganization(table) ? "この統計表は組織別ではないため、org を選べません。 / This table is not by organisation: org does not apply."
        : null;
}

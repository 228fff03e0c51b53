using Kyodo.Common;

namespace Kyodo.Compilation.Checks;

/// <summary>What is seen only when all cases lie side by side.</summary>
internal static class AcrossChecks
{
    public static IEnumerable<Finding> Look(IReadOnlyList<CompiledCase> cases, IReadOnlyDictionary<string, string> registered)
    {
        foreach (var finding in SameTitle(cases).Concat(SameProject(cases)).Concat(TitleIsSummary(cases)).Concat(OtherName(cases, registered)))
            yield return finding;
    }

    private static IEnumerable<Finding> SameTitle(IReadOnlyList<CompiledCase> cases) =>
        from same in cases.GroupBy(c => c.Case.TitleKey)
        where same.Key.Length > 0 && same.Select(c => c.Reply.UnitCode).Distinct().Skip(1).Any()
        from one in same
        select one.Find("same-title", Severity.Warning, $"同じ事業名が{Others(same, one)}からも出ています。同じ事業ではありませんか。", "title");

    private static IEnumerable<Finding> SameProject(IReadOnlyList<CompiledCase> cases) =>
        from same in cases.GroupBy(c => c.Case.ProjectId)
        where same.Select(c => c.Reply.UnitCode).Distinct().Skip(1).Any() && same.Select(c => c.Case.TitleKey).Distinct().Skip(1).Any()
        from one in same
        select one.Find("same-project", Severity.Warning, $"前年度から続く同じ事業が、{Others(same, one)}からも出ています。どちらの事例にするかを確かめてください。", "title");

    private static IEnumerable<Finding> TitleIsSummary(IReadOnlyList<CompiledCase> cases)
    {
        var summaries = cases.Where(c => c.Facts.Summary.Length is > 0 and <= 100).ToLookup(c => TextForms.Key(c.Facts.Summary), StringComparer.Ordinal);
        return from one in cases
               where one.Case.TitleKey.Length > 0
               let other = summaries[one.Case.TitleKey].FirstOrDefault(c => c != one)
               where other is not null
               select one.Find("title-is-summary", Severity.Warning, $"事業名が、{other.Reply.UnitName}の「{other.Case.Title}」の概要と同じです。", "title");
    }

    private static IEnumerable<Finding> OtherName(IReadOnlyList<CompiledCase> cases, IReadOnlyDictionary<string, string> registered) =>
        from one in cases
        from partner in one.Facts.Partners
        let number = partner.Number ?? ""
        let name = registered.GetValueOrDefault(number)
        where name is not null && TextForms.OrganisationKey(name) != TextForms.OrganisationKey(partner.Name)
        select one.Find("number-and-name", Severity.Warning, $"法人番号 {number} は「{name}」として登録されていますが、相手方は「{partner.Name}」です。", "partners");

    private static string Others(IEnumerable<CompiledCase> same, CompiledCase one) => string.Join("・", same.Where(c => c != one).Select(c => c.Reply.UnitName).Distinct().Take(3));
}

using Kyodo.Search;

namespace Kyodo.App.Pages.Portal;

public sealed class CasesModel(SearchIndex index) : PublicPage
{
    public CaseList List { get; private set; } = null!;

    public FoundCases Found { get; private set; } = null!;

    public Highlight Highlight { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        List = CaseList.Of(Request.Query);
        Found = await index.FindAsync(List.Query, stop);
        Highlight = new Highlight(List.Query.Text);
        var text = List.Query.Text.Trim();
        Titled(text.Length is > 0 and <= 40 ? Say($"「{text}」の事例 {Found.Page.Total}件", $"Cases: {text} ({Found.Page.Total})") : Say("事例をさがす", "Search the cases"), "cases");
    }

    /// <summary>How the query was read, where its words do not say so; null where they do.</summary>
    public string? HowRead
    {
        get
        {
            var read = Found.Understood;
            return read switch
            {
                { OutsideYears: true } => Say($"{string.Join("、", read.Years.Select(YearWords))}には、その言葉に合う事例がありませんでした。ほかの年度の事例を並べています。", $"No case of {string.Join(", ", read.Years.Select(YearWords))} holds these words: those of other years are listed."),
                { WithoutPhrases: true } => Say("囲んだ言葉をそのまま含む事例はありませんでした。近い事例を並べています。", "No case holds the quoted words as they stand: the nearest are listed."),
                { Instead: [_, ..] } => Say($"「{string.Join("」「", read.Instead)}」としてさがしました。", $"Searched for {string.Join(", ", read.Instead)} instead."),
                { OnlyPartly: true } => Say("すべての言葉に合う事例はありませんでした。一部の言葉に合う事例を並べています。", "No case holds all the words: those that hold some are listed."),
                { Years: [_, ..] } => Say($"{string.Join("、", read.Years.Select(YearWords))}の事例からさがしました。", $"Searched among the cases of {string.Join(", ", read.Years.Select(YearWords))}."),
                _ => null,
            };
        }
    }

    /// <summary>The name of a facet's value in this page's language.</summary>
    public string Name(Facet facet, FacetValue value) => facet switch
    {
        Facet.Year => int.TryParse(value.Value, System.Globalization.CultureInfo.InvariantCulture, out var year) ? YearWords(new Common.FiscalYear(year)) : value.Value,
        Facet.Status => PublicWords.Status(value.Value, En),
        Facet.Evaluated => Say("協働評価あり", "Evaluated by both sides"),
        Facet.Best => Say("優良事例", "Selected as best"),
        Facet.Government when value.NameJa.Length == 0 => Government,
        _ => Say(value.NameJa, value.NameEn),
    };

    public string Name(Facet facet) => facet switch
    {
        Facet.Programme => Say("制度", "Programme"),
        Facet.Year => Say("年度", "Fiscal year"),
        Facet.Form => Say("協働形態", "Form"),
        Facet.Partner => Say("相手方", "Partners"),
        Facet.Theme => Say("分野", "Field"),
        Facet.Municipality => Say("市町村", "Municipality"),
        Facet.Unit => Say("部局", "Department"),
        Facet.Bureau => Say("地域振興局", "Regional bureau"),
        Facet.Evaluated => Say("協働評価", "Evaluation"),
        Facet.Best => Say("優良事例選定", "Selection"),
        Facet.Government => Say("団体", "Government"),
        _ => Say("新規・継続・終了", "New, continued, ended"),
    };

    public string NameChosen(Facet facet, string value) =>
        Found.Facets[facet].Concat(facet is Facet.Unit ? Found.Facets[Facet.Bureau] : []).FirstOrDefault(v => v.Value == value && List.IsChosen(facet, v)) is { } known ? Name(facet, known)
        : facet is Facet.Partner && Found.Page.Items.SelectMany(card => card.Partners).FirstOrDefault(p => p.Id == value) is { } partner ? partner.Name
        : Name(facet, new FacetValue(value, value, value, 0));
}

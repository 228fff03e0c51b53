using System.Globalization;
using Kyodo.App.Components.Charts;
using Kyodo.Questions;

namespace Kyodo.App.Casebook;

/// <summary>casebook.css, and the little of the look that depends on the edition: the tab on the edge of each form's pages.</summary>
public static class CasebookStyle
{
    public static string Text { get; } = ReadText();

    public static string PageOfForm(FormOfCasebook form, CasebookModel model)
    {
        var place = model.Forms.ToList().FindIndex(other => other.Form.No == form.Form.No);
        var tab = string.Create(CultureInfo.InvariantCulture, $$"""content: "{{form.Form.No}}"; margin-top: {{place * 24}}mm;""");
        var name = CasebookModel.CssString(form.Heading);
        return $$"""
            .form-{{form.Form.No}} { page: form-{{form.Form.No}}; }
            @page form-{{form.Form.No}}:right { @top-right { content: {{name}}; } @right-top { {{tab}} } }
            @page form-{{form.Form.No}}:left { @top-left { content: {{CasebookModel.CssString($"{model.Revision.Year.Japanese} {model.Revision.NameJa} 事例集")}}; } @left-top { {{tab}} } }
            """;
    }

    /// <summary>Each year from the first value to the last, so that a year without one is a gap.</summary>
    public static IReadOnlyList<IndicatorPoint> Points(Indicator series)
    {
        var values = series.Values.ToDictionary(value => value.Year.Year, value => value.Value);
        var (first, last) = (values.Keys.Min(), values.Keys.Max());
        return [.. Enumerable.Range(first, last - first + 1).Select(year => new IndicatorPoint(new Common.FiscalYear(year).Short, values.TryGetValue(year, out var value) ? value : null))];
    }

    private static string ReadText()
    {
        using var stream = typeof(CasebookStyle).Assembly.GetManifestResourceStream("Kyodo.App.Casebook.casebook.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

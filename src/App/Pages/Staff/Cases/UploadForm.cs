using System.Globalization;
using Kyodo.Cases.Files;
using Kyodo.Questions;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The fields of the upload pages: how a foreign list is to be read, and which side is taken where two changed a field.</summary>
public static class UploadForm
{
    public const string File = "file";
    public const string Now = "now";

    /// <summary>The mapping as the form says it, over the one that the form was drawn from. Another sheet or header begins with a guess.</summary>
    public static ForeignReading Reading(IFormCollection form, MappedFile drawn, IReadOnlyList<Question> questions)
    {
        var sheet = form["sheet"].FirstOrDefault() is { Length: > 0 } named ? named : drawn.List.Sheet;
        var header = HeaderRows(form["header"].FirstOrDefault());
        if (sheet != drawn.List.Sheet)
            return new ForeignReading(Sheet: sheet);
        if (header.Count > 0 && !header.SequenceEqual(drawn.List.HeaderRows))
            return new ForeignReading(Sheet: sheet) { HeaderRows = header };
        var targets = MappingTargets.Of(questions).Where(target => target.IsAmount).Select(target => target.Key).ToHashSet(StringComparer.Ordinal);
        return new ForeignReading(drawn.Mapping with
        {
            Sheet = sheet,
            HeaderRows = drawn.List.HeaderRows,
            Columns = [.. drawn.Mapping.Columns.Select(column => Column(form, column, drawn, targets))],
            ForAll = form.Keys.Where(key => key.StartsWith("all.", StringComparison.Ordinal))
                .Select(key => (Key: key[4..], Text: string.Join('、', form[key].Where(text => !string.IsNullOrWhiteSpace(text)))))
                .Where(pair => pair.Text.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Text, StringComparer.Ordinal),
        });
    }

    public static MergeChoices Choices(IFormCollection form) => new(
        form.Keys.Where(key => key.StartsWith("pick:", StringComparison.Ordinal)).Select(key => key.Split(':')).Where(parts => parts.Length == 3)
            .GroupBy(parts => parts[1], StringComparer.Ordinal)
            .ToDictionary(
                one => one.Key,
                one => new CaseChoices(
                    int.TryParse(form["now:" + one.Key], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
                    one.ToDictionary(parts => parts[2], parts => form[string.Join(':', parts)] == File, StringComparer.Ordinal)),
                StringComparer.Ordinal));

    private static MappedColumn Column(IFormCollection form, MappedColumn column, MappedFile drawn, HashSet<string> amounts)
    {
        var said = form["col." + column.Column];
        var question = said.Count == 0 ? column.Question : said[0] is { Length: > 0 } key ? key : null;
        var words = drawn.Words.Where(word => word.Column == column.Column).Select((word, i) => (word.Word, Choice: form[$"word.{column.Column}.{i}"])).Where(pair => pair.Choice.Count > 0 && pair.Choice[0] != "?").ToList();
        return column with
        {
            Question = question,
            Also = question == column.Question ? column.Also : null,
            Unit = question is null || !amounts.Contains(question) ? null : form["unit." + column.Column].FirstOrDefault() is { Length: > 0 } unit ? unit : column.Unit,
            Values = words.Count == 0 ? column.Values : new Dictionary<string, string>([.. column.Values ?? new Dictionary<string, string>(), .. words.Select(pair => KeyValuePair.Create(pair.Word, pair.Choice[0]!)).Where(pair => column.Values?.ContainsKey(pair.Key) is not true)]),
            Confidence = null,
        };
    }

    // 3, or 3-4.
    private static List<int> HeaderRows(string? text)
    {
        var ends = (text ?? "").Normalize(System.Text.NormalizationForm.FormKC).Split(['-', '~', '～'], StringSplitOptions.TrimEntries).Select(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0).ToList();
        return ends.Count is 1 or 2 && ends.TrueForAll(row => row is > 0 and <= 200) && ends[^1] - ends[0] is >= 0 and < 5 ? [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)] : [];
    }
}

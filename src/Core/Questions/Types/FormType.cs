using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>
/// The form of collaboration: one main, others beside it, and words for "other", kept apart. JSON: <c>{main: 2, also: [3], other}</c>,
/// by number within the programme.
/// </summary>
public sealed class FormType : AnswerType
{
    public override string Name => "form";

    public override string LabelJa => "協働形態";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("", $"{question.LabelJa}（主）", $"{question.LabelEn} (main)", PartKind.Choice),
        new("also", $"{question.LabelJa}（従）", $"{question.LabelEn} (also)", PartKind.ManyChoices),
        new("other", $"{question.LabelJa}「その他」の内容", "other, in words", PartKind.Line, 200),
    ];

    public override JsonNode? Read(Reading reading)
    {
        var form = new JsonObject();
        if (reading.Text().Length > 0 && Find(reading, reading.Text(), "") is { } main)
            form["main"] = main.No;
        var also = reading.Entries("also").Select(entry => Find(reading, entry, "also")).OfType<NumberedForm>().Select(f => f.No).Distinct().Order().ToList();
        if (also.Count > 0)
            form["also"] = new JsonArray([.. also.Select(no => (JsonNode)no)]);
        if (reading.TextUpTo(200, "other") is { Length: > 0 } other)
            form["other"] = other;
        return form.Count > 0 ? form : null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(Text(value["main"]))
    {
        ["also"] = value["also"] is JsonArray also ? string.Join("、", also.Select(Text)) : "",
        ["other"] = value["other"]?.GetValue<string>() ?? "",
    };

    // Names are the programme's: whoever shows an answer beside its programme writes them out.
    public override IReadOnlyList<string> Show(Question question, JsonNode value)
    {
        var texts = Write(question, value);
        return [.. new[] { texts[""], texts["also"], texts["other"] }.Where(text => text.Length > 0)];
    }

    public override bool IsComplete(JsonNode? value) => value?["main"] is not null;

    public static int? Main(JsonNode? value) => value?["main"]?.GetValue<int>();

    public static IReadOnlyList<int> Also(JsonNode? value) => value?["also"] is JsonArray also ? [.. also.Select(no => no!.GetValue<int>())] : [];

    private static NumberedForm? Find(Reading reading, string written, string suffix)
    {
        var key = TextForms.Key(written);
        var digits = new string([.. key.TrimStart('(').TakeWhile(char.IsAsciiDigit)]);
        var form = reading.Context.Forms.FirstOrDefault(f => TextForms.Key(f.Name) == key || TextForms.Key(f.ToString()) == key)
            ?? (digits.Length > 0 && (digits.Length == key.Trim('(', ')').Length || reading.Context.Forms.Any(f => key.EndsWith(TextForms.Key(f.Name), StringComparison.Ordinal)))
                ? reading.Context.Forms.FirstOrDefault(f => f.No.ToString(CultureInfo.InvariantCulture) == digits)
                : null)
            ?? Crosswalk.FormOf(reading.Context.Forms, written);
        if (form is null)
            reading.Wrong($"協働形態「{written}」はこの制度にありません。{string.Join("、", reading.Context.Forms)} から選んでください。", suffix);
        return form;
    }

    private static string Text(JsonNode? no) => no?.GetValue<int>().ToString(CultureInfo.InvariantCulture) ?? "";
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>The division in charge with the telephone and mail of the office, never a person's. JSON: <c>{unit, phone, mail}</c>.</summary>
public sealed partial class UnitContactType : AnswerType
{
    public override string Name => "unit and contact";

    public override string LabelJa => "担当課と連絡先";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("unit", "担当課", "division in charge", PartKind.Line, 100),
        new("phone", "担当課の電話", "telephone", PartKind.Line, 40),
        new("mail", "担当課のメール", "mail", PartKind.Line, 254),
    ];

    public override JsonNode? Read(Reading reading)
    {
        var contact = new JsonObject();
        if (reading.TextUpTo(100, "unit") is { Length: > 0 } unit)
            contact["unit"] = unit;
        if (TextForms.Fold(reading.Text("phone")) is { Length: > 0 } phone)
        {
            contact["phone"] = phone;
            if (!Phone().IsMatch(phone))
                reading.Wrong($"「{phone}」は電話番号として読めません。例: 096-333-2287（内線 5201）", "phone");
        }
        if (TextForms.Fold(reading.Text("mail")) is { Length: > 0 } mail)
        {
            contact["mail"] = mail;
            if (!MailAddress().IsMatch(mail))
                reading.Wrong($"「{mail}」はメールアドレスとして読めません。例: kyodo@pref.example.jp", "mail");
        }
        return contact;
    }

    public override PartTexts Write(Question question, JsonNode value) => new()
    {
        ["unit"] = Field(value, "unit"),
        ["phone"] = Field(value, "phone"),
        ["mail"] = Field(value, "mail"),
    };

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [.. new[] { "unit", "phone", "mail" }.Select(field => Field(value, field)).Where(text => text.Length > 0)];

    public override bool IsComplete(JsonNode? value) => value is not null && Field(value, "unit").Length > 0
        && (Field(value, "phone").Length > 0 || Field(value, "mail").Length > 0);

    private static string Field(JsonNode value, string name) => value[name]?.GetValue<string>() ?? "";

    [GeneratedRegex(@"^\+?[0-9()-]{6,20}( ?\(?(内線|代表|直通)[ :]?[0-9]*\)?)?$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s<>,;""]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    internal static partial Regex MailAddress();
}

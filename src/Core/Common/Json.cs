using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Kyodo.Common;

/// <summary>How JSON is written here: Japanese as it is, names in snake case, nothing for null.</summary>
public static partial class Json
{
    public static JsonSerializerOptions Plain { get; } = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new FiscalYearConverter() },
    };

    public static JsonSerializerOptions Indented { get; } = new(Plain) { WriteIndented = true, NewLine = "\n" };

    /// <summary>
    /// A whole file: indented, a line end after the last line, and also those characters as they are that the framework's encoders escape
    /// whatever they are told: the ideographic space, and 𠮷 and the others beyond U+FFFF.
    /// </summary>
    public static string WholeFile<T>(T value) => Escape().Replace(JsonSerializer.Serialize(value, Indented), escape => escape.Groups["plain"].Success ? Regex.Unescape(escape.Value) : escape.Value) + "\n";

    // Every escape is matched, so that the backslash of \\u3000 is not taken for the beginning of one.
    [GeneratedRegex(@"(?<plain>\\u3000|\\uD[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2})|\\.", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Escape();

    private sealed class FiscalYearConverter : JsonConverter<FiscalYear>
    {
        public override FiscalYear Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, FiscalYear value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Year);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>The description of the API says what the API does: all of it, and nothing else.</summary>
public sealed class OpenApiTests(SampleWorlds worlds)
{
    [Fact]
    public async Task Every_endpoint_is_described_and_every_description_has_its_endpoint()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        var description = await DescriptionAsync(visitor);
        Assert.Equal("3.1.0", description.GetProperty("openapi").GetString());
        var described = description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        var present = world.Endpoints.Where(e => e.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && e.Method == "GET").Select(e => $"GET {e.Pattern.Replace("statistics/trend", "statistics/{table}", StringComparison.Ordinal).Replace("statistics/evaluation", "statistics/{table}", StringComparison.Ordinal)}").ToHashSet();
        Assert.Equal(present.Order(), described.Order());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var description = await DescriptionAsync(visitor);
        var references = Regex.Matches(description.GetRawText(), "\"\\$ref\":\\s*\"(#[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Found(description, reference));
    }

    [Theory]
    [InlineData("/api/v1/cases", "/api/v1/cases?q=%E6%B8%85%E6%8E%83")]
    [InlineData("/api/v1/cases", "/api/v1/cases?size=100&sort=title")]
    [InlineData("/api/v1/cases", "/api/v1/cases?q=%F0%9F%98%80")]
    [InlineData("/api/v1/cases/{id}", "/api/v1/cases/{id}")]
    [InlineData("/api/v1/suggestions", "/api/v1/suggestions?q=%E7%86%8A")]
    [InlineData("/api/v1/editions", "/api/v1/editions")]
    [InlineData("/api/v1/editions/{programme}/{year}/changes", "/api/v1/editions/ps/2007/changes")]
    [InlineData("/api/v1/statistics/{table}", "/api/v1/statistics/trend")]
    [InlineData("/api/v1/statistics/{table}", "/api/v1/statistics/status")]
    [InlineData("/api/v1/statistics/{table}", "/api/v1/statistics/unevenness")]
    [InlineData("/api/v1/statistics/{table}", "/api/v1/statistics/responses")]
    [InlineData("/api/v1/statistics/{table}", "/api/v1/statistics/evaluation")]
    public async Task Answers_have_the_shape_that_is_described(string described, string path)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var description = await DescriptionAsync(visitor);
        var schema = description.GetProperty("paths").GetProperty(described).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        var paths = path.Contains("{id}", StringComparison.Ordinal)
            ? (await JsonAsync(visitor, "/api/v1/cases?size=40")).GetProperty("items").EnumerateArray().Select(item => $"/api/v1/cases/{item.GetProperty("id").GetString()}")
            : [path];
        foreach (var one in paths)
            Assert.Empty(Wrong(description, schema, await JsonAsync(visitor, one), one));
    }

    [Theory]
    [InlineData("/api/v1/editions/ps/2007/changes?from=1&to=1", 200)]
    [InlineData("/api/v1/editions/ps/2007/changes?from=2&to=1", 400)]
    [InlineData("/api/v1/editions/ps/2007/changes?to=x", 400)]
    [InlineData("/api/v1/editions/ps/2007/changes?from=1&to=99", 404)]
    [InlineData("/api/v1/editions/ps/9999/changes", 404)]
    [InlineData("/api/v1/editions/none/2007/changes", 404)]
    [InlineData("/api/v1/statistics/none", 404)]
    public async Task What_is_not_there_is_said_as_a_problem(string path, int status)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_list_as_csv_holds_each_case_once_however_many_parts_it_is_written_in()
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var total = (await JsonAsync(visitor, "/api/v1/cases?size=1")).GetProperty("total").GetInt32();
        using var answer = await visitor.GetAsync("/cases.csv");
        var ids = Regex.Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), @"^[0-9a-z]{12},", RegexOptions.Multiline, TimeSpan.FromSeconds(5)).Select(match => match.Value).ToList();
        Assert.True(total > 200);
        Assert.Equal(total, ids.Count);
        Assert.Equal(total, ids.Distinct().Count());
    }

    // As much of JSON Schema as the description uses.
    private static IEnumerable<string> Wrong(JsonElement description, JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = Found(description, reference.GetString()!);
        if (schema.TryGetProperty("oneOf", out var alternatives))
            return alternatives.EnumerateArray().Select(one => Wrong(description, one, value, place).ToList()).MinBy(wrong => wrong.Count)!;
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
            return [$"{place} is {TypeOf(value)} and not {type}"];
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => choice.GetString() == value.GetString()))
            return [$"{place}: {value} is no choice"];
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)))
            return [$"{place}: {value} is not like {pattern}"];
        if (value.ValueKind is JsonValueKind.Array)
            return schema.TryGetProperty("items", out var items) ? value.EnumerateArray().SelectMany((item, i) => Wrong(description, items, item, $"{place}[{i}]")) : [];
        return value.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out _) ? WrongFields(description, schema, value, place) : [];
    }

    private static IEnumerable<string> WrongFields(JsonElement description, JsonElement schema, JsonElement value, string place)
    {
        var fields = schema.TryGetProperty("properties", out var properties) ? properties : default;
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{place} has no {name}";
        }
        foreach (var field in value.EnumerateObject())
        {
            if (fields.ValueKind is JsonValueKind.Object && fields.TryGetProperty(field.Name, out var known))
            {
                foreach (var wrong in Wrong(description, known, field.Value, $"{place}.{field.Name}"))
                    yield return wrong;
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind is JsonValueKind.False)
                    yield return $"{place}.{field.Name} is not described";
                else
                {
                    foreach (var wrong in Wrong(description, others, field.Value, $"{place}.{field.Name}"))
                        yield return wrong;
                }
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "boolean",
    };

    private static JsonElement Found(JsonElement description, string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(description, (at, name) => at.GetProperty(name));

    private static Task<JsonElement> DescriptionAsync(Visitor visitor) => JsonAsync(visitor, "/openapi/v1.json");

    private static async Task<JsonElement> JsonAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}

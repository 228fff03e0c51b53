using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>A small graph of statements, written as JSON-LD or as Turtle: the same statements in the same order.</summary>
internal sealed class RdfGraph
{
    private static readonly (string Prefix, string Space)[] Prefixes =
    [
        ("dcat", "http://www.w3.org/ns/dcat#"), ("dct", "http://purl.org/dc/terms/"), ("foaf", "http://xmlns.com/foaf/0.1/"), ("spdx", "http://spdx.org/rdf/terms#"),
        ("adms", "http://www.w3.org/ns/adms#"), ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    private readonly List<RdfNode> _nodes = [];

    public RdfNode Node(string? iri, params string[] types)
    {
        var node = new RdfNode(iri, types);
        if (iri is not null)
            _nodes.Add(node);
        return node;
    }

    public JsonObject JsonLd() => new()
    {
        ["@context"] = new JsonObject(Prefixes.Select(p => KeyValuePair.Create(p.Prefix, (JsonNode?)p.Space))),
        ["@graph"] = new JsonArray([.. _nodes.Select(node => (JsonNode)Json(node))]),
    };

    public string Turtle()
    {
        var text = new StringBuilder();
        foreach (var (prefix, space) in Prefixes)
            text.Append(CultureInfo.InvariantCulture, $"@prefix {prefix}: <{space}> .\n");
        foreach (var node in _nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n<{Escaped(node.Iri!)}>\n");
            Write(text, node, "  ");
            text.Append(" .\n");
        }
        return text.ToString();
    }

    private static JsonObject Json(RdfNode node)
    {
        var json = new JsonObject();
        if (node.Iri is { } iri)
            json["@id"] = iri;
        json["@type"] = node.Types.Count == 1 ? node.Types[0] : new JsonArray([.. node.Types.Select(type => (JsonNode)type)]);
        foreach (var (predicate, values) in node.Statements)
            json[predicate] = values.Count == 1 ? Json(values[0]) : new JsonArray([.. values.Select(Json)]);
        return json;
    }

    private static JsonNode Json(RdfValue value) => value switch
    {
        { Nested: { } nested } => Json(nested),
        { Iri: { } iri } => new JsonObject { ["@id"] = iri },
        { Language: { } language } => new JsonObject { ["@value"] = value.Text, ["@language"] = language },
        { Type: { } type } => new JsonObject { ["@value"] = value.Text, ["@type"] = type },
        _ => value.Text!,
    };

    private static void Write(StringBuilder text, RdfNode node, string indent)
    {
        text.Append(indent).Append("a ").AppendJoin(", ", node.Types);
        foreach (var (predicate, values) in node.Statements)
        {
            text.Append(" ;\n").Append(indent).Append(predicate).Append(' ');
            for (var i = 0; i < values.Count; i++)
            {
                text.Append(i > 0 ? ", " : "");
                if (values[i].Nested is { } nested)
                {
                    text.Append("[\n");
                    Write(text, nested, indent + "  ");
                    text.Append('\n').Append(indent).Append(']');
                }
                else
                    text.Append(Turtle(values[i]));
            }
        }
    }

    private static string Turtle(RdfValue value) => value switch
    {
        { Iri: { } iri } => $"<{Escaped(iri)}>",
        { Language: { } language } => $"{Quoted(value.Text!)}@{language}",
        { Type: { } type } => $"{Quoted(value.Text!)}^^{type}",
        _ => Quoted(value.Text!),
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\"";

    // What may not stand between < and >.
    private static string Escaped(string iri) =>
        string.Concat(iri.Select(c => c is <= ' ' or '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\' ? $"%{(int)c:X2}" : c.ToString()));
}

internal sealed class RdfNode(string? iri, IReadOnlyList<string> types)
{
    public string? Iri => iri;

    public IReadOnlyList<string> Types => types;

    public List<(string Predicate, List<RdfValue> Values)> Statements { get; } = [];

    public RdfNode Iris(string predicate, params IEnumerable<string> values) => Add(predicate, values.Select(value => new RdfValue { Iri = value }));

    public RdfNode Nested(string predicate, RdfNode value) => Add(predicate, [new RdfValue { Nested = value }]);

    /// <summary>A text in a language; nothing where there is none.</summary>
    public RdfNode Text(string predicate, string? text, string language) => Add(predicate, string.IsNullOrEmpty(text) ? [] : [new RdfValue { Text = text, Language = language }]);

    public RdfNode Literal(string predicate, string text, string? type = null) => Add(predicate, [new RdfValue { Text = text, Type = type }]);

    private RdfNode Add(string predicate, IEnumerable<RdfValue> values)
    {
        var added = values.ToList();
        if (added.Count == 0)
            return this;
        var place = Statements.FindIndex(statement => statement.Predicate == predicate);
        if (place < 0)
            Statements.Add((predicate, added));
        else
            Statements[place].Values.AddRange(added);
        return this;
    }
}

internal sealed record RdfValue
{
    public string? Iri { get; init; }

    public string? Text { get; init; }

    public string? Language { get; init; }

    public string? Type { get; init; }

    public RdfNode? Nested { get; init; }
}

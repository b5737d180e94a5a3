using System.Text.Json.Nodes;

namespace AlertHub.Configuration.Shapes;

/// <summary>A JSON schema's <c>$defs</c>: each shape once, however often it is referred to, itself included.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject?> definitions = new(StringComparer.Ordinal);

    public JsonObject Refer(string name, Func<JsonObject> define)
    {
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = null;
            definitions[name] = define();
        }

        return new() { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>A whole document whose root is this shape.</summary>
    public static JsonObject Document<T>(Shape<T> root, string id, string title)
        where T : class
    {
        var schema = new SchemaDefinitions();
        var reference = root.Schema(schema);
        var definitions = new JsonObject();
        foreach (var (name, definition) in schema.definitions)
        {
            definitions[name] = definition;
        }

        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = id,
            ["title"] = title,
            ["allOf"] = new JsonArray(reference),
            ["$defs"] = definitions,
        };
    }
}

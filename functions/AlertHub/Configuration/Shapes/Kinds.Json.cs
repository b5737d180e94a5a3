using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>Content that goes out as JSON.</summary>
internal static partial class Kinds
{
    /// <summary>Any YAML, as the JSON that is made of it; null where nothing is given.</summary>
    public static Kind<JsonElement?> Json { get; } =
        new KindOf<JsonElement?>(
            static place => ReadJson(place) is { } node ? Element(node) : null,
            static value => value is { } given ? Print(given) : Null,
            static value => value is null,
            static _ => []
        );

    public static JsonElement JsonText(string text) => Element(JsonValue.Create(text));

    private static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode? ReadJson(Place place) =>
        place.Node switch
        {
            YamlNode.Scalar scalar => YamlValue.Of(scalar) switch
            {
                YamlValue.Null => null,
                YamlValue.Boolean { Value: var value } => JsonValue.Create(value),
                YamlValue.Integer { Value: var value } => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture)),
                YamlValue.Float { Value: var value } when double.IsFinite(value) => JsonValue.Create(value),
                YamlValue.Contradiction => JsonValue.Create(ReadText(place) ?? ""),
                // Text, and the numbers that JSON does not have.
                _ => JsonValue.Create(scalar.Text),
            },
            YamlNode.Sequence sequence => new JsonArray([.. sequence.Items.Select((_, i) => ReadJson(place[i]))]),
            YamlNode.Mapping => ReadObject(place),
            _ => null,
        };

    private static JsonObject ReadObject(Place place)
    {
        var members = new JsonObject();
        foreach (var (name, value) in ReadMap(place, Raw))
        {
            members[name] = value;
        }

        return members;
    }

    private static Kind<JsonNode?> Raw { get; } =
        new KindOf<JsonNode?>(ReadJson, static _ => Null, static value => value is null, static _ => []);

    private static YamlNode Print(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Quoted(value.GetString() ?? ""),
            JsonValueKind.Array => new YamlNode.Sequence([.. value.EnumerateArray().Select(Print)]),
            JsonValueKind.Object => new YamlNode.Mapping([
                .. value
                    .EnumerateObject()
                    .OrderBy(static m => m.Name, StringComparer.Ordinal)
                    .Select(static m => new YamlEntry(Quoted(m.Name), Print(m.Value))),
            ]),
            _ => new YamlNode.Scalar(value.GetRawText()),
        };
}

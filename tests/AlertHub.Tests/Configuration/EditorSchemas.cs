using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertHub.Configuration;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Configuration;

/// <summary>
/// The JSON schemas for editors: made of the shapes, committed beside them, and never stricter than the loader. What they
/// see is the document as YAML 1.1 means it, as the loader does.
/// </summary>
public sealed class EditorSchemas
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Alertmanager = Text(AlertmanagerConfig.Shape, "alertmanager");

    private static readonly JsonSchema AlertmanagerSchema = JsonSchema.Parse(Alertmanager);

    private static readonly string Hub = Text(HubFile.Shape, "hub");

    [Fact]
    public void They_are_those_that_the_shapes_make()
    {
        Approved.Matches("../../../functions/AlertHub/Configuration/alertmanager.schema.json", Alertmanager);
        Approved.Matches("../../../functions/AlertHub/Configuration/hub.schema.json", Hub);
    }

    [Fact]
    public void They_accept_every_good_receiver() =>
        Assert.All(ReceiverCase.All.Where(static c => c.IsGood), static c => Assert.Empty(Objections(c.Document)));

    /// <summary>The rest is a matter between several keys or sections, or of a text's inside: read the list.</summary>
    [Fact]
    public void What_only_the_loader_refuses_is_known() =>
        Approved.Matches(
            "schemas/refused-by-the-loader-alone.txt",
            string.Join(
                '\n',
                ReceiverCase
                    .All.Where(static c => !c.IsGood && Objections(c.Document).Count == 0)
                    .Select(static c => $"{c}")
            )
        );

    [Fact]
    public void What_they_refuse_the_loader_refuses()
    {
        string[] good =
        [
            .. SampleConfig.Read("good.yml").Select(static f => f.Text),
            .. ReceiverCase.All.Where(static c => c.IsGood).Select(static c => c.Document),
        ];
        var (accepted, refused) = (0, 0);
        Properties.ForAll(
            from text in Gen.Elements(good)
            from seed in Gen.Choose(0, int.MaxValue)
            select MutatedTree.Of(text, seed),
            text =>
            {
                if (AlertmanagerConfig.Load(text, "changed.yml", out _) is null)
                {
                    refused++;
                    return;
                }

                accepted++;
                Assert.Empty(Objections(text));
            },
            tests: 1500
        );
        Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void They_accept_every_good_file() =>
        Assert.All(SampleConfig.Read("good.yml"), static f => Assert.Empty(Objections(f.Text)));

    /// <summary>Sections that are accepted and without effect are described as a whole.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_key_is_described(bool hub)
    {
        var definitions = JsonNode.Parse(hub ? Hub : Alertmanager)!["$defs"]!.AsObject();
        Assert.Empty(
            from definition in definitions
            where !definition.Key.StartsWith("tracing", StringComparison.Ordinal)
            where !definition.Key.StartsWith("event_recorder", StringComparison.Ordinal)
            from property in definition.Value!["properties"]!.AsObject()
            where property.Value!["description"] is null
            select $"{definition.Key}.{property.Key}"
        );
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("receivers: [{name: ops, console_configs: [{send_resolved: no}]}]", true)]
    [InlineData("routes: [{name: a, route: '{}'}]", true)]
    [InlineData("receivers: [{name: ops, console_configs: [{color: red}]}]", false)]
    [InlineData("receivers: [{console_configs: []}]", false)]
    [InlineData("routes: [{name: a}]", false)]
    [InlineData("routes: {name: a, route: b}", false)]
    [InlineData("rutes: []", false)]
    public void That_of_hub_knows_its_keys(string text, bool isValid) =>
        Assert.Equal(isValid, JsonSchema.Parse(Hub).Check(Json(text)).Count == 0);

    private static IReadOnlyList<string> Objections(string text) => AlertmanagerSchema.Check(Json(text));

    internal static JsonElement Json(string text) =>
        YamlReader.Read(text, out _, out _) is { } node && Kinds.Json.Read(new Reading("").Root(node)) is { } json
            ? json
            : JsonSerializer.SerializeToElement<object?>(null);

    internal static string Text<T>(Shape<T> shape, string name)
        where T : class =>
        SchemaDefinitions.Document(shape, $"{name}.schema.json", $"{name}.yml").ToJsonString(Indented);
}

using System.Text.Json.Nodes;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Receivers;

/// <summary>A field of an issue: written as a template alone, or with whether an update of the issue changes it.</summary>
public sealed record JiraField(string Template)
{
    /// <summary>Null: true.</summary>
    public bool? EnableUpdate { get; init; }

    internal static Shape<JiraField> Shape(string template) =>
        new Shape<JiraField>("jira_field", new(template))
            .Field("template", Kinds.Template, static f => f.Template, static (f, v) => f with { Template = v })
            .About("What the field holds.")
            .Field(
                "enable_update",
                Kinds.OptionalBool,
                static f => f.EnableUpdate,
                static (f, v) => f with { EnableUpdate = v }
            )
            .About("Whether the field changes when the issue is updated; true if left out.");

    /// <summary>Either form. A mapping that names no template keeps the default one.</summary>
    internal static Kind<JiraField> Kind(string template)
    {
        var shape = Shape(template);
        return new KindOf<JiraField>(
            place => place.Node is YamlNode.Mapping ? shape.Require(place) : new JiraField(Kinds.Template.Read(place)),
            shape.Print,
            static field => field is { Template: "", EnableUpdate: null },
            definitions =>
                new() { ["anyOf"] = new JsonArray(Kinds.Template.Schema(definitions), shape.Schema(definitions)) }
        );
    }
}

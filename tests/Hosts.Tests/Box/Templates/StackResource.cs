using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>A resource of a template, as it stands there.</summary>
internal sealed class StackResource(StackTemplate stack, string id, JsonObject json)
{
    public StackTemplate Stack => stack;

    /// <summary>Its logical id.</summary>
    public string Id => id;

    public JsonObject Json => json;

    public string Type { get; } =
        (string?)json[nameof(Type)] ?? throw new TemplateException($"{stack.Name}/{id} has no Type.");

    /// <summary>Unresolved.</summary>
    public JsonObject Properties => json[nameof(Properties)] as JsonObject ?? [];

    public bool IsCustom =>
        Type.StartsWith("Custom::", StringComparison.Ordinal) || Type == "AWS::CloudFormation::CustomResource";

    public override string ToString() => $"{stack.Name}/{id} ({Type})";
}

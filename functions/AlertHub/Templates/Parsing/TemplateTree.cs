using System.Collections.Immutable;

namespace AlertHub.Templates.Parsing;

/// <summary>One template, parsed.</summary>
internal sealed record TemplateTree
{
    public required string Name { get; init; }

    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>How many variables it has room for, <c>$</c> counted.</summary>
    public required int Slots { get; init; }

    /// <summary>Nothing but white space: such a template does not replace one that says something.</summary>
    public bool IsBlank =>
        Nodes.All(static node => node is Node.Text { Value: var text } && string.IsNullOrWhiteSpace(text));
}

using System.Collections.Immutable;

namespace AlertHub.Templates.Parsing;

/// <summary>A part of a template, as Go's text/template/parse has them. Comments are gone.</summary>
internal abstract record Node
{
    private Node(Position position) => Position = position;

    public Position Position { get; init; }

    /// <summary>Text between actions, trimmed where the markers say so.</summary>
    public sealed record Text(Position Position, string Value) : Node(Position);

    /// <summary>Prints its pipeline's value, unless the pipeline declares or assigns.</summary>
    public sealed record Action(Position Position, Pipeline Pipeline) : Node(Position);

    public sealed record If(Position Position, Pipeline Pipeline, ImmutableArray<Node> Then, ImmutableArray<Node> Else)
        : Node(Position);

    public sealed record Range(
        Position Position,
        Pipeline Pipeline,
        ImmutableArray<Node> Body,
        ImmutableArray<Node> Else
    ) : Node(Position);

    public sealed record With(
        Position Position,
        Pipeline Pipeline,
        ImmutableArray<Node> Then,
        ImmutableArray<Node> Else
    ) : Node(Position);

    /// <summary>Renders another template; without a pipeline its dot is nil.</summary>
    public sealed record Template(Position Position, string Name, Pipeline? Pipeline) : Node(Position);

    public sealed record Break(Position Position) : Node(Position);

    public sealed record Continue(Position Position) : Node(Position);

    public sealed override string ToString() => SourceText.Of(this);
}

using System.Collections.Immutable;

namespace AlertHub.Templates.Parsing;

/// <summary>Commands, each the last argument of the next, and the variables that take the result.</summary>
internal sealed record Pipeline(Position Position, ImmutableArray<Command> Commands)
{
    public ImmutableArray<Operand.Variable> Declarations { get; init; } = [];

    /// <summary><c>$x = 1</c>, not <c>$x := 1</c>.</summary>
    public bool IsAssignment { get; init; }

    public override string ToString() => SourceText.Of(this);
}

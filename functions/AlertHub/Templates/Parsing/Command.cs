using System.Collections.Immutable;

namespace AlertHub.Templates.Parsing;

/// <summary>An operand, or a function or method and its arguments.</summary>
internal sealed record Command(Position Position, ImmutableArray<Operand> Operands)
{
    public override string ToString() => SourceText.Of(this);
}

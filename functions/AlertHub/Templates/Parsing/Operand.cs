using System.Collections.Immutable;
using AlertHub.Templates.Functions;

namespace AlertHub.Templates.Parsing;

/// <summary>What stands between spaces in a command.</summary>
internal abstract record Operand
{
    private Operand(Position position) => Position = position;

    public Position Position { get; init; }

    public sealed record Dot(Position Position) : Operand(Position);

    public sealed record Nil(Position Position) : Operand(Position);

    public sealed record Bool(Position Position, bool Value) : Operand(Position);

    /// <summary>A constant as written, and its value under each of the types that can hold it.</summary>
    public sealed record Number(Position Position, string Source) : Operand(Position)
    {
        public long? Signed { get; init; }

        public ulong? Unsigned { get; init; }

        public double? Float { get; init; }

        /// <summary>What it is where any type will do: a long, a double, or null for one too large for an int.</summary>
        public object? Ideal { get; init; }
    }

    /// <summary>A string constant as written, and what it says.</summary>
    public sealed record Text(Position Position, string Source, string Value) : Operand(Position);

    /// <summary>A function, found when the text was parsed.</summary>
    public sealed record Function(Position Position, TemplateFunction Callee) : Operand(Position);

    /// <summary><c>.Labels.alertname</c></summary>
    public sealed record Field(Position Position, ImmutableArray<string> Names) : Operand(Position);

    /// <summary>
    /// <c>$x</c> or <c>$x.Field</c>. <paramref name="Slot"/> is its place among the variables of its template; -1 for one
    /// that is assigned but never declared, an error when it is reached.
    /// </summary>
    public sealed record Variable(Position Position, string Name, int Slot, ImmutableArray<string> Names)
        : Operand(Position);

    /// <summary><c>(pipeline).Field</c>, or fields of a function without arguments.</summary>
    public sealed record Chain(Position Position, Operand Inner, ImmutableArray<string> Names) : Operand(Position);

    /// <summary>A pipeline in parentheses.</summary>
    public sealed record Nested(Position Position, Pipeline Pipeline) : Operand(Position);

    public sealed override string ToString() => SourceText.Of(this);
}

using AlertHub.Templates.Parsing;

namespace AlertHub.Templates.Evaluation;

/// <summary>
/// What a function is called with: the operands after the first of a command, and what the pipeline brings, or
/// <see cref="Calls.Absent"/>.
/// </summary>
internal readonly record struct Arguments(object? Dot, Command? Command, object? Final)
{
    public int Written => Command is null ? 0 : Command.Operands.Length - 1;

    public bool HasFinal => !ReferenceEquals(Final, Calls.Absent);

    public bool IsEmpty => Written == 0 && !HasFinal;
}

using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Planning;

namespace SecurityGroupGuard.Work;

/// <summary>A step and what became of it.</summary>
/// <param name="What">The step as text.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Redo">A command that takes it back; empty where there is none.</param>
internal sealed record Result(string What, Outcome Outcome, string Redo)
{
    public bool IsFailure => Outcome is Outcome.Refused or Outcome.NotSeen;
}

/// <summary>What became of a plan.</summary>
internal sealed record Results(IReadOnlyList<Result> Steps, IReadOnlyList<Left> Left)
{
    /// <summary>Whether the guard was to undo, and not only to look.</summary>
    public bool MustUndo { get; init; } = true;

    /// <summary>What should have been undone and stands.</summary>
    public bool IsFailure =>
        Steps.Any(static step => step.IsFailure)
        || (MustUndo && Left.Any(static left => left.Why is LeftReason.Unknown or LeftReason.Fight));

    public bool IsNothing =>
        Steps.Count == 0
        && Left.All(static left => left.Why is LeftReason.Done or LeftReason.GroupGone or LeftReason.Approved);
}

using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Work;

namespace SecurityGroupGuard.Notices;

/// <summary>What became of a change, as the end of a sentence about it.</summary>
internal static class Ending
{
    /// <param name="results">What was done, and what was left.</param>
    /// <param name="mode">Why nothing was tried; null where that is not said.</param>
    public static string Of(Results results, string? mode)
    {
        var isDone = results.Steps.Any(static step => step.Outcome is Outcome.Done);
        var why = Why(results);
        return results.IsFailure ? $"{(isDone ? "Undone only in part" : "NOT undone")}: {why}"
            : isDone ? (why is null ? "Undone" : $"Undone but for this: {why}")
            : results.Steps.Count > 0 ? $"Not undone: the guard only looks{(mode is null ? "" : $" (mode {mode})")}"
            : $"Not undone: {why ?? "there is nothing to undo"}";
    }

    /// <summary>The first reason for which something stands; null where there is none. What is as it was needs none.</summary>
    private static string? Why(Results results) =>
        results.Steps.Select(static step => Trouble(step.Outcome)).FirstOrDefault(static why => why is not null)
        ?? results
            .Left.Where(static left => left.Why is not (LeftReason.Done or LeftReason.Approved))
            .OrderByDescending(static left => left.Why is LeftReason.Unknown or LeftReason.Fight)
            .Select(static left => left.Sentence)
            .FirstOrDefault();

    private static string? Trouble(Outcome outcome) =>
        outcome switch
        {
            Outcome.Refused refused => $"EC2 refused it ({refused.Code})",
            Outcome.NotSeen => "EC2 said that it did it, but the group does not show it",
            _ => null,
        };
}

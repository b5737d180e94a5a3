using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>A call that changed a group, of which CloudTrail told.</summary>
internal sealed record ChangeEvent
{
    /// <summary>CloudTrail's <c>eventID</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>AuthorizeSecurityGroupIngress</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>The group; its id is empty where the event has only the name (<see cref="GroupName"/>).</summary>
    public required GroupId Group { get; init; }

    public string? GroupName { get; init; }

    public required Change Change { get; init; }

    /// <summary>Why the call failed, so that nothing changed: <c>UnauthorizedOperation</c>, without <c>Client.</c>; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>AWS itself was asked to try only (<c>dryRun</c>): nothing changed.</summary>
    public bool IsDryRun { get; init; }
}

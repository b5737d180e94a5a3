using Hosts.Tests.Ec2.Trail;

namespace Hosts.Tests.Ec2;

/// <summary>A call that the server got.</summary>
internal sealed record Ec2Call
{
    public required string Action { get; init; }

    /// <summary>By their names on the wire, in the order in which they came, without action and version.</summary>
    public required IReadOnlyList<(string Name, string Value)> Parameters { get; init; }

    public required UserIdentity Who { get; init; }

    /// <summary>Null where it was done.</summary>
    public Ec2Refusal? Refusal { get; init; }

    /// <summary>What was planned for it; what is lost or hangs before it is done has no refusal either.</summary>
    public Ec2Fault? Fault { get; init; }

    /// <summary>Of the body.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Whether it took effect: neither refused nor stopped before.</summary>
    public bool IsDone => Refusal is null && Fault is not (Ec2Fault.LostRequest or Ec2Fault.HangsBefore);

    public string? this[string parameter] =>
        Parameters.FirstOrDefault(each => each.Name == parameter) is (not null, var value) ? value : null;

    public override string ToString() => $"{Action}: {Refusal?.Code ?? Fault?.ToString() ?? "done"}";
}

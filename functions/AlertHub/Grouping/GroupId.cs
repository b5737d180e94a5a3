using AlertHub.Alerts;

namespace AlertHub.Grouping;

/// <summary>
/// What makes a group the same one: the matchers that lead to its route, the labels that its alerts share, and who is
/// told. It says nothing of the position of the route in the file, so a group outlives a change elsewhere in it.
/// </summary>
public sealed record GroupId
{
    /// <summary>As <see cref="Routing.RouteNode.Key"/>.</summary>
    public required string RouteKey { get; init; }

    public required Labels Labels { get; init; }

    /// <summary>Name of a receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>The name of the group, as Alertmanager makes it: <c>{}/{team="ops"}:{alertname="DiskFull"}</c>.</summary>
    public string Key => $"{RouteKey}:{Labels}";

    public override string ToString() => $"{Receiver}/{Key}";
}

/// <summary>One of a receiver's ways to tell: its kind, and its position among those of the kind.</summary>
public sealed record IntegrationId(string Kind, int Index)
{
    /// <summary>As in Alertmanager's logs: <c>slack[0]</c>.</summary>
    public override string ToString() => $"{Kind}[{Index}]";
}

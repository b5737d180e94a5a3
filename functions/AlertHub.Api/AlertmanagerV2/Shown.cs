using AlertHub.Alerts;
using AlertHub.Muting;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>An alert with what the API tells of it.</summary>
internal sealed record ShownAlert
{
    public required TrackedAlert Alert { get; init; }

    /// <summary>Names, in the order of its routes; one that several routes lead to as often.</summary>
    public required IReadOnlyList<string> Receivers { get; init; }

    public AlertMute Mute { get; init; } = AlertMute.None;

    /// <summary>Of an alert in a group: the time intervals that mute the group's route.</summary>
    public IReadOnlyList<string> MutedBy { get; init; } = [];
}

internal sealed record ShownGroup
{
    public required Labels Labels { get; init; }

    /// <summary>Of the route, in Alertmanager since 0.34.</summary>
    public Labels RouteLabels { get; init; } = Labels.Empty;

    public required string Receiver { get; init; }

    /// <summary>In any order.</summary>
    public required IReadOnlyList<ShownAlert> Alerts { get; init; }
}

/// <param name="Name">By which routes call it.</param>
/// <param name="Labels">In Alertmanager since 0.33.</param>
internal sealed record ShownReceiver(string Name, Labels Labels);

internal sealed record ShownStatus
{
    public required ShownCluster Cluster { get; init; }

    /// <summary>alertmanager.yml as Alertmanager prints it, secrets hidden. amtool reads it, strictly.</summary>
    public required string Config { get; init; }

    /// <summary>When the process started.</summary>
    public required DateTimeOffset Uptime { get; init; }

    public required ShownVersion Version { get; init; }
}

internal sealed record ShownCluster
{
    /// <summary>Null where there is no cluster.</summary>
    public string? Name { get; init; }

    /// <summary><c>ready</c>, <c>settling</c> or <c>disabled</c>.</summary>
    public required string Status { get; init; }

    public IReadOnlyList<(string Name, string Address)> Peers { get; init; } = [];
}

internal sealed record ShownVersion
{
    public required string Version { get; init; }
    public string Revision { get; init; } = "";
    public string Branch { get; init; } = "";
    public string BuildUser { get; init; } = "";
    public string BuildDate { get; init; } = "";
    public string GoVersion { get; init; } = "";
}

using AlertHub.Grouping;
using AlertHub.Templates;

namespace AlertHub;

/// <summary>The destination of an integration of a receiver; null where there is none yet for integrations of its kind.</summary>
public delegate IChannel? FindChannel(string receiver, IntegrationId integration);

/// <summary>What the hub works by; a reload puts other settings in its place as a whole.</summary>
public sealed record HubSettings
{
    public required HubRules Rules { get; init; }

    public required FindChannel FindChannel { get; init; }

    /// <summary>By which the labels of routes are rendered.</summary>
    public required NotificationTemplates Templates { get; init; }

    /// <summary>Where people reach this hub: <c>--web.external-url</c>.</summary>
    public Uri? ExternalUrl { get; init; }
}

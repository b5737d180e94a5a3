using AlertHub.Channels;

namespace AlertHub.Local.Settings;

/// <summary>A configuration that can be used, with the connections of its destinations.</summary>
internal sealed class Loaded(ChannelCatalog catalog) : IDisposable
{
    public required HubSettings Settings { get; init; }

    /// <summary>Whom it means to tell and does not, a sentence each.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>What its author should know though it can be used, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Receivers with a destination that does not exist yet.</summary>
    public required int ReceiversWithoutDestination { get; init; }

    public required ulong Hash { get; init; }

    public void Dispose() => catalog.Dispose();
}

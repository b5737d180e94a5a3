using AlertHub.Configuration;
using AlertHub.Notifying;

namespace AlertHub;

/// <summary>A destination. One contract suite (tests/AlertHub.Tests/ChannelContract) holds for all of them.</summary>
public interface IChannel
{
    /// <summary>Its name in logs and messages: <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>
    /// One attempt. What the destination or the network does comes back as a result; an exception is a bug, or
    /// <paramref name="cancellationToken"/>.
    /// </summary>
    Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>A place where secrets are kept.</summary>
public interface ISecretSource
{
    /// <summary>The secret now.</summary>
    /// <param name="reference">A reference of the kind this source serves.</param>
    /// <param name="refresh">Ask the place itself, whatever is cached: a destination just refused the cached value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SecretUnavailableException">It is not there, may not be read or cannot be reached.</exception>
    ValueTask<Secret> GetAsync(SecretReference reference, bool refresh, CancellationToken cancellationToken);
}

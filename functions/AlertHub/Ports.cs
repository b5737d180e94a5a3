using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Notifying;
using AlertHub.Sources;

namespace AlertHub;

/// <summary>A destination. One contract suite (tests/AlertHub.Tests/ChannelContract) holds for all of them.</summary>
public interface IChannel
{
    /// <summary>Its name in logs and messages: <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>
    /// One attempt. A notification that is only to be shown (<see cref="NotificationReason.Shown"/>) comes where there is a
    /// receipt: then what was sent before is changed if nobody notices, or nothing is done. What the destination or the
    /// network does comes back as a result; an exception is a bug, or <paramref name="cancellationToken"/>.
    /// </summary>
    Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken);

    /// <summary>
    /// What may follow a notification that was delivered, and is worth no second attempt, such as a picture. Asked once, when it is
    /// on record that it was delivered and others have had their turn, so that nothing is late or told twice because of it.
    /// </summary>
    /// <param name="notification">As it was sent.</param>
    /// <param name="receipt">What <see cref="SendAsync"/> gave for it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Why it could not be, as a sentence; null where it is there, or nothing was to follow.</returns>
    Task<string?> FollowAsync(Notification notification, string receipt, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);
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

/// <summary>
/// Has work done when it is due: <see cref="Hub.FlushAsync"/>, <see cref="Hub.DeliverAsync"/>. One contract suite holds for
/// all of them.
/// </summary>
public interface IWorkQueue
{
    /// <summary>
    /// Work is begun when it is due or soon after, once or several times. What is stored does not depend on it: work that the
    /// queue does not take, or loses, is logged by it, and found by <see cref="Hub.SweepAsync"/>.
    /// </summary>
    ValueTask AddAsync(IReadOnlyList<DueWork> work, CancellationToken cancellationToken);
}

/// <summary>
/// Puts the alerts of messages on durable storage. When it returns they outlive the process; only then may a producer be
/// told so.
/// </summary>
/// <param name="messages">As they came.</param>
/// <param name="labels">Put on every alert of them, whatever it says itself.</param>
/// <param name="cancellationToken">Ends the wait.</param>
/// <exception cref="StorageUnavailableException">Not all was stored; the producer must send again.</exception>
public delegate Task<Kept> Keep(IReadOnlyList<Inbound> messages, Labels labels, CancellationToken cancellationToken);

/// <summary>What became of the messages.</summary>
/// <param name="Alerts">How many alerts they hold.</param>
/// <param name="IsKnown">They came before, by the sender's id, and nothing was done.</param>
public readonly record struct Kept(int Alerts, bool IsKnown)
{
    /// <summary>As told to the producer and logged.</summary>
    public override string ToString() =>
        IsKnown ? "already received"
        : Alerts == 1 ? "accepted, 1 alert"
        : $"accepted, {Alerts} alerts";
}

/// <summary>The storage cannot be written. The message says which and why, for the operator and the producer alike.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

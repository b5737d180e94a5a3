using AlertHub.Sources;

namespace AlertHub.Api;

/// <summary>
/// Puts messages on durable storage, all of them or none. When it returns they outlive the process; only then may a
/// producer be told so.
/// </summary>
/// <exception cref="StorageUnavailableException">Nothing was stored; the producer must send again.</exception>
public delegate Task<Kept> Keep(IReadOnlyList<Inbound> messages, CancellationToken cancellationToken);

/// <summary>What became of the messages.</summary>
/// <param name="New">The storage's own ids of those it had not seen.</param>
/// <param name="Known">How many it had already, by the sender's id.</param>
public readonly record struct Kept(IReadOnlyList<string> New, int Known)
{
    /// <summary>As told to the producer and logged.</summary>
    public override string ToString() =>
        New switch
        {
            [] => "already received",
            [var id] => $"accepted as message {id}",
            _ => $"accepted as messages {string.Join(", ", New)}",
        };
}

/// <summary>The storage cannot be written. The message says which and why, for the operator and the producer alike.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

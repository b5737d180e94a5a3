namespace AlertHub.Notifying;

/// <summary>What became of one attempt to deliver a notification.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult() { }

    /// <summary>What it is counted as where it failed.</summary>
    public FailureReason Failure { get; init; }

    /// <summary>
    /// What the channel wants to have with the next notification of the same group, such as the id of its message, as it may be
    /// stored: no secret, at most <see cref="LongestReceipt"/> characters. Null of what was delivered: nothing; of what was not:
    /// what it gave before stays.
    /// </summary>
    public string? Receipt { get; init; }

    /// <summary>A longer receipt is not kept, as if there was none.</summary>
    public const int LongestReceipt = 1024;

    /// <summary>The destination has it.</summary>
    public sealed record Delivered : DeliveryResult;

    /// <summary>It does not have it now; it may have it later, and not before <paramref name="After"/> where given.</summary>
    public sealed record TryLater(string Reason, TimeSpan? After = null) : DeliveryResult;

    /// <summary>It will not have it until somebody changes something: <paramref name="Reason"/> says what.</summary>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>It may or may not have it: the answer was lost after the request had been sent.</summary>
    public sealed record Ambiguous(string Reason) : DeliveryResult;
}

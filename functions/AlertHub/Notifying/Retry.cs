namespace AlertHub.Notifying;

/// <summary>What to do after an attempt to deliver.</summary>
public abstract record NextStep
{
    private NextStep() { }

    /// <summary>Nothing: it is delivered.</summary>
    public sealed record Done : NextStep;

    /// <summary>Another attempt, not before <paramref name="Wait"/> has passed.</summary>
    public sealed record Again(TimeSpan Wait, string Reason) : NextStep;

    /// <summary>No further attempt; keep it with the reason.</summary>
    public sealed record GiveUp(string Reason) : NextStep;
}

/// <summary>
/// When to try again: full jitter, <c>random(0, min(5 min, 0.5 s * 2^(attempts-1)))</c>
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), never sooner than the destination asks.
/// </summary>
public static class Retry
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What may have arrived is sent this often at the most: a person would rather read an alert twice than not at all,
    /// but not for ever.
    /// </summary>
    public const int MostAmbiguous = 3;

    /// <param name="result">Of the last attempt.</param>
    /// <param name="attempts">How many there were, at least 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static NextStep After(DeliveryResult result, int attempts, double random) =>
        result switch
        {
            DeliveryResult.Delivered => new NextStep.Done(),
            DeliveryResult.TryLater later => new NextStep.Again(
                Longer(Backoff(attempts, random), later.After),
                later.Reason
            ),
            DeliveryResult.Ambiguous { Reason: var reason } when attempts < MostAmbiguous => new NextStep.Again(
                Backoff(attempts, random),
                reason
            ),
            DeliveryResult.Ambiguous { Reason: var reason } => new NextStep.GiveUp(
                $"sent {attempts} times, each may have arrived: {reason}"
            ),
            DeliveryResult.Refused refused => new NextStep.GiveUp(refused.Reason),
            _ => throw new InvalidOperationException($"a result of no known kind: {result.GetType().Name}"),
        };

    private static TimeSpan Backoff(int attempts, double random) =>
        random * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts - 1, 20)));

    private static TimeSpan Longer(TimeSpan a, TimeSpan? b) => b > a ? b.Value : a;
}

using AlertHub.Text;

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
/// When to try again: full jitter, <c>random(0, min(1 min, 0.5 s * 2^(attempts-1)))</c>
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), never sooner than the destination asks.
/// </summary>
public static class Retry
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>A destination that works again is not to be waited for much longer: people are.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>No destination is left alone for longer, whatever it asks for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>
    /// What may have arrived is sent this often at the most: a person would rather read an alert twice than not at all,
    /// but not for ever.
    /// </summary>
    public const int MostAmbiguous = 3;

    /// <summary>
    /// What nobody took for so long is given up: Alertmanager's <c>--data.retention</c>, after which it does not know any more
    /// either what it told. What still fires then is told anew.
    /// </summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromHours(120);

    /// <param name="result">Of the last attempt.</param>
    /// <param name="attempts">How many there were, at least 1.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <param name="waited">How long it has waited to be delivered.</param>
    public static NextStep After(DeliveryResult result, int attempts, double random, TimeSpan waited = default) =>
        result switch
        {
            DeliveryResult.Delivered => new NextStep.Done(),
            DeliveryResult.TryLater or DeliveryResult.Ambiguous when waited >= MostPatience => new NextStep.GiveUp(
                $"not delivered for {PrometheusDuration.Print(MostPatience)}: {Reason(result)}"
            ),
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

    /// <summary>Of what is tried once.</summary>
    public static NextStep Never(DeliveryResult result) =>
        result is DeliveryResult.Delivered ? new NextStep.Done() : new NextStep.GiveUp(Reason(result));

    private static string Reason(DeliveryResult result) =>
        result switch
        {
            DeliveryResult.TryLater later => later.Reason,
            DeliveryResult.Ambiguous ambiguous => ambiguous.Reason,
            DeliveryResult.Refused refused => refused.Reason,
            _ => "",
        };

    private static TimeSpan Backoff(int attempts, double random) =>
        random * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Clamp(attempts - 1, 0, 20)));

    private static TimeSpan Longer(TimeSpan backoff, TimeSpan? asked) =>
        asked > LongestWait ? LongestWait
        : asked > backoff ? asked.Value
        : backoff;
}

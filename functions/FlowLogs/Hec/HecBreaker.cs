namespace FlowLogs.Hec;

/// <summary>
/// Keeps calls from a HEC that does not know our token: it would count them as attacks, and each would fail. One for an
/// environment.
/// </summary>
/// <param name="coolDown">Until one call is tried, and between two trials.</param>
/// <param name="time">For that.</param>
internal sealed class HecBreaker(TimeSpan coolDown, TimeProvider time)
{
    private readonly Lock gate = new();
    private int generation;
    private string? reason;
    private DateTimeOffset nextTrial;

    /// <summary>Calls are kept back, but for a trial now and then.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return reason is not null;
            }
        }
    }

    /// <summary>A pass for one call, or why there is none. The pass is handed back by <see cref="Settle"/>.</summary>
    public (Pass? Pass, string Reason) Enter()
    {
        lock (gate)
        {
            if (reason is null)
            {
                return (new(generation, IsTrial: false), "");
            }

            if (time.GetUtcNow() < nextTrial)
            {
                return (null, reason);
            }

            // Of a trial that never comes back, another takes the place after the next cool-down.
            nextTrial = time.GetUtcNow() + coolDown;
            return (new(generation, IsTrial: true), "");
        }
    }

    /// <summary>True where this call opened the breaker, which is once until a trial closes it.</summary>
    public bool Settle(Pass pass, HecAnswer? answer)
    {
        lock (gate)
        {
            // A call that began before the breaker turned knows nothing of how things are now.
            if (pass.Generation != generation)
            {
                return false;
            }

            switch (answer)
            {
                case HecAnswer.Refused { Kind: Refusal.Token } refused:
                    nextTrial = time.GetUtcNow() + coolDown;
                    if (reason is not null)
                    {
                        return false;
                    }

                    generation++;
                    reason = refused.Reason;
                    return true;
                // Anything that HEC says of the events it says to a token it knows.
                case HecAnswer.Accepted
                or HecAnswer.Stopped
                or HecAnswer.Acks
                or HecAnswer.AckDisabled when pass.IsTrial:
                    generation++;
                    reason = null;
                    return false;
                default:
                    return false;
            }
        }
    }

    internal sealed record Pass(int Generation, bool IsTrial);
}

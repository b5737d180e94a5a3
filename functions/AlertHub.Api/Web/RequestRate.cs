namespace AlertHub.Api.Web;

/// <summary>One request per interval, and a burst of some at once: a bucket of tokens, as the time at which it is full.</summary>
internal sealed class RequestRate(TimeSpan interval, int burst, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private TimeSpan full;

    public bool Allows()
    {
        if (interval <= TimeSpan.Zero)
        {
            return true;
        }

        var now = time.GetElapsedTime(start);
        lock (gate)
        {
            var next = (full > now ? full : now) + interval;
            if (next - now > interval * burst)
            {
                return false;
            }

            full = next;
            return true;
        }
    }
}

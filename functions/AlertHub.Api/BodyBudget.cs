namespace AlertHub.Api;

/// <summary>
/// How much of bodies may be in memory at once, over all requests, from the first byte to the answer. Beyond it senders
/// are told to come again: a process that is killed for its memory takes nothing at all.
/// </summary>
/// <param name="bytes">As they came. With its copies (out of the connection, out of its wrapping) a body takes thrice that.</param>
public sealed class BodyBudget(long bytes)
{
    /// <summary>64 MiB: eight bodies of the largest size, thousands of the usual.</summary>
    public const long DefaultBytes = 64 * 1024 * 1024;

    internal const string Exhausted = "too much comes in at once";

    private long free = bytes;

    /// <summary>One request's part; given back when it is disposed.</summary>
    internal Share Enter() => new(this);

    private bool TryTake(long count)
    {
        if (Interlocked.Add(ref free, -count) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref free, count);
        return false;
    }

    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long taken;

        /// <summary>Makes it so large; false where the budget has no room for that.</summary>
        public bool TryGrow(long total)
        {
            if (total > taken && !budget.TryTake(total - taken))
            {
                return false;
            }

            taken = Math.Max(taken, total);
            return true;
        }

        public void Dispose()
        {
            Interlocked.Add(ref budget.free, taken);
            taken = 0;
        }
    }
}

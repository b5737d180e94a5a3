namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>Ends an environment at one of the places where it has done something that lasts, or is about to.</summary>
internal sealed class Mortality
{
    private int left = int.MaxValue;

    public int Deaths { get; private set; }

    /// <summary>After so many more places, once.</summary>
    public void DieAfter(int places) => Interlocked.Exchange(ref left, places);

    /// <exception cref="DeathException">It is over; what was done before it lasts.</exception>
    public void Pass()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            Deaths++;
            throw new DeathException();
        }
    }
}

internal sealed class DeathException() : Exception("killed");

namespace Hosts.Tests.Ec2;

/// <summary>What a test has planned for the calls to come.</summary>
internal sealed class Ec2Faults
{
    private readonly Lock gate = new();
    private readonly List<(string? Action, Ec2Fault? Fault)> planned = [];
    private readonly HashSet<string> denied = new(StringComparer.Ordinal);
    private int lag;

    /// <summary>
    /// After a write, so many calls that describe anything are answered from what there was before it; 0 unless set.
    /// A group that was just made is not found by them.
    /// </summary>
    public int StaleReads
    {
        get
        {
            lock (gate)
            {
                return lag;
            }
        }
        set
        {
            lock (gate)
            {
                lag = value;
            }
        }
    }

    /// <summary>The next calls fail so, after those that were planned already.</summary>
    /// <param name="action">Null: whichever.</param>
    /// <param name="fault">How; null: they do not fail, and those planned after them have to wait.</param>
    /// <param name="calls">How many of them.</param>
    public void Next(string? action, Ec2Fault? fault, int calls = 1)
    {
        lock (gate)
        {
            planned.AddRange(Enumerable.Repeat((action, fault), calls));
        }
    }

    /// <summary>Nobody may do that, until it is allowed again.</summary>
    public void Deny(string action)
    {
        lock (gate)
        {
            denied.Add(action);
        }
    }

    public void Allow(string action)
    {
        lock (gate)
        {
            denied.Remove(action);
        }
    }

    public bool Denies(string action)
    {
        lock (gate)
        {
            return denied.Contains(action);
        }
    }

    /// <summary>What becomes of this call, which is then used up.</summary>
    public Ec2Fault? Take(string action)
    {
        lock (gate)
        {
            var index = planned.FindIndex(each => each.Action is null || each.Action == action);
            if (index < 0)
            {
                return null;
            }

            var fault = planned[index].Fault;
            planned.RemoveAt(index);
            return fault;
        }
    }
}

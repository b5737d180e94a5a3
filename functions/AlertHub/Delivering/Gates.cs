using AlertHub.Grouping;
using AlertHub.Notifying;

namespace AlertHub.Delivering;

/// <summary>Which destinations may be called now, as far as this process knows. Safe for many threads.</summary>
internal sealed class Gates
{
    private readonly Lock monitor = new();
    private readonly Dictionary<Destination, Gate> gates = [];

    /// <inheritdoc cref="Gate.Wait"/>
    public TimeSpan? Wait(Destination destination, GroupId group, Delivery delivery, DateTimeOffset now)
    {
        lock (monitor)
        {
            return Of(destination).Wait(group, delivery.Due, now, delivery.IsShown);
        }
    }

    /// <inheritdoc cref="Gate.After"/>
    public void After(
        Destination destination,
        Delivery delivery,
        DeliveryResult result,
        DateTimeOffset now,
        double random
    )
    {
        lock (monitor)
        {
            if (delivery.IsShown)
            {
                Of(destination).AfterShowing(result, now);
            }
            else
            {
                Of(destination).After(result, now, random);
            }
        }
    }

    /// <inheritdoc cref="Gate.Abandoned"/>
    public void Abandoned(Destination destination)
    {
        lock (monitor)
        {
            Of(destination).Abandoned();
        }
    }

    /// <inheritdoc cref="Gate.TryAgain"/>
    public void TryAgain(DateTimeOffset now)
    {
        lock (monitor)
        {
            foreach (var gate in gates.Values)
            {
                gate.TryAgain(now);
            }
        }
    }

    public IReadOnlyList<GateState> States(DateTimeOffset now)
    {
        lock (monitor)
        {
            return [.. gates.Select(gate => gate.Value.State(gate.Key, now))];
        }
    }

    private Gate Of(Destination destination)
    {
        if (!gates.TryGetValue(destination, out var gate))
        {
            gates[destination] = gate = new(Budget.Of(destination.Integration.Kind));
        }

        return gate;
    }
}

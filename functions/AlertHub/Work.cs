using AlertHub.Grouping;

namespace AlertHub;

/// <summary>Something that the hub has to do at a time.</summary>
public abstract record Work
{
    private Work() { }

    /// <summary><see cref="Hub.FlushAsync"/>.</summary>
    public sealed record Flush(GroupId Group) : Work;

    /// <summary><see cref="Hub.DeliverAsync"/>.</summary>
    public sealed record Deliver(GroupId Group, IntegrationId Integration) : Work;
}

/// <summary>Work and when it is due. To do it late, twice or at the wrong time does no harm.</summary>
public readonly record struct DueWork(Work Work, DateTimeOffset Due)
{
    /// <summary>When a group has to be flushed; nothing where it has nothing to decide.</summary>
    internal static IEnumerable<DueWork> OfFlush(Group group) =>
        group.Due == DateTimeOffset.MaxValue ? [] : [new(new Work.Flush(group.Id), group.Due)];

    /// <summary>All that has to be done about a group as it is stored.</summary>
    public static IReadOnlyList<DueWork> Of(Group? group)
    {
        if (group is null)
        {
            return [];
        }

        var deliveries = group
            .Deliveries.Where(static delivery => !delivery.IsDead)
            .Select(delivery => new DueWork(new Work.Deliver(group.Id, delivery.Integration), delivery.NextLook));
        return [.. OfFlush(group), .. deliveries];
    }
}

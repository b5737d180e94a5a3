using AlertHub;
using AlertHub.Grouping;
using AlertHub.Lambda.Storage;
using AlertHub.Muting;
using AlertHub.Storing;

namespace Hosts.Tests.Support;

/// <summary>
/// Changes two stores alike, so that they can be compared: one in memory, which says what is stored, and one in DynamoDB,
/// which is told the outcome where a change throws dice.
/// </summary>
internal sealed class TwinStore(MemoryStore memory, Func<DynamoAlertStore> dynamo) : IAlertStore
{
    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => memory.ReadAsync(cancellationToken);

    public ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        memory.FindAsync(id, cancellationToken);

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        memory.SilencesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        memory.DueAsync(until, cancellationToken);

    public async Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await memory.UseAsync(rules, now, cancellationToken);
        await dynamo().UseAsync(rules, now, cancellationToken);
        await dynamo().RegroupAsync(cancellationToken);
    }

    public async Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var taken = await memory.IngestAsync(arrivals, now, cancellationToken);
        var other = await dynamo().IngestAsync(arrivals, now, cancellationToken);
        Assert.Equal(taken.Known, other.Known);
        Assert.Equal(taken.Due.ToHashSet(), [.. other.Due]);
        return taken;
    }

    public async Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken)
    {
        var group = await memory.UpdateAsync(id, change, cancellationToken);
        await dynamo().UpdateAsync(id, _ => group, cancellationToken);
        return group;
    }

    public async Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    )
    {
        var group = await memory.DecideAsync(id, change, cancellationToken);
        await dynamo().DecideAsync(id, (_, _) => group, cancellationToken);
        return group;
    }

    public async Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Silence> changed = [];
        await memory.UpdateSilencesAsync(silences => changed = change(silences), cancellationToken);
        await dynamo().UpdateSilencesAsync(_ => changed, cancellationToken);
    }

    public async Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // How long ids of messages are known is not for anybody to choose there.
        await memory.PruneAsync(retention with { Messages = new Retention().Messages }, now, cancellationToken);
        await dynamo().PruneAsync(retention, now, cancellationToken);
    }
}

using AlertHub.Grouping;

namespace AlertHub.Tests.Storing;

/// <remarks>What many do at once.</remarks>
public abstract partial class AlertStoreContract
{
    [Fact]
    public async Task Changes_of_one_group_at_once_follow_one_another()
    {
        var group = await GroupOfAsync(Alert("A"));

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(_ =>
                    Task.Run(() =>
                        Store.UpdateAsync(
                            group.Id,
                            static stored =>
                                stored! with
                                {
                                    Version = stored.Version + 1,
                                    Due = stored.Due.AddSeconds(1),
                                }
                        )
                    )
                )
        );

        Assert.Equal(group.Due.AddSeconds(200), (await StateAsync()).Find(group.Id)!.Due);
    }

    [Fact]
    public async Task Of_a_delivery_that_many_want_to_send_one_has_the_lease()
    {
        var group = await GroupOfAsync(Alert("A"));
        var muters = (await StateAsync()).Muters(rules.Intervals);
        await Store.UpdateAsync(
            group.Id,
            stored => Flush.Decide(stored!, stored!.Due, stored.Due, rules.Routing.RouteOf(group.Id)!, muters)!.Next
        );

        var leased = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        Group? mine = null;
                        await Store.UpdateAsync(
                            group.Id,
                            stored =>
                                (mine = stored?.Leased(RandomChanges.Webhook, group.Due, TimeSpan.FromMinutes(2)))
                                ?? stored
                        );
                        return mine is not null;
                    })
                )
        );

        Assert.Single(leased, true);
    }

    [Fact]
    public async Task Many_producers_at_once_are_all_stored()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(i => Task.Run(() => Store.IngestAsync([Alert($"A{i % 100}")], $"id{i % 100}", Start, default)))
        );

        var state = await StateAsync();
        Assert.Equal((100, 100), (state.Alerts.Count, state.Groups.Count));
        foreach (var i in Enumerable.Range(0, 100))
        {
            Assert.Null(await Store.IngestAsync([], $"id{i}", Start, default));
        }
    }
}

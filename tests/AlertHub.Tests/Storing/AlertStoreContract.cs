using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

/// <summary>What holds for every store. A new one is a subclass.</summary>
public abstract class AlertStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);
    private readonly HubRules rules = HubRules.Compile(RandomChanges.Config(sendsAll: false));

    /// <summary>An empty store under these rules.</summary>
    protected abstract Task<IAlertStore> CreateAsync(HubRules rules);

    protected IAlertStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await CreateAsync(rules);

    public virtual Task DisposeAsync() => Task.CompletedTask;

    private static TrackedAlert Alert(
        string name,
        string team = "c",
        TimeSpan? lasts = null,
        DateTimeOffset? at = null
    ) =>
        new()
        {
            Alert = new()
            {
                Labels = Labels.Of(new Label("alertname", name), new Label("team", team)),
                StartsAt = Start,
                EndsAt = (at ?? Start) + (lasts ?? TimeSpan.FromMinutes(5)),
            },
            UpdatedAt = at ?? Start,
        };

    private async Task<HubState> StateAsync() => await Store.ReadAsync(default);

    private async Task<Group> GroupOfAsync(TrackedAlert alert) =>
        Assert.Single((await Store.IngestAsync([alert], null, alert.UpdatedAt, default))!.Groups);

    [Fact]
    public async Task It_is_empty_at_first()
    {
        var state = await StateAsync();

        Assert.Empty(state.Alerts);
        Assert.Empty(state.Groups);
        Assert.Empty(state.Silences.All);
        Assert.Empty(state.Messages);
    }

    [Fact]
    public async Task What_was_taken_is_seen_with_the_groups_it_belongs_to()
    {
        var groups = await Store.IngestAsync([Alert("A"), Alert("B"), Alert("B", "d")], null, Start, default);

        var state = await StateAsync();
        Assert.Equal(3, state.Alerts.Count);
        Assert.Equal(3, state.Groups.Count);
        Assert.All(groups!.Groups, group => Assert.Same(group, state.Find(group.Id)));
        Assert.Equal(["A", "B", "B"], groups!.Groups.Select(group => group.Id.Labels["alertname"]));
    }

    [Fact]
    public async Task A_message_that_came_before_is_taken_once()
    {
        Assert.NotNull(await Store.IngestAsync([Alert("A")], "id", Start, default));
        Assert.Null(await Store.IngestAsync([Alert("B")], "id", Start.AddSeconds(1), default));

        Assert.Single((await StateAsync()).Alerts);
    }

    [Fact]
    public async Task A_message_without_an_alert_is_remembered()
    {
        Assert.Empty((await Store.IngestAsync([], "id", Start, default))!.Groups);
        Assert.Null(await Store.IngestAsync([Alert("A")], "id", Start, default));
    }

    [Fact]
    public async Task An_alert_that_came_again_lasts_longer()
    {
        await Store.IngestAsync([Alert("A")], null, Start, default);
        var again = Alert("A", at: Start.AddMinutes(1));
        var group = await GroupOfAsync(again);

        Assert.Equal(Start.AddMinutes(6), (await StateAsync()).Alerts[again.Fingerprint].Alert.EndsAt);
        Assert.Equal(Start.AddMinutes(6), group.Alerts[again.Fingerprint].Alert.EndsAt);
    }

    [Fact]
    public async Task What_inhibits_does_so_at_once_and_until_it_ends()
    {
        var (source, target) = (Alert("A", "a"), Alert("B", "b"));
        await Store.IngestAsync([source, target], null, Start, default);
        Assert.Single((await StateAsync()).Inhibition.Mute(target.Labels, Start));

        await Store.IngestAsync(
            [Alert("A", "a", TimeSpan.Zero, Start.AddMinutes(1))],
            null,
            Start.AddMinutes(1),
            default
        );
        Assert.Empty((await StateAsync()).Inhibition.Mute(target.Labels, Start.AddMinutes(1)));
    }

    [Fact]
    public async Task A_group_is_changed_as_it_is_stored()
    {
        var group = await GroupOfAsync(Alert("A"));
        var told = new List<Group?>();

        var changed = await Store.UpdateGroupAsync(
            group.Id,
            stored =>
            {
                told.Add(stored);
                return stored! with { Due = Start.AddHours(1), Version = stored.Version + 1 };
            }
        );

        Assert.All(told, stored => Assert.Equal(group, stored));
        Assert.Equal(Start.AddHours(1), changed!.Due);
        Assert.Same(changed, (await StateAsync()).Find(group.Id));
    }

    [Fact]
    public async Task A_group_that_is_told_itself_stays_as_it_is()
    {
        var group = await GroupOfAsync(Alert("A"));

        Assert.Same(group, await Store.UpdateGroupAsync(group.Id, stored => stored));
        Assert.Same(group, (await StateAsync()).Find(group.Id));
    }

    [Fact]
    public async Task A_group_goes_and_one_that_is_gone_is_told_as_none()
    {
        var group = await GroupOfAsync(Alert("A"));

        Assert.Null(await Store.UpdateGroupAsync(group.Id, static _ => null));
        Assert.Empty((await StateAsync()).Groups);
        Assert.Null(
            await Store.UpdateGroupAsync(
                group.Id,
                static stored =>
                {
                    Assert.Null(stored);
                    return stored;
                }
            )
        );
    }

    [Fact]
    public async Task A_change_that_throws_changes_nothing_and_spoils_no_other()
    {
        var group = await GroupOfAsync(Alert("A"));

        var changes = Enumerable
            .Range(0, 40)
            .Select(i =>
                Task.Run(async () =>
                {
                    if (i % 4 == 0)
                    {
                        await Assert.ThrowsAsync<FormatException>(() =>
                            Store.UpdateGroupAsync(group.Id, static _ => throw new FormatException())
                        );
                    }
                    else
                    {
                        await Store.UpdateGroupAsync(
                            group.Id,
                            static stored =>
                                stored! with
                                {
                                    Version = stored.Version + 1,
                                    Due = stored.Due.AddSeconds(1),
                                }
                        );
                    }
                })
            );
        await Task.WhenAll(changes);

        Assert.Equal(group.Due.AddSeconds(30), (await StateAsync()).Find(group.Id)!.Due);
    }

    [Fact]
    public async Task Changes_of_one_group_at_once_follow_one_another()
    {
        var group = await GroupOfAsync(Alert("A"));

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(_ =>
                    Task.Run(() =>
                        Store.UpdateGroupAsync(
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
        await Store.UpdateGroupAsync(
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
                        await Store.UpdateGroupAsync(
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
                .Select(i => Task.Run(() => Store.IngestAsync([Alert($"A{i}")], $"id{i % 100}", Start, default)))
        );

        var state = await StateAsync();
        Assert.Equal((100, 100, 100), (state.Alerts.Count, state.Groups.Count, state.Messages.Count));
    }

    [Fact]
    public async Task Silences_are_put_under_their_ids()
    {
        Silence made = new()
        {
            Id = "one",
            Matchers = [Matcher.Create("team", MatchOperator.Equal, "c", out _)!],
            StartsAt = Start,
            EndsAt = Start.AddHours(1),
            UpdatedAt = Start,
        };
        await Store.UpdateSilencesAsync(_ => [made, made with { Id = "two" }], default);
        await Store.UpdateSilencesAsync(all => [all.Find("one")!.Expire(Start.AddMinutes(1))], default);
        await Store.UpdateSilencesAsync(static _ => [], default);

        Assert.Equal(["two"], (await StateAsync()).Silences.Mute(Alert("A").Labels, Start.AddMinutes(2)));
        Assert.Equal(Start.AddMinutes(1), (await StateAsync()).Silences.Find("one")!.EndsAt);
    }

    [Fact]
    public async Task What_is_over_is_forgotten_and_what_is_not_stays()
    {
        await Store.IngestAsync([Alert("A", lasts: TimeSpan.Zero), Alert("B")], "id", Start, default);

        await Store.PruneAsync(new(), Start.AddMinutes(31), default);
        Assert.Equal(["B"], (await StateAsync()).Alerts.Values.Select(alert => alert.Labels["alertname"]));
        Assert.Null(await Store.IngestAsync([], "id", Start, default));

        await Store.PruneAsync(new(), Start.AddDays(1), default);
        Assert.NotNull(await Store.IngestAsync([], "id", Start.AddDays(1), default));
    }

    [Fact]
    public async Task Under_other_rules_what_fires_joins_other_groups()
    {
        await Store.IngestAsync([Alert("A", "a")], null, Start, default);
        Assert.Equal("team", Assert.Single((await StateAsync()).Groups.Keys).Receiver);

        await Store.UseAsync(HubRules.Compile(RandomChanges.Config(sendsAll: true)), Start.AddMinutes(1), default);
        Assert.Equal("all", Assert.Single((await StateAsync()).Groups.Keys).Receiver);

        var group = await GroupOfAsync(Alert("B", "a", at: Start.AddMinutes(2)));
        Assert.Equal("all", group.Id.Receiver);
    }

    [Fact]
    public async Task What_was_read_stays_as_it_was()
    {
        await Store.IngestAsync([Alert("A")], null, Start, default);
        var read = await StateAsync();
        await Store.IngestAsync([Alert("B")], null, Start, default);

        Assert.Single(read.Alerts);
        Assert.Single(read.Groups);
    }
}

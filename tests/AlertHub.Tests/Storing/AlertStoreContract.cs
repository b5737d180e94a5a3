using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

/// <summary>What holds for every store. A new one is a subclass.</summary>
public abstract partial class AlertStoreContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);
    private readonly HubRules rules = HubRules.Compile(RandomChanges.Config(sendsAll: false));

    /// <summary>An empty store under these rules.</summary>
    protected abstract Task<IAlertStore> CreateAsync(HubRules rules);

    /// <summary>What a store does later about rules that were put in force.</summary>
    protected virtual Task SettleAsync() => Task.CompletedTask;

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

    private static Silence Silenced(string id) =>
        new()
        {
            Id = id,
            Matchers = [Matcher.Create("team", MatchOperator.Equal, "c", out _)!],
            StartsAt = Start,
            EndsAt = Start.AddHours(1),
            UpdatedAt = Start,
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
        Assert.All(groups!.Groups, group => Assert.Equal(group, state.Find(group.Id)));
        Assert.Equal(["A", "B", "B"], groups!.Groups.Select(group => group.Id.Labels["alertname"]).Order());
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
        var again = Alert("A", at: Start.AddMinutes(3));
        var group = await GroupOfAsync(again);

        Assert.Equal(Start.AddMinutes(8), (await StateAsync()).Alerts[again.Fingerprint].Alert.EndsAt);
        Assert.Equal(Start.AddMinutes(8), group.Alerts[again.Fingerprint].Alert.EndsAt);
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

        var changed = await Store.UpdateAsync(
            group.Id,
            stored =>
            {
                told.Add(stored);
                return stored! with { Due = Start.AddHours(1), Version = stored.Version + 1 };
            }
        );

        Assert.All(told, stored => Assert.Equal(group, stored));
        Assert.Equal(Start.AddHours(1), changed!.Due);
        Assert.Equal(changed, (await StateAsync()).Find(group.Id));
    }

    [Fact]
    public async Task A_group_that_is_told_itself_stays_as_it_is()
    {
        var group = await GroupOfAsync(Alert("A"));

        Assert.Equal(group, await Store.UpdateAsync(group.Id, stored => stored));
        Assert.Equal(group, (await StateAsync()).Find(group.Id));
    }

    [Fact]
    public async Task A_group_goes_and_one_that_is_gone_is_told_as_none()
    {
        var group = await GroupOfAsync(Alert("A"));

        Assert.Null(await Store.UpdateAsync(group.Id, static _ => null));
        Assert.Empty((await StateAsync()).Groups);
        Assert.Null(
            await Store.UpdateAsync(
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
                            Store.UpdateAsync(group.Id, static _ => throw new FormatException())
                        );
                    }
                    else
                    {
                        await Store.UpdateAsync(
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
    public async Task Silences_are_put_under_their_ids()
    {
        var made = Silenced("one");
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

        await Store.UseAsync(
            HubRules.Compile(RandomChanges.Config(sendsAll: true), version: 1),
            Start.AddMinutes(1),
            default
        );
        await SettleAsync();
        Assert.Equal("all", Assert.Single((await StateAsync()).Groups.Keys).Receiver);

        var group = await GroupOfAsync(Alert("B", "a", at: Start.AddMinutes(2)));
        Assert.Equal("all", group.Id.Receiver);
    }

    [Fact]
    public async Task Several_arrivals_are_taken_together_each_message_once()
    {
        await Store.IngestAsync([Alert("A")], "known", Start, default);

        var taken = await Store.IngestAsync(
            [
                new("known", [Alert("B")]),
                new("new", [Alert("C")]),
                new(null, [Alert("D"), Alert("E")]),
                new("new", [Alert("F")]),
            ],
            Start,
            default
        );

        Assert.Equal([0, 3], taken.Known);
        Assert.Equal(3, taken.Groups.Count);
        Assert.Equal(
            ["A", "C", "D", "E"],
            (await StateAsync()).Alerts.Values.Select(alert => alert.Labels["alertname"]).Order()
        );
    }

    [Fact]
    public async Task What_comes_says_when_its_groups_are_due_and_nothing_where_that_is_as_before()
    {
        var taken = await Store.IngestAsync([Alert("A"), Alert("A", "b")], null, Start, default);
        var again = await Store.IngestAsync([Alert("A", at: Start.AddMinutes(3))], null, Start.AddMinutes(3), default);

        Assert.Equal(
            taken!.Groups.Select(static group => new DueWork(new Work.Flush(group.Id), group.Due)).ToHashSet(),
            [.. taken.Due]
        );
        Assert.Empty(again!.Due);
    }

    [Fact]
    public async Task What_is_due_is_found()
    {
        var group = await GroupOfAsync(Alert("A"));

        Assert.Equal(
            [new(new Work.Flush(group.Id), group.Due)],
            await Store.DueAsync(group.Due.AddSeconds(1), default)
        );
        Assert.Empty(await Store.DueAsync(group.Due.AddSeconds(-1), default));
    }

    [Fact]
    public async Task One_group_and_the_silences_can_be_read_alone()
    {
        var group = await GroupOfAsync(Alert("A"));
        await Store.UpdateSilencesAsync(_ => [Silenced("one")], default);

        Assert.Equal(group, await Store.FindAsync(group.Id, default));
        Assert.Null(await Store.FindAsync(group.Id with { Receiver = "nobody" }, default));
        Assert.Equal(Silenced("one"), (await Store.SilencesAsync(default)).Find("one"));
    }

    [Fact]
    public async Task Who_decides_about_a_group_is_told_what_mutes()
    {
        var (source, target) = (Alert("A", "a"), Alert("B", "b"));
        await Store.IngestAsync([source, target], null, Start, default);
        await Store.UpdateSilencesAsync(_ => [Silenced("one")], default);
        var id = (await StateAsync()).Groups.Keys.First(static id => id.Labels["team"] == "b");

        Muters? told = null;
        await Store.DecideAsync(
            id,
            (group, muters) =>
            {
                told = muters;
                return group;
            },
            default
        );

        Assert.Equal(source.Fingerprint, Assert.Single(told!.Mute(target.Labels, Start).InhibitedBy).Source);
        Assert.Equal(["one"], told.Mute(Alert("C").Labels, Start).SilencedBy);
    }

    [Fact]
    public async Task News_of_an_alert_that_are_older_than_its_end_are_not_believed()
    {
        var end = Start.AddSeconds(30);
        await Store.IngestAsync([Alert("A", lasts: TimeSpan.Zero, at: end)], null, end, default);
        await Store.IngestAsync([Alert("A")], null, Start.AddSeconds(40), default);

        Assert.Empty((await StateAsync()).Groups);
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

using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Notifying;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

/// <summary>
/// A hub's life from a seed: alerts come, come again, end; groups are flushed, their deliveries leased and settled;
/// silences are made and ended; the configuration changes; what is old is forgotten. Time passes in between.
/// </summary>
internal sealed class RandomChanges(int seed)
{
    private static readonly string[] Words = ["é", "\"", "\\", "\n", "\U0001F525", "a", "</b>", "\0", "\uffff", "x y"];

    private readonly Random random = new(seed);
    private readonly List<string> silences = [];

    public static IntegrationId Webhook { get; } = new("webhook", 0);

    public DateTimeOffset Now { get; set; } = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    public HubRules Rules { get; private set; } = HubRules.Compile(Config(sendsAll: false));

    /// <summary>One route for all, and one for those of the team <c>a</c>; or one for those of <c>b</c>.</summary>
    public static HubConfig Config(bool sendsAll) =>
        new()
        {
            Alertmanager = new()
            {
                Route = new()
                {
                    Receiver = "all",
                    GroupBy = ["alertname"],
                    Routes =
                    [
                        new()
                        {
                            Receiver = "team",
                            Matchers = [Matching("team", sendsAll ? "b" : "a")],
                            GroupBy = [],
                            Continue = sendsAll,
                        },
                        new() { Receiver = "all", GroupBy = ["alertname", "team"] },
                    ],
                },
                Receivers = [Receiver("all"), Receiver("team")],
                InhibitRules =
                [
                    new() { SourceMatchers = [Matching("team", "a")], TargetMatchers = [Matching("team", "b")] },
                ],
            },
            Receivers = [Receiver("all"), Receiver("team")],
        };

    /// <summary>One change, made on a store.</summary>
    public async Task ChangeAsync(IAlertStore store)
    {
        Now += TimeSpan.FromSeconds(random.Next(20));
        var state = await store.ReadAsync(default);
        switch (random.Next(20))
        {
            case < 8:
                await store.IngestAsync(
                    [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Post(state))],
                    random.Next(3) == 0 ? $"message-{random.Next(1000)}" : null,
                    Now,
                    default
                );
                break;
            case < 12
                when Some(state.Groups.Keys.OrderBy(static id => id.ToString(), StringComparer.Ordinal)) is { } id:
                var muters = state.Muters(Rules.Intervals);
                await store.UpdateAsync(
                    id,
                    group =>
                        group is { Alerts.IsEmpty: false }
                        && Rules.Routing.RouteOf(id) is { } route
                        && Flush.Decide(group, group.Due, group.Due, route, muters) is { } flush
                            ? flush.Next
                            : group
                );
                break;
            case < 16
                when Some(state.Groups.Keys.OrderBy(static id => id.ToString(), StringComparer.Ordinal)) is { } id:
                await store.UpdateAsync(id, Deliver);
                break;
            case < 18:
                await store.UpdateSilencesAsync(Silence, default);
                break;
            case 18:
                Rules = HubRules.Compile(Config(random.Next(2) == 0), Rules.Version + 1);
                await store.UseAsync(Rules, Now, default);
                break;
            default:
                await store.PruneAsync(
                    new() { EndedAlerts = TimeSpan.FromMinutes(5), Messages = TimeSpan.FromMinutes(5) },
                    Now,
                    default
                );
                break;
        }
    }

    private TrackedAlert Post(HubState state)
    {
        var known = Some(state.Alerts.Values);
        if (known is not null && random.Next(3) > 0)
        {
            // As it was sent before, or ended.
            var posted = random.Next(3) == 0 ? Now : Now + TimeSpan.FromMinutes(4);
            return known with { Alert = known.Alert with { EndsAt = posted }, UpdatedAt = Now };
        }

        return new()
        {
            Alert = new()
            {
                Labels = Labels.Of(
                    new Label("alertname", Some(["A", "B", "é\"\\"])!),
                    new Label("team", Some(["a", "b", "c"])!),
                    new Label("n", random.Next(40).ToString(CultureInfo.InvariantCulture))
                ),
                Annotations = Labels.Of(new Label("summary", string.Concat(random.GetItems(Words, 3)))),
                StartsAt =
                    Now.ToOffset(TimeSpan.FromMinutes(random.Next(-14 * 60, 14 * 60)))
                    - TimeSpan.FromTicks(random.Next(1 << 30)),
                EndsAt = random.Next(4) == 0 ? null : Now + TimeSpan.FromMinutes(4),
                GeneratorUrl = random.Next(3) switch
                {
                    0 => null,
                    1 => new("http://prometheus:9090/graph?g0.expr=up%20==%200"),
                    _ => new("/graph", UriKind.Relative),
                },
            },
            UpdatedAt = Now,
            IsTimeout = random.Next(2) == 0,
        };
    }

    private Group? Deliver(Group? group)
    {
        if (
            group?.Leased(Webhook, DateTimeOffset.MaxValue - TimeSpan.FromDays(1), TimeSpan.FromHours(1))
            is not { } leased
        )
        {
            return group?.Revived(Webhook, Now) ?? group;
        }

        NextStep step = random.Next(5) switch
        {
            0 => new NextStep.GiveUp("it says \"no\""),
            1 => new NextStep.Again(TimeSpan.FromSeconds(9), "it is down\n"),
            _ => new NextStep.Done(),
        };
        return random.Next(4) == 0 || leased.Delivery(Webhook) is not { } sent
            ? leased
            : leased.Settled(
                sent,
                step,
                mayHaveArrived: random.Next(2) == 0,
                Now,
                random.Next(2) == 0 ? null : string.Concat(random.GetItems(Words, 3))
            );
    }

    private Silence[] Silence(Silences all)
    {
        if (Some(silences) is { } id && all.Find(id) is { } known && random.Next(2) == 0)
        {
            return [known.Expire(Now)];
        }

        var made = new Silence
        {
            Id = new Guid(random.Next(), 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(),
            Matchers =
            [
                Matching("team", Some(["a", "b", "c"])!),
                Matcher.Create("n", MatchOperator.NotRegex, "1.|\\d{3}", out _)!,
            ],
            StartsAt = Now,
            EndsAt = Now + TimeSpan.FromHours(1),
            UpdatedAt = Now,
            CreatedBy = "mía",
            Comment = string.Concat(random.GetItems(Words, 3)),
        };
        silences.Add(made.Id);
        return [made];
    }

    private T? Some<T>(IEnumerable<T> all)
        where T : class
    {
        T[] some = [.. all];
        return some.Length == 0 ? null : some[random.Next(some.Length)];
    }

    private static Matcher Matching(string name, string value) =>
        Matcher.Create(name, MatchOperator.Equal, value, out _)!;

    private static Receiver Receiver(string name) => new() { Name = name, Integrations = [new Told()] };

    /// <summary>One way to tell somebody that does nothing.</summary>
    private sealed record Told : Integration
    {
        public override string Kind => "webhook";
    }
}

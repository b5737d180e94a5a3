using System.Text.RegularExpressions;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.Working;

/// <summary>What the worker does with what is to be told, over a hub in memory and a clock of the test's own.</summary>
public sealed class Deliveries
{
    private static readonly DeliveryResult Delivered = new DeliveryResult.Delivered();
    private static readonly DeliveryResult Down = new DeliveryResult.TryLater("503");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_fires_is_told_once()
    {
        var channel = new ScriptedChannel((_, _) => Delivered);
        await using var hub = new RunningHub(channel);

        await hub.FireAsync("a", "b");
        await channel.CountAsync(2);
        await hub.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["a", "b"], channel.Sent.Order());
        Assert.Empty(await hub.UndeliveredAsync());
    }

    [Fact]
    public async Task What_was_not_taken_is_tried_after_ever_longer_waits_and_others_do_not_wait()
    {
        var times = new List<DateTimeOffset>();
        RunningHub? hub = null;
        var channel = new ScriptedChannel(
            (name, attempt) =>
            {
                if (name == "a")
                {
                    times.Add(hub!.Clock.GetUtcNow());
                }

                return name == "a" && attempt <= 3 ? Down : Delivered;
            }
        );
        await using (hub = new RunningHub(channel))
        {
            await hub.FireAsync("a");
            await channel.CountAsync(1);
            await hub.FireAsync("b");
            await hub.UntilAsync(() => channel.Sent.Count == 5);
        }

        Assert.Equal(["a", "a", "a", "a", "b"], channel.Sent.Order());
        TimeSpan[] waits = [.. times.Zip(times.Skip(1), static (one, next) => next - one)];
        Assert.All(waits.Zip((double[])[0.5, 1, 2]), w => Assert.True(w.First >= TimeSpan.FromSeconds(w.Second)));
        Assert.Contains(
            hub.Log.Lines,
            static line =>
                Regex.IsMatch(
                    line,
                    """^Warning: one/{}:{alertname="a"}, webhook\[0\]: not taken \(first notification\): 503; attempt 1, \d+ ms, next in 0\.5 s"""
                )
        );
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_a_minute_shows_as_failed_notifications()
    {
        var down = Down with { Failure = FailureReason.ServerError };
        var channel = new ScriptedChannel((_, _) => down);
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");
        await hub.UntilAsync(() => channel.Sent.Count == 2);
        Assert.DoesNotContain("alertmanager_notifications_failed_total{", hub.Metrics(), StringComparison.Ordinal);

        await hub.UntilAsync(() =>
            hub.Metrics()
                .Contains(
                    "alertmanager_notifications_failed_total{integration=\"webhook\",reason=\"serverError\"} 2",
                    StringComparison.Ordinal
                )
        );

        Assert.Contains(
            "alertmanager_notifications_total{integration=\"webhook\"} 3\n",
            hub.Metrics(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_given_up_is_counted_by_what_it_failed_for()
    {
        var channel = new ScriptedChannel(
            (name, _) =>
                name switch
                {
                    "a" => new DeliveryResult.Refused("401") { Failure = FailureReason.AuthError },
                    "b" => new DeliveryResult.Ambiguous("late") { Failure = FailureReason.ContextDeadlineExceeded },
                    _ => new DeliveryResult.Refused("its template fails"),
                }
        );
        await using var hub = new RunningHub(channel);

        await hub.FireAsync("a", "b", "c");
        await hub.UntilAsync(() =>
            hub.Log.Lines.Count(static line => line.Contains("given up", StringComparison.Ordinal)) == 3
        );

        Assert.Equal(
            [
                "{integration=\"webhook\",reason=\"authError\"} 1",
                "{integration=\"webhook\",reason=\"contextDeadlineExceeded\"} 1",
                "{integration=\"webhook\",reason=\"other\"} 1",
            ],
            hub.Metrics()
                .Split('\n')
                .Where(static line =>
                    line.StartsWith("alertmanager_notifications_failed_total{", StringComparison.Ordinal)
                )
                .Select(static line => line[line.IndexOf('{', StringComparison.Ordinal)..])
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_destination_that_asks_for_time_gets_it_for_all_its_groups()
    {
        var channel = new ScriptedChannel(
            (name, attempt) =>
                name == "a" && attempt == 1 ? new DeliveryResult.TryLater("429", TimeSpan.FromSeconds(30)) : Delivered
        );
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");
        await hub.UntilAsync(() => hub.Log.Lines.Any(static line => line.Contains("429", StringComparison.Ordinal)));

        await hub.FireAsync("b");
        await hub.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["a"], channel.Sent);

        await hub.UntilAsync(() => channel.Sent.Count == 3);
        Assert.Equal(["a", "a", "b"], channel.Sent.Order());
    }

    [Fact]
    public async Task What_may_have_arrived_three_times_is_given_up_and_failures_before_do_not_count()
    {
        var channel = new ScriptedChannel(
            (_, attempt) => attempt <= 3 ? Down : new DeliveryResult.Ambiguous("the answer was lost")
        );
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");

        await hub.UntilAsync(() =>
            hub.Log.Lines.Any(static line => line.StartsWith("Error", StringComparison.Ordinal))
        );

        Assert.Equal(6, channel.Sent.Count);
        Assert.True(Assert.Single(await hub.UndeliveredAsync()).IsDead);
    }

    [Fact]
    public async Task What_is_refused_is_kept_with_one_error_line_and_sent_when_somebody_asks()
    {
        var channel = new ScriptedChannel(
            (name, attempt) =>
                name == "a" && attempt == 1 ? new DeliveryResult.Refused("the webhook answered 400") : Delivered
        );
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");
        await hub.UntilAsync(() =>
            hub.Log.Lines.Any(static line => line.StartsWith("Error", StringComparison.Ordinal))
        );

        Assert.Matches(
            """^Error: one/{}:{alertname="a"}, webhook\[0\]: given up \(first notification\): the webhook answered 400; attempt 1, \d+ ms\. It is kept as a dead letter: the command "dead" lists them and sends them again$""",
            Assert.Single(hub.Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal))
        );
        await hub.ReviveAsync();
        await channel.CountAsync(2);
        await hub.UntilAsync(() => hub.UndeliveredAsync().GetAwaiter().GetResult().Count == 0);
    }

    [Fact]
    public async Task A_fault_in_a_channel_ends_neither_the_deliveries_nor_shows_the_secret()
    {
        var channel = new ScriptedChannel(
            (name, attempt) =>
                name == "a" && attempt == 1 ? throw new InvalidOperationException("https://secret.example") : Delivered
        );
        await using var hub = new RunningHub(channel);

        await hub.FireAsync("a", "b");
        await hub.UntilAsync(() => channel.Sent.Count == 3);

        Assert.Equal(["a", "a", "b"], channel.Sent.Order());
        Assert.Contains(
            hub.Log.Lines,
            static line => line.Contains("InvalidOperationException", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(hub.Log.Lines, static line => line.Contains("secret.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_destination_that_hangs_holds_up_no_other()
    {
        var never = new TaskCompletionSource<DeliveryResult>();
        var one = new ScriptedChannel((_, _) => never.Task);
        var two = new ScriptedChannel((_, _) => Delivered);
        await using var hub = new RunningHub(one, two);
        string[] many = [.. Enumerable.Range(0, 40).Select(static i => $"n{i}")];

        await hub.FireAsync(many);
        await one.CountAsync(8);
        await hub.FireAsync(isLost: false, "two", many);
        await two.CountAsync(40);

        Assert.Equal(8, one.Sent.Count);
        never.SetResult(Delivered);
        await one.CountAsync(40);
    }

    [Fact]
    public async Task A_stop_lets_the_delivery_under_way_finish_and_begins_no_other()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        var channel = new ScriptedChannel((_, _) => answer.Task);
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");
        await channel.CountAsync(1);

        await hub.Stop.CancelAsync();
        await hub.FireAsync("b");
        Assert.False(hub.Working.IsCompleted);
        answer.SetResult(Delivered);
        await hub.Working.WaitAsync(Patience);

        Assert.Equal(["a"], channel.Sent);
        Assert.Empty(await hub.UndeliveredAsync());
    }

    [Fact]
    public async Task A_delivery_that_outlasts_the_bound_is_given_up_and_stays()
    {
        var channel = new ScriptedChannel((_, _) => new TaskCompletionSource<DeliveryResult>().Task);
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a");
        await channel.CountAsync(1);

        await hub.Stop.CancelAsync();
        await hub.Abort.CancelAsync();
        await hub.Working.WaitAsync(Patience);

        Assert.False(Assert.Single(await hub.UndeliveredAsync()).IsDead);
    }

    [Fact]
    public async Task What_got_lost_on_the_way_is_found_within_a_minute()
    {
        var channel = new ScriptedChannel((_, _) => Delivered);
        await using var hub = new RunningHub(channel);
        var start = hub.Clock.GetUtcNow();

        await hub.FireAsync(isLost: true, "one", "a");
        await hub.UntilAsync(() => channel.Sent.Count == 1);

        Assert.InRange(hub.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_start_delay_holds_what_is_to_be_told()
    {
        var channel = new ScriptedChannel((_, _) => Delivered);
        await using var hub = new RunningHub(channel, startDelay: TimeSpan.FromSeconds(30));
        await hub.FireAsync("a");

        await hub.PassAsync(TimeSpan.FromSeconds(25));
        Assert.Empty(channel.Sent);

        await hub.UntilAsync(() => channel.Sent.Count == 1);
    }

    [Fact]
    public async Task While_the_storage_fails_it_is_said_now_and_then_and_nothing_is_sent()
    {
        var channel = new ScriptedChannel((_, _) => Delivered);
        await using var hub = new RunningHub(channel, startDelay: TimeSpan.FromSeconds(1));
        await hub.FireAsync("a", "b", "c");
        hub.Store.Fault = "the disk of \"/data\" is full";

        await hub.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(channel.Sent);
        Assert.InRange(hub.Log.Lines.Count, 1, 5);
        Assert.All(
            hub.Log.Lines,
            static line =>
                Assert.Equal(
                    "Error: Everything waits for the storage: the disk of \"/data\" is full; next try in 00:00:05",
                    line
                )
        );

        hub.Store.Fault = null;
        await hub.UntilAsync(() => channel.Sent.Count == 3);
    }

    [Fact]
    public async Task What_was_delivered_is_not_sent_again_for_want_of_a_record()
    {
        RunningHub? hub = null;
        var channel = new ScriptedChannel(
            (_, _) =>
            {
                hub!.Store.Fault = "the disk is full";
                return Delivered;
            }
        );
        await using (hub = new RunningHub(channel))
        {
            await hub.FireAsync("a");
            await channel.CountAsync(1);
            await hub.PassAsync(TimeSpan.FromMinutes(1));
            hub.Store.Fault = null;
            await hub.PassAsync(TimeSpan.FromMinutes(2));

            Assert.Equal(["a"], channel.Sent);
            Assert.Empty(await hub.UndeliveredAsync());
        }
    }

    [Fact]
    public async Task What_was_sent_and_cannot_be_recorded_is_said_once_a_minute_however_much_it_is()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        var channel = new ScriptedChannel((_, _) => answer.Task);
        await using var hub = new RunningHub(channel);
        await hub.FireAsync("a", "b");
        await channel.CountAsync(2);
        var start = hub.Clock.GetUtcNow();
        hub.Store.Fault = "the disk of \"/data\" is full";
        answer.SetResult(Delivered);

        await hub.UntilAsync(() => Lines().Length == 3);

        Assert.True(hub.Clock.GetUtcNow() - start >= TimeSpan.FromMinutes(2));
        Assert.Matches(
            """^Error: one/{}:{alertname="[ab]"}, webhook\[0\]: delivered \(first notification\), and that cannot be recorded: the disk of "/data" is full\. That is tried again until it can be; should the process end before, this is sent once more\. Deliveries in this state: 2$""",
            Lines()[^1]
        );

        hub.Store.Fault = null;
        await hub.UntilAsync(() => hub.UndeliveredAsync().GetAwaiter().GetResult().Count == 0);
        Assert.Equal(["a", "b"], channel.Sent.Order());

        string[] Lines() =>
            [.. hub.Log.Lines.Where(static line => line.Contains("cannot be recorded", StringComparison.Ordinal))];
    }
}

using System.Globalization;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Channels;

/// <summary>What becomes of a notification whose destination fails, over real sockets.</summary>
public sealed class BadDestinations
{
    /// <summary>What it does | what became of the notification, and the seconds to wait | a word of the reason.</summary>
    public static TheoryData<string, string, double?, string> Faults { get; } =
        new()
        {
            { "204", "Delivered", null, "" },
            { "500 out of order", "TryLater", null, "500 'out of order'" },
            { "503|Retry-After: 7", "TryLater", 7, "503" },
            { "408", "TryLater", null, "408" },
            { "425", "TryLater", null, "425" },
            { "429 rate", "TryLater", null, "429" },
            { "429|Retry-After: 17", "TryLater", 17, "429" },
            { "429|Retry-After: 0", "TryLater", 0, "429" },
            { "429|Retry-After: -5", "TryLater", null, "429" },
            { "429|Retry-After: soon", "TryLater", null, "429" },
            { "429|Retry-After: 99999999999999999999", "TryLater", null, "429" },
            { "429|Retry-After: 2000000000", "TryLater", 3600, "429" },
            { "429|Retry-After: Sat, 14 Mar 2026 03:00:40 GMT", "TryLater", 40, "429" },
            { "429|Retry-After: Sat, 14 Mar 2020 03:00:00 GMT", "TryLater", 0, "429" },
            { "429|Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", "TryLater", 3600, "429" },
            { "400 no such tenant", "Refused", null, "400 'no such tenant'" },
            { "404", "Refused", null, "404" },
            { "301|Location: /elsewhere", "Refused", null, "redirect" },
            { "302|Location: /elsewhere", "Refused", null, "redirect" },
            { "303|Location: /elsewhere", "Refused", null, "redirect" },
            { "307", "Refused", null, "redirect" },
            { "reset before body", "Ambiguous", null, "connection" },
            { "reset after body", "Ambiguous", null, "connection" },
            { "close", "Ambiguous", null, "closed before an answer" },
            { "half answer 200", "Delivered", null, "" },
            { "half answer 500", "TryLater", null, "500 'half of it'" },
            { "half head", "Ambiguous", null, "closed" },
            { "noise", "Ambiguous", null, "not an HTTP answer" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_a_destination_does_decides_what_became_of_it(
        string fault,
        string result,
        double? seconds,
        string word
    )
    {
        await using var destination = new FaultyDestination(Parse(fault));
        using var channel = new ConfiguredChannel(
            $"webhook_configs: [{{url: '{destination.Address}'}}]",
            new FixedTime(Webhook.ReceivedAt)
        );

        var became = await channel.SendAsync();

        Assert.Equal(result, became.GetType().Name);
        Assert.Contains(word, $"{became}", StringComparison.Ordinal);
        Assert.Equal(seconds, (became as DeliveryResult.TryLater)?.After?.TotalSeconds);
        Assert.Equal(1, destination.Connections);
    }

    [Theory]
    [InlineData("", 10, true)]
    [InlineData("", 10, false)]
    [InlineData(", timeout: 30s", 30, true)]
    [InlineData(", timeout: 30s", 30, false)]
    public async Task An_answer_that_does_not_come_or_never_ends_is_waited_for_so_long(
        string config,
        int seconds,
        bool silent
    )
    {
        var clock = new ManualClock();
        await using var destination = new FaultyDestination(silent ? new Fault.Silence() : new Fault.Trickle());
        using var channel = new ConfiguredChannel(
            $"webhook_configs: [{{url: '{destination.Address}'{config}}}]",
            clock
        );

        var sending = channel.SendAsync();
        await destination.ReceivesAsync(1);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(
            $"within {seconds} s",
            Assert.IsType<DeliveryResult.Ambiguous>(await sending).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_late_answer_counts_and_holds_up_nobody_else()
    {
        var ready = new TaskCompletionSource();
        await using var slow = new FaultyDestination(new Fault.AnswerAfter(ready.Task, new(204)));
        await using var quick = new FaultyDestination();
        using var toSlow = new ConfiguredChannel($"webhook_configs: [{{url: '{slow.Address}'}}]", new ManualClock());
        using var toQuick = new ConfiguredChannel($"webhook_configs: [{{url: '{quick.Address}'}}]");

        var sending = toSlow.SendAsync();
        await slow.ReceivesAsync(1);
        Assert.IsType<DeliveryResult.Delivered>(await toQuick.SendAsync());
        ready.SetResult();

        Assert.IsType<DeliveryResult.Delivered>(await sending);
    }

    [Fact]
    public async Task When_it_recovers_the_same_channel_delivers()
    {
        await using var destination = new FaultyDestination(
            new Fault.ResetAtOnce(),
            new Fault.Answer(500),
            new Fault.HalfHead(),
            new Fault.Noise()
        );
        using var channel = new ConfiguredChannel($"webhook_configs: [{{url: '{destination.Address}'}}]");

        for (var i = 0; i < 4; i++)
        {
            Assert.IsNotType<DeliveryResult.Delivered>(await channel.SendAsync());
        }

        Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync());
        Assert.Equal(5, destination.Connections);
    }

    /// <summary>Whether any of it went out is for the network to say.</summary>
    [Fact]
    public async Task A_connection_reset_at_once_delivers_nothing()
    {
        await using var destination = new FaultyDestination(new Fault.ResetAtOnce());
        using var channel = new ConfiguredChannel($"webhook_configs: [{{url: '{destination.Address}'}}]");

        var result = await channel.SendAsync();

        Assert.True(result is DeliveryResult.Ambiguous or DeliveryResult.TryLater, $"{result}");
    }

    [Fact]
    public async Task A_destination_that_nobody_serves_is_tried_later_without_doubt()
    {
        using var channel = new ConfiguredChannel($"webhook_configs: [{{url: 'http://127.0.0.1:{FreePort.Next()}'}}]");

        Assert.Contains("no connection", Reason(await channel.SendAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_has_no_address_is_tried_later_without_doubt()
    {
        using var channel = new ConfiguredChannel("webhook_configs: [{url: 'http://nowhere.invalid/'}]");

        Assert.Contains("nowhere.invalid", Reason(await channel.SendAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 ok", "Delivered", "")]
    [InlineData("200 {\"ok\":true}", "Delivered", "")]
    [InlineData("200 {\"ok\":false,\"error\":\"channel_not_found\"}", "TryLater", "channel_not_found")]
    [InlineData("200 <html>", "TryLater", "URL is complete")]
    [InlineData("429 slow down|Retry-After: 3", "TryLater", "429")]
    [InlineData("reset after body", "Ambiguous", "connection")]
    [InlineData("half answer 200", "Ambiguous", "broke off")]
    [InlineData("half answer 503", "TryLater", "503")]
    [InlineData("307|Location: /elsewhere", "Delivered", "")]
    public async Task So_it_is_with_Slack(string fault, string result, string word)
    {
        await using var destination = new FaultyDestination(Parse(fault)) { GoodBody = "ok" };
        using var channel = new ConfiguredChannel($"slack_configs: [{{api_url: '{destination.Address}hook'}}]");

        var became = await channel.SendAsync();

        Assert.Equal(result, became.GetType().Name);
        Assert.Contains(word, $"{became}", StringComparison.Ordinal);
    }

    private static string Reason(DeliveryResult result) => Assert.IsType<DeliveryResult.TryLater>(result).Reason;

    /// <summary>"status text|headers", or the name of a fault.</summary>
    private static Fault Parse(string text)
    {
        var parts = text.Split('|', StringSplitOptions.RemoveEmptyEntries);
        var words = parts[0].Split(' ', 2);
        return text switch
        {
            "reset before body" => new Fault.ResetBeforeBody(),
            "reset after body" => new Fault.ResetAfterBody(),
            "close" => new Fault.Close(),
            "half answer 200" => new Fault.HalfAnswer(200),
            "half answer 500" => new Fault.HalfAnswer(500),
            "half answer 503" => new Fault.HalfAnswer(503),
            "half head" => new Fault.HalfHead(),
            "noise" => new Fault.Noise(),
            _ => new Fault.Answer(
                int.Parse(words[0], CultureInfo.InvariantCulture),
                words.ElementAtOrDefault(1) ?? "",
                parts.ElementAtOrDefault(1) ?? ""
            ),
        };
    }
}

using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>A bot's message by Slack's Web API.</summary>
public sealed class BotDelivery : HttpChannelContract
{
    private const string Ok = """{"ok":true,"channel":"C0NEW","ts":"1773457200.000200"}""";

    private static readonly SlackReceipt Receipt = new()
    {
        Channel = "C0OLD",
        Ts = "1773457100.000100",
        To = "#ops",
        Severity = 3,
        Since = Some.Now.AddMinutes(-65).ToUnixTimeSeconds(),
    };

    private protected override IChannel Create(Destination destination) => Channel(destination);

    private protected override Destination AnswersWell(Destination destination) => destination.Answers(200, Ok);

    public static TheoryData<string[]> Errors { get; } = [.. Repository.Cases("slack-api-errors.txt")];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_decides_what_becomes_of_a_new_message(string[] row)
    {
        var destination = new Destination().Answers(200, Error(row[0]), "application/json", "7");

        var result = await Channel(destination).SendAsync(Some.Notification(), CancellationToken.None);

        var isPlain = row[1] == "plain";
        Assert.Equal(isPlain ? 2 : 1, destination.Requests.Count);
        Assert.Equal(isPlain, !Body(destination, ^1).TryGetProperty("blocks", out _));
        AssertOutcome(isPlain ? "refused" : row[1], row[4], result);
        Assert.Null(result.Receipt);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_decides_what_becomes_of_a_change(string[] row)
    {
        var destination = new Destination().Answers(200, Error(row[0]), "application/json", "7").Answers(200, Ok);

        var result = await Channel(destination).SendAsync(Changed(), CancellationToken.None);

        switch (row[2])
        {
            case "plain":
                Assert.Equal(["chat.update", "chat.update", "chat.postMessage"], Methods(destination));
                Assert.Equal(0, Body(destination, 1).GetProperty("blocks").GetArrayLength());
                Assert.Equal(0, Body(destination, 1).GetProperty("attachments").GetArrayLength());
                Assert.Equal("C0OLD", ReceiptOf(result).Channel);
                break;
            case "new":
                Assert.Equal(["chat.update", "chat.postMessage"], Methods(destination));
                Assert.False(Body(destination, 1).TryGetProperty("thread_ts", out _));
                Assert.Equal("1773457200.000200", ReceiptOf(result).Ts);
                break;
            default:
                Assert.Equal(["chat.update"], Methods(destination));
                AssertOutcome(row[2], row[4], result);
                // What was not done leaves what is known as it is; what may have been is not to be forgotten.
                Assert.Equal(row[1] == "unsure" ? Receipt : null, SlackReceipt.Parse(result.Receipt));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_decides_what_becomes_of_a_reply(string[] row)
    {
        var destination = new Destination()
            .Answers(200, Ok)
            .Answers(200, Error(row[0]), "application/json", "7")
            .Answers(200, Ok);

        var result = await Channel(destination).SendAsync(Changed(), CancellationToken.None);

        switch (row[3])
        {
            case "plain":
                Assert.Equal(["chat.update", "chat.postMessage", "chat.postMessage"], Methods(destination));
                Assert.True(Body(destination, 2).TryGetProperty("thread_ts", out _));
                Assert.False(Body(destination, 2).TryGetProperty("blocks", out _));
                Assert.Equal("C0OLD", ReceiptOf(result).Channel);
                break;
            case "new":
                Assert.Equal(["chat.update", "chat.postMessage", "chat.postMessage"], Methods(destination));
                Assert.False(Body(destination, 2).TryGetProperty("thread_ts", out _));
                Assert.Equal("C0NEW", ReceiptOf(result).Channel);
                break;
            default:
                Assert.Equal(["chat.update", "chat.postMessage"], Methods(destination));
                AssertOutcome(row[3], row[4], result);
                Assert.NotNull(ReceiptOf(result).Done);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Whatever_the_error_what_is_only_to_be_shown_is_never_posted(string[] row)
    {
        var destination = new Destination().Answers(200, Error(row[0]), "application/json", "7");

        var result = await Channel(destination).SendAsync(Shown(), CancellationToken.None);

        Assert.All(Methods(destination), static method => Assert.Equal("chat.update", method));
        if (row is [_, "refused", "new", ..])
        {
            Assert.Equal(new DeliveryResult.Delivered { Receipt = Receipt.ToString() }, result);
        }
        else
        {
            AssertOutcome(row[1] == "plain" ? "refused" : row[1], row[4], result);
            Assert.Null(result.Receipt);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public async Task What_is_only_to_be_shown_changes_the_message_and_nothing_is_said_of_it(bool? update)
    {
        var destination = AnswersWell(new());

        var result = await Channel(destination, update).SendAsync(Shown(), CancellationToken.None);

        Assert.Equal(["chat.update"], Methods(destination));
        Assert.StartsWith(
            "SILENCED: A",
            Body(destination, 0).GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        // What comes next may still be worse than what was told last.
        Assert.Equal(new DeliveryResult.Delivered { Receipt = Receipt.ToString() }, result);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(null, false)]
    public async Task Where_there_is_no_message_to_be_changed_nothing_is_shown(bool? update, bool hasMessage)
    {
        var destination = new Destination();
        var former = new FormerNotification { Receipt = hasMessage ? Receipt.ToString() : "of another channel" };

        var result = await Channel(destination, update)
            .SendAsync(Shown() with { Former = former }, CancellationToken.None);

        Assert.Equal(new DeliveryResult.Delivered { Receipt = former.Receipt }, result);
        Assert.Empty(destination.Requests);
    }

    [Theory]
    [InlineData(429, null, "application/json")]
    [InlineData(503, "<html>", "text/html")]
    [InlineData(200, """{"ok":false,"error":"ratelimited"}""", "application/json")]
    public async Task What_was_changed_is_not_changed_again_when_only_the_reply_is_missing(
        int status,
        string? answer,
        string mediaType
    )
    {
        var destination = new Destination()
            .Answers(200, Ok)
            .Answers(status, answer ?? "", mediaType, "3")
            .Answers(200, Ok);
        var channel = Channel(destination);

        var first = await channel.SendAsync(Changed(), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<DeliveryResult.TryLater>(first).After);
        var second = await channel.SendAsync(Changed(first.Receipt), CancellationToken.None);

        Assert.IsType<DeliveryResult.Delivered>(second);
        Assert.Equal(["chat.update", "chat.postMessage", "chat.postMessage"], Methods(destination));
        Assert.Null(ReceiptOf(second).Done);

        // What there is to say has changed since.
        await channel.SendAsync(
            Changed(first.Receipt, Some.Alert("A"), Some.Alert("B"), Some.Alert("C")),
            CancellationToken.None
        );
        Assert.Equal("chat.update", Methods(destination)[3]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"channel":"C0","ts":"soon","to":"#ops"}""")]
    [InlineData("""{"channel":"C0","ts":"1.","to":"#ops"}""")]
    [InlineData("""{"channel":"C0","ts":"1.2.3","to":"#ops"}""")]
    [InlineData("""{"channel":"","ts":"1.2","to":"#ops"}""")]
    [InlineData("""{"channel":"C0&x","ts":"1.2","to":"#ops"}""")]
    [InlineData("""{"channel":"C0","ts":"1.2","to":"#another"}""")]
    [InlineData("""{"channel":"C0","ts":"1.2","to":"#ops","severity":"x"}""")]
    public async Task A_receipt_that_cannot_be_used_makes_a_new_message(string? receipt)
    {
        var destination = AnswersWell(new());

        var result = await Channel(destination)
            .SendAsync(Changed() with { Former = new() { Receipt = receipt } }, CancellationToken.None);

        Assert.Equal(["chat.postMessage"], Methods(destination));
        Assert.Equal("C0NEW", ReceiptOf(result).Channel);
    }

    [Fact]
    public async Task A_group_that_had_ended_and_fires_again_begins_a_new_message()
    {
        var destination = AnswersWell(new());

        await Channel(destination)
            .SendAsync(Changed() with { Reason = NotificationReason.FirstNotification }, CancellationToken.None);

        Assert.Equal(["chat.postMessage"], Methods(destination));
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":true,"channel":"C0","ts":"not one"}""")]
    [InlineData("""{"ok":true,"channel":7,"ts":1.5}""")]
    public async Task A_message_whose_id_is_not_told_is_delivered_and_not_changed_later(string answer)
    {
        var result = await Channel(new Destination().Answers(200, answer, "application/json"))
            .SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Equal(new DeliveryResult.Delivered(), result);
    }

    [Fact]
    public async Task Where_messages_are_not_to_be_changed_each_is_new()
    {
        var destination = AnswersWell(new());

        var result = await Channel(destination, update: false).SendAsync(Changed(), CancellationToken.None);

        Assert.Equal(["chat.postMessage"], Methods(destination));
        Assert.Null(result.Receipt);
    }

    [Fact]
    public async Task Where_they_are_changed_as_by_Alertmanager_nothing_is_said_in_the_thread()
    {
        var destination = AnswersWell(new());

        var result = await Channel(destination, update: true).SendAsync(Changed(), CancellationToken.None);

        Assert.Equal(["chat.update"], Methods(destination));
        Assert.Equal("C0OLD", ReceiptOf(result).Channel);
    }

    [Fact]
    public async Task A_change_names_the_message_by_its_ids_and_all_that_it_shows()
    {
        var destination = AnswersWell(new());

        await Channel(destination).SendAsync(Changed(), CancellationToken.None);

        var change = Body(destination, 0);
        Assert.Equal(
            ["channel", "ts", "text", "blocks", "attachments"],
            change.EnumerateObject().Select(static m => m.Name)
        );
        Assert.Equal("C0OLD", change.GetProperty("channel").GetString());
        Assert.True(change.GetProperty("text").GetString()!.Length <= 4000);
        var reply = Body(destination, 1);
        Assert.Equal(
            ["channel", "username", "thread_ts", "text", "blocks", "unfurl_links", "unfurl_media"],
            reply.EnumerateObject().Select(static m => m.Name)
        );
        Assert.Equal(Receipt.Ts, reply.GetProperty("thread_ts").GetString());
        Assert.Equal([], SlackRules.BrokenBy(destination.Requests[1].Body));
    }

    [Fact]
    public async Task An_attempt_ends_before_its_lease_does()
    {
        var destination = new Destination().IsSilentFor(TimeSpan.FromSeconds(61)).IsSilentFor(TimeSpan.FromSeconds(61));
        var channel = Channel(destination, timeout: TimeSpan.FromMinutes(5));

        var result = await channel.SendAsync(Changed(), CancellationToken.None);

        Assert.Contains("within 60 s", Assert.IsType<DeliveryResult.TryLater>(result).Reason, StringComparison.Ordinal);
        Assert.Single(destination.Requests);
    }

    private static SlackChannel Channel(Destination destination, bool? update = null, TimeSpan timeout = default) =>
        SlackChannel.Create(
            new()
            {
                ApiUrl = SecretReference.Parse($"https://slack.com/{SecretText}/chat.postMessage"),
                Channel = "#ops",
                UpdateMessage = update,
                Timeout = timeout,
            },
            Some.Parts(destination.Clock),
            destination.Delivery()
        );

    private static Notification Changed() => Changed(Receipt.ToString(), Some.Alert("A"), Some.Alert("B"));

    private static Notification Changed(string? receipt, params IReadOnlyList<Alert> alerts) =>
        Some.Notification(alerts.Count == 0 ? [Some.Alert("A"), Some.Alert("B")] : alerts) with
        {
            Reason = NotificationReason.NewAlertsAdded,
            Former = new() { Firing = FingerprintSet.Of(Some.Alert("A").Labels.Fingerprint), Receipt = receipt },
        };

    private static Notification Shown() =>
        Changed(Receipt.ToString(), Some.Alert("A")) with
        {
            Reason = NotificationReason.Shown,
            Muted =
            [
                new()
                {
                    Alerts = FingerprintSet.Of(Some.Alert("A").Labels.Fingerprint),
                    SilencedBy = "mia",
                    Until = Some.Now,
                },
            ],
        };

    private static void AssertOutcome(string outcome, string word, DeliveryResult result)
    {
        var reason = (outcome, result) switch
        {
            ("pause", DeliveryResult.TryLater { After: { TotalSeconds: 60 } } later) => later.Reason,
            ("later", DeliveryResult.TryLater { After: null or { TotalSeconds: 7 } } later) => later.Reason,
            ("unsure", DeliveryResult.Ambiguous ambiguous) => ambiguous.Reason,
            ("refused", DeliveryResult.Refused refused) => refused.Reason,
            _ => throw new Xunit.Sdk.XunitException($"{result} is not {outcome}"),
        };
        Assert.Contains(word, reason, StringComparison.Ordinal);
    }

    private static string Error(string code) =>
        $$$"""{"ok":false,"error":"{{{code}}}","response_metadata":{"messages":["[ERROR] must be less than 3001 characters"]}}""";

    private static SlackReceipt ReceiptOf(DeliveryResult result) => SlackReceipt.Parse(result.Receipt)!;

    private static string[] Methods(Destination destination) =>
        [.. destination.Requests.Select(static request => request.Url.Segments[^1])];

    private static JsonElement Body(Destination destination, Index request)
    {
        using var json = JsonDocument.Parse(destination.Requests.ToArray()[request].Body);
        return json.RootElement.Clone();
    }
}

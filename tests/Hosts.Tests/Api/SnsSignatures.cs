using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

/// <summary>What SNS signed is taken; what anybody changed, made up or sends again too late is not.</summary>
public sealed class SnsSignatures : IAsyncLifetime
{
    private SnsScene scene = null!;

    public async Task InitializeAsync() => scene = await SnsScene.StartAsync(FakeSns.Topic);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    [Theory]
    [InlineData("1", null)]
    [InlineData("1", "ALARM: \"checkout\" in EU (Ireland)")]
    [InlineData("2", null)]
    [InlineData("2", "Größe > 5 & mehr")]
    public async Task A_notification_with_a_good_signature_is_stored_as_it_was_signed(string version, string? subject)
    {
        var body = scene.Sns.Notification("{\"AlarmName\":\"é \\u003c \n\"}", version, subject);

        var (status, text) = await scene.PostAsync(body);

        Assert.Equal((200, "accepted, 1 alert\n"), (status, text));
        var stored = Assert.Single(scene.Server.Stored);
        Assert.Equal("{\"AlarmName\":\"é \\u003c \n\"}", Encoding.UTF8.GetString(stored.Body.Span));
        Assert.Equal((string?)body["MessageId"], stored.Id);
        Assert.Equal(subject, stored.Subject);
        Assert.Equal(FakeSns.Topic, stored.Topic);
        Assert.Equal(SnsScene.Now, stored.ReceivedAt);
    }

    public static TheoryData<string, string, string> Tampering =>
        new()
        {
            { "Message", "other text", "the signature does not match" },
            { "MessageId", "other-id", "the signature does not match" },
            { "Subject", "other subject", "the signature does not match" },
            { "Timestamp", "2026-03-14T03:07:22.000Z", "the signature does not match" },
            { "Timestamp", "yesterday", "is no time" },
            { "TopicArn", "arn:aws:sns:eu-west-1:999999999999:alarms", "is not on the list" },
            { "TopicArn", "arn:aws:sns:eu-west-1:111122223333:alarms-2", "is not on the list" },
            { "Type", "SubscriptionConfirmation", "the signature does not match" },
            { "Type", "Invitation", "is not known" },
            { "SignatureVersion", "2", "the signature does not match" },
            { "SignatureVersion", "3", "is not known" },
            { "Signature", "AAAA", "the signature does not match" },
            { "Signature", "not Base64!", "the signature does not match" },
            { "MessageId", "a\nMessageId\nb", "a field holds a line break" },
        };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task A_field_changed_on_the_way_is_noticed(string field, string value, string reason)
    {
        var body = scene.Sns.Notification("text", "1", "subject");
        body[field] = value;

        var (status, text) = await scene.PostAsync(body);

        Assert.Equal(403, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Empty(scene.Server.Stored);
    }

    [Fact]
    public async Task A_subject_taken_away_is_noticed()
    {
        var body = scene.Sns.Notification("text", "2", "subject");
        body.Remove("Subject");

        Assert.Equal(403, (await scene.PostAsync(body)).Status);
    }

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/a.pem")]
    [InlineData("https://evil.example/sns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com@evil.example/a.pem")]
    [InlineData("https://user@sns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?x=a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a.pem?x")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a.pem#x")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a.der")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.cn/a.pem")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.s3-us-west-2.amazonaws.com/a.pem")]
    [InlineData("https://sns.us-east-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com./a.pem")]
    [InlineData("https://sns.x.amazonaws.com/a.pem")]
    [InlineData("https://xsns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("//sns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("")]
    public async Task No_certificate_is_fetched_from_anywhere_but_sns(string url)
    {
        var body = scene.Sns.Notification("text");
        body["SigningCertURL"] = url;

        var (status, text) = await scene.PostAsync(body);

        Assert.Equal(403, status);
        Assert.Contains("SigningCertURL", text, StringComparison.Ordinal);
        Assert.Empty(scene.Sns.Calls);
    }

    [Theory]
    [InlineData(-64, 200)]
    [InlineData(-66, 403)]
    [InlineData(4, 200)]
    public async Task A_message_is_taken_for_an_hour_and_the_difference_of_clocks(int minutes, int expected)
    {
        scene.Sns.Now = SnsScene.Now.AddMinutes(minutes);

        Assert.Equal(expected, (await scene.PostAsync(scene.Sns.Notification("text"))).Status);
    }

    [Fact]
    public async Task A_message_sent_again_is_stored_once()
    {
        var body = scene.Sns.Notification("text");

        Assert.Equal((200, "accepted, 1 alert\n"), await scene.PostAsync(body));
        Assert.Equal((200, "already received\n"), await scene.PostAsync(body));
        Assert.Single(scene.Server.Stored);
    }

    [Fact]
    public async Task The_certificate_is_fetched_once_a_day()
    {
        await scene.PostAsync(scene.Sns.Notification("one"));
        await scene.PostAsync(scene.Sns.Notification("two"));
        Assert.Single(scene.Sns.Calls);

        scene.Clock.Advance(TimeSpan.FromHours(25));
        scene.Sns.Now = scene.Clock.GetUtcNow();
        await scene.PostAsync(scene.Sns.Notification("three"));
        Assert.Equal(2, scene.Sns.Calls.Count);
    }

    [Fact]
    public async Task A_certificate_is_good_only_while_it_is_valid()
    {
        scene.Clock.Advance(TimeSpan.FromDays(31));
        scene.Sns.Now = scene.Clock.GetUtcNow();

        var (status, text) = await scene.PostAsync(scene.Sns.Notification("text"));

        Assert.Equal(403, status);
        Assert.Contains("not valid any more", text, StringComparison.Ordinal);
    }
}

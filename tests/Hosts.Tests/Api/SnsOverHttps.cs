using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Api.Sns;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

public sealed class SnsOverHttps : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 7, 21, TimeSpan.Zero);

    private readonly ManualClock clock = new(Now);
    private readonly FakeSns sns = new(Now);
    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await StartAsync(FakeSns.Topic);

    private Task<ApiServer> StartAsync(params string[] topics) =>
        ApiServer.StartAsync(new() { Topics = topics }, sns, clock);

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => sns.Dispose();

    private Task<(int Status, string Text)> PostAsync(JsonObject body) => server.PostAsync("/sns", body.ToJsonString());

    [Theory]
    [InlineData("1", null)]
    [InlineData("1", "ALARM: \"checkout\" in EU (Ireland)")]
    [InlineData("2", null)]
    [InlineData("2", "Größe > 5 & mehr")]
    public async Task A_notification_with_a_good_signature_is_stored_as_it_was_signed(string version, string? subject)
    {
        var body = sns.Notification("{\"AlarmName\":\"é \\u003c \n\"}", version, subject);

        var (status, text) = await PostAsync(body);

        Assert.Equal((200, "accepted as message 1\n"), (status, text));
        var stored = Assert.Single(server.Stored);
        Assert.Equal("{\"AlarmName\":\"é \\u003c \n\"}", Encoding.UTF8.GetString(stored.Body.Span));
        Assert.Equal((string?)body["MessageId"], stored.Id);
        Assert.Equal(subject, stored.Subject);
        Assert.Equal(FakeSns.Topic, stored.Topic);
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
        var body = sns.Notification("text", "1", "subject");
        body[field] = value;

        var (status, text) = await PostAsync(body);

        Assert.Equal(403, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Empty(server.Stored);
    }

    [Fact]
    public async Task A_subject_taken_away_is_noticed()
    {
        var body = sns.Notification("text", "2", "subject");
        body.Remove("Subject");

        Assert.Equal(403, (await PostAsync(body)).Status);
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
    [InlineData("https://sns.x.amazonaws.com/a.pem")]
    [InlineData("https://xsns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("//sns.eu-west-1.amazonaws.com/a.pem")]
    [InlineData("")]
    public async Task No_certificate_is_fetched_from_anywhere_but_sns(string url)
    {
        var body = sns.Notification("text");
        body["SigningCertURL"] = url;

        var (status, text) = await PostAsync(body);

        Assert.Equal(403, status);
        Assert.Contains("SigningCertURL", text, StringComparison.Ordinal);
        Assert.Empty(sns.Calls);
    }

    [Theory]
    [InlineData("aws", "https://sns.eu-west-1.amazonaws.com/a.pem", true)]
    [InlineData("aws-us-gov", "https://sns.us-gov-west-1.amazonaws.com/a.pem", true)]
    [InlineData("aws-cn", "https://sns.cn-north-1.amazonaws.com.cn/a.pem", true)]
    [InlineData("aws-cn", "https://sns.eu-west-1.amazonaws.com/a.pem", false)]
    [InlineData("aws-iso", "https://sns.eu-west-1.amazonaws.com/a.pem", false)]
    public async Task The_certificate_comes_from_the_topics_partition(string partition, string url, bool taken)
    {
        var topic = $"arn:{partition}:sns:some-region-1:111122223333:alarms";
        await using var other = await StartAsync(topic);
        var body = sns.Notification("text");
        body["TopicArn"] = topic;
        body["SigningCertURL"] = url;

        Assert.Equal(taken ? 200 : 403, (await other.PostAsync("/sns", sns.Sign(body).ToJsonString())).Status);
    }

    [Theory]
    [InlineData(-64, 200)]
    [InlineData(-66, 403)]
    [InlineData(4, 200)]
    [InlineData(6, 403)]
    public async Task A_message_is_taken_for_an_hour_and_the_difference_of_clocks(int minutes, int expected)
    {
        sns.Now = Now.AddMinutes(minutes);

        Assert.Equal(expected, (await PostAsync(sns.Notification("text"))).Status);
    }

    [Fact]
    public async Task A_message_sent_again_is_stored_once()
    {
        var body = sns.Notification("text");

        Assert.Equal((200, "accepted as message 1\n"), await PostAsync(body));
        Assert.Equal((200, "already received\n"), await PostAsync(body));
        Assert.Single(server.Stored);
    }

    [Fact]
    public async Task The_certificate_is_fetched_once_a_day()
    {
        await PostAsync(sns.Notification("one"));
        await PostAsync(sns.Notification("two"));
        Assert.Single(sns.Calls);

        clock.Advance(TimeSpan.FromHours(25));
        sns.Now = clock.GetUtcNow();
        await PostAsync(sns.Notification("three"));
        Assert.Equal(2, sns.Calls.Count);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-31)]
    public async Task A_certificate_is_good_only_while_it_is_valid(int days)
    {
        clock.Advance(TimeSpan.FromDays(days));
        sns.Now = clock.GetUtcNow();

        var (status, text) = await PostAsync(sns.Notification("text"));

        Assert.Equal(403, status);
        Assert.Contains("not valid at this time", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_too_small_is_refused()
    {
        using var weak = new FakeSns(Now, keyBits: 1024);
        await using var other = await ApiServer.StartAsync(new() { Topics = [FakeSns.Topic] }, weak, clock);

        Assert.Equal(403, (await other.PostAsync("/sns", weak.Notification("text").ToJsonString())).Status);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 403)]
    [InlineData(HttpStatusCode.Found, 403)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 503)]
    public async Task Sns_is_told_to_try_again_only_where_that_can_help(HttpStatusCode certificate, int expected)
    {
        sns.CertificateStatus = certificate;

        Assert.Equal(expected, (await PostAsync(sns.Notification("text"))).Status);
    }

    [Fact]
    public async Task A_storage_that_fails_makes_sns_try_again()
    {
        server.StorageFault = "the disk is full";

        var (status, text) = await PostAsync(sns.Notification("text"));

        Assert.Equal((503, "Not stored, send it again later: the disk is full\n"), (status, text));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_subscription_to_a_listed_topic_is_confirmed_by_a_visit(string version)
    {
        Assert.Equal((200, "confirmed\n"), await PostAsync(sns.Confirmation("SubscriptionConfirmation", version)));

        Assert.Contains(sns.Calls, url => url.Query.Contains("Action=ConfirmSubscription", StringComparison.Ordinal));
        Assert.Empty(server.Stored);
    }

    [Fact]
    public async Task A_confirmation_that_sns_does_not_take_is_asked_for_again()
    {
        sns.ConfirmationStatus = HttpStatusCode.InternalServerError;

        Assert.Equal(503, (await PostAsync(sns.Confirmation("SubscriptionConfirmation"))).Status);
    }

    [Fact]
    public async Task A_subscription_is_never_confirmed_elsewhere_than_at_sns()
    {
        var body = sns.Confirmation("SubscriptionConfirmation");
        body["SubscribeURL"] = "https://evil.example/?Action=ConfirmSubscription";

        Assert.Equal(403, (await PostAsync(sns.Sign(body))).Status);
        Assert.DoesNotContain(sns.Calls, url => url.Host == "evil.example");
    }

    [Fact]
    public async Task An_unsubscription_is_noted_and_not_undone()
    {
        Assert.Equal((200, "noted\n"), await PostAsync(sns.Confirmation("UnsubscribeConfirmation")));

        Assert.Equal(new Uri(FakeSns.Certificate), Assert.Single(sns.Calls));
        Assert.Empty(server.Stored);
    }

    [Fact]
    public async Task Without_a_topic_everything_is_refused_with_the_option_to_set()
    {
        await using var closed = await StartAsync();

        var (status, text) = await closed.PostAsync("/sns", sns.Notification("text").ToJsonString());

        Assert.Equal(403, status);
        Assert.Contains("--sns.topic", text, StringComparison.Ordinal);
        Assert.Empty(sns.Calls);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:al*", 200)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:*", 200)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:alarm", 403)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:b*", 403)]
    public async Task A_star_at_the_end_stands_for_any_ending(string pattern, int expected)
    {
        await using var other = await StartAsync("arn:aws:sns:us-east-1:111122223333:other", pattern);

        Assert.Equal(expected, (await other.PostAsync("/sns", sns.Notification("text").ToJsonString())).Status);
    }

    [Fact]
    public async Task Sha1_can_be_switched_off()
    {
        await using var strict = await ApiServer.StartAsync(
            new() { Topics = [FakeSns.Topic], RequireVersion2 = true },
            sns,
            clock
        );

        var (status, text) = await strict.PostAsync("/sns", sns.Notification("text", "1").ToJsonString());
        Assert.Equal(403, status);
        Assert.Contains("SignatureVersion to 2", text, StringComparison.Ordinal);
        Assert.Equal(200, (await strict.PostAsync("/sns", sns.Notification("text", "2").ToJsonString())).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Type\":\"Notification\"}")]
    [InlineData("{\"Type\":null}")]
    public async Task What_is_no_message_of_sns_is_a_bad_request(string body) =>
        Assert.Equal(400, (await server.PostAsync("/sns", body)).Status);

    [Fact]
    public async Task Raw_delivery_cannot_be_checked_and_is_refused_with_the_remedy()
    {
        using var body = new StringContent("{}");
        body.Headers.Add("x-amz-sns-rawdelivery", "true");

        var (status, text) = await server.SendAsync(HttpMethod.Post, "/sns", body);

        Assert.Equal(403, status);
        Assert.Contains("raw message delivery", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_the_largest_size_is_taken_and_a_larger_body_is_not()
    {
        // 256 KiB of characters that JSON writes with six bytes each.
        Assert.Equal(200, (await PostAsync(sns.Notification(new string('\u0001', 256 * 1024)))).Status);
        Assert.Equal(413, (await server.PostAsync("/sns", new string(' ', SnsEndpoint.LimitBytes + 1))).Status);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:alarms", true)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:alarms.fifo", true)]
    [InlineData("arn:aws-cn:sns:cn-north-1:111122223333:a*", true)]
    [InlineData("*", false)]
    [InlineData("arn:aws:sns:*", false)]
    [InlineData("arn:aws:sns:eu-west-1:*", false)]
    [InlineData("arn:aws:sns:eu-west-1:*:alarms", false)]
    [InlineData("arn:aws:sns:*:111122223333:alarms", false)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:a*b", false)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:", false)]
    [InlineData("arn:aws:sqs:eu-west-1:111122223333:alarms", false)]
    [InlineData("alarms", false)]
    public void A_pattern_names_topics_of_one_account(string pattern, bool valid) =>
        Assert.Equal(valid, SnsPolicy.IsPattern(pattern));
}

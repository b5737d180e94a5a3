using System.Net;
using AlertHub.Api.Sns;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

/// <summary>Which topics may post, how their subscriptions are confirmed, and what SNS is told otherwise.</summary>
public sealed class SnsTopics : IAsyncLifetime
{
    private SnsScene scene = null!;

    public async Task InitializeAsync() => scene = await SnsScene.StartAsync(FakeSns.Topic);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    [Theory]
    [InlineData("aws", "eu-west-1", "https://sns.eu-west-1.amazonaws.com/a.pem", true)]
    [InlineData("aws", "eu-west-1", "https://sns.us-east-1.amazonaws.com/a.pem", false)]
    [InlineData("aws-us-gov", "us-gov-west-1", "https://sns.us-gov-west-1.amazonaws.com/a.pem", true)]
    [InlineData("aws-cn", "cn-north-1", "https://sns.cn-north-1.amazonaws.com.cn/a.pem", true)]
    [InlineData("aws-cn", "cn-north-1", "https://sns.cn-north-1.amazonaws.com/a.pem", false)]
    [InlineData("aws-iso", "us-iso-east-1", "https://sns.us-iso-east-1.amazonaws.com/a.pem", false)]
    public async Task The_certificate_comes_from_the_topics_region(
        string partition,
        string region,
        string url,
        bool taken
    )
    {
        var topic = $"arn:{partition}:sns:{region}:111122223333:alarms";
        await using var other = await SnsScene.StartAsync(topic);
        var body = other.Sns.Notification("text");
        body["TopicArn"] = topic;
        body["SigningCertURL"] = url;

        Assert.Equal(taken ? 200 : 403, (await other.PostAsync(other.Sns.Sign(body))).Status);
    }

    [Fact]
    public async Task A_storage_that_fails_makes_sns_try_again()
    {
        scene.Server.StorageFault = "the disk is full";

        var (status, text) = await scene.PostAsync(scene.Sns.Notification("text"));

        Assert.Equal((503, "Not taken, send it again later: the disk is full.\n"), (status, text));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_subscription_to_a_listed_topic_is_confirmed_by_a_visit(string version)
    {
        Assert.Equal(
            (200, "confirmed\n"),
            await scene.PostAsync(scene.Sns.Confirmation("SubscriptionConfirmation", version))
        );

        Assert.Contains(
            scene.Sns.Calls,
            url => url.Query.Contains("Action=ConfirmSubscription", StringComparison.Ordinal)
        );
        Assert.Empty(scene.Server.Stored);
    }

    [Fact]
    public async Task A_confirmation_that_sns_does_not_take_is_asked_for_again()
    {
        scene.Sns.ConfirmationStatus = HttpStatusCode.InternalServerError;

        Assert.Equal(503, (await scene.PostAsync(scene.Sns.Confirmation("SubscriptionConfirmation"))).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("sns.s3-us-west-2.amazonaws.com")]
    [InlineData("sns.us-east-1.amazonaws.com")]
    public async Task A_subscription_is_never_confirmed_elsewhere_than_at_the_topics_sns(string host)
    {
        var body = scene.Sns.Confirmation("SubscriptionConfirmation");
        body["SubscribeURL"] = $"https://{host}/?Action=ConfirmSubscription";

        Assert.Equal(403, (await scene.PostAsync(scene.Sns.Sign(body))).Status);
        Assert.DoesNotContain(scene.Sns.Calls, url => url.Host == host);
    }

    [Fact]
    public async Task An_unsubscription_is_noted_and_not_undone()
    {
        Assert.Equal((200, "noted\n"), await scene.PostAsync(scene.Sns.Confirmation("UnsubscribeConfirmation")));

        Assert.Equal(new Uri(FakeSns.Certificate), Assert.Single(scene.Sns.Calls));
        Assert.Empty(scene.Server.Stored);
    }

    [Fact]
    public async Task Without_a_topic_everything_is_refused_with_the_option_to_set()
    {
        await using var closed = await SnsScene.StartAsync();

        var (status, text) = await closed.PostAsync(closed.Sns.Notification("text"));

        Assert.Equal(403, status);
        Assert.Contains("--sns.topic", text, StringComparison.Ordinal);
        Assert.Empty(closed.Sns.Calls);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:al*", 200)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:*", 200)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:alarm", 403)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:b*", 403)]
    public async Task A_star_at_the_end_stands_for_any_ending(string pattern, int expected)
    {
        await using var other = await SnsScene.StartAsync("arn:aws:sns:us-east-1:111122223333:other", pattern);

        Assert.Equal(expected, (await other.PostAsync(other.Sns.Notification("text"))).Status);
    }

    [Fact]
    public async Task Sha1_can_be_switched_off()
    {
        await using var strict = await SnsScene.StartAsync(
            new SnsPolicy { Topics = [FakeSns.Topic], RequireVersion2 = true }
        );

        var (status, text) = await strict.PostAsync(strict.Sns.Notification("text", "1"));
        Assert.Equal(403, status);
        Assert.Contains("SignatureVersion to 2", text, StringComparison.Ordinal);
        Assert.Equal(200, (await strict.PostAsync(strict.Sns.Notification("text", "2"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Type\":\"Notification\"}")]
    [InlineData("{\"Type\":null}")]
    public async Task What_is_no_message_of_sns_is_a_bad_request(string body) =>
        Assert.Equal(400, (await scene.Server.PostAsync("/sns", body)).Status);

    [Fact]
    public async Task Raw_delivery_cannot_be_checked_and_is_refused_with_the_remedy()
    {
        using var body = new StringContent("{}");
        body.Headers.Add("x-amz-sns-rawdelivery", "true");

        var (status, text) = await scene.Server.SendAsync(HttpMethod.Post, "/sns", body);

        Assert.Equal(403, status);
        Assert.Contains("raw message delivery", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_the_largest_size_is_taken_and_a_larger_body_is_not()
    {
        // 256 KiB of characters that JSON writes with six bytes each.
        Assert.Equal(200, (await scene.PostAsync(scene.Sns.Notification(new string('\u0001', 256 * 1024)))).Status);
        Assert.Equal(413, (await scene.Server.PostAsync("/sns", new string(' ', SnsEndpoint.LimitBytes + 1))).Status);
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

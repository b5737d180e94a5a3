using System.Net.Http.Headers;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels;

/// <summary>What holds for every destination that is reached by HTTP, beside what holds for every channel.</summary>
public abstract class HttpChannelContract : ChannelContract
{
    /// <summary>Stands in the channel's settings and nowhere else.</summary>
    protected const string SecretText = "T0SECRET0/B0SECRET0/xyz0secret";

    /// <summary>The channel, sending to this destination.</summary>
    private protected abstract IChannel Create(Destination destination);

    /// <summary>What the destination answers when all is well.</summary>
    private protected abstract Destination AnswersWell(Destination destination);

    protected override IChannel Create() => Create(AnswersWell(new()));

    protected override IChannel CreateBroken() =>
        Create(new Destination().Breaks(new HttpRequestException(HttpRequestError.ConnectionError)));

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task It_tries_later_what_may_succeed_later(int status) =>
        Assert.IsType<DeliveryResult.TryLater>(await Send(new Destination().Answers(status)));

    [Theory]
    [InlineData(302, FailureReason.Other)]
    [InlineData(400, FailureReason.ClientError)]
    [InlineData(401, FailureReason.AuthError)]
    [InlineData(403, FailureReason.AuthError)]
    [InlineData(404, FailureReason.ClientError)]
    [InlineData(408, FailureReason.ClientError)]
    [InlineData(429, FailureReason.RateLimited)]
    [InlineData(500, FailureReason.ServerError)]
    [InlineData(503, FailureReason.ServerError)]
    public async Task A_status_is_counted_as_Alertmanager_counts_it(int status, FailureReason failure) =>
        Assert.Equal(failure, (await Send(new Destination().Answers(status))).Failure);

    [Fact]
    public async Task It_waits_as_long_as_it_is_asked_to()
    {
        var result = await Send(new Destination().Answers(429, retryAfter: "17"));

        Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<DeliveryResult.TryLater>(result).After);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "resolved")]
    [InlineData(HttpRequestError.ConnectionError, "connection")]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate")]
    public async Task What_was_never_sent_is_tried_again_without_doubt(HttpRequestError error, string reason)
    {
        var destination = new Destination { TakesTheRequest = false }.Breaks(new HttpRequestException(error));

        var later = Assert.IsType<DeliveryResult.TryLater>(await Send(destination));
        Assert.Contains(reason, later.Reason, StringComparison.Ordinal);
        Assert.Equal(FailureReason.Other, later.Failure);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.InvalidResponse)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task What_was_sent_and_not_answered_may_have_arrived(HttpRequestError error) =>
        Assert.IsType<DeliveryResult.Ambiguous>(await Send(new Destination().Breaks(new HttpRequestException(error))));

    [Fact]
    public async Task Silence_after_the_request_may_mean_that_it_arrived()
    {
        var result = await Send(new Destination().IsSilentFor(TimeSpan.FromSeconds(11)));

        Assert.Contains("10 s", Assert.IsType<DeliveryResult.Ambiguous>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(FailureReason.ContextDeadlineExceeded, result.Failure);
    }

    [Fact]
    public async Task Silence_before_the_request_means_that_it_did_not()
    {
        var destination = new Destination { TakesTheRequest = false }.IsSilentFor(TimeSpan.FromSeconds(11));

        var later = Assert.IsType<DeliveryResult.TryLater>(await Send(destination));
        Assert.Equal(FailureReason.ContextDeadlineExceeded, later.Failure);
    }

    [Fact]
    public async Task It_says_what_it_sends()
    {
        var destination = AnswersWell(new());

        await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        var (_, mediaType, body) = Assert.Single(destination.Requests);
        Assert.Equal("application/json", MediaTypeHeaderValue.Parse(mediaType).MediaType);
        Assert.NotEmpty(body);
    }

    [Fact]
    public async Task No_result_tells_its_secret()
    {
        Destination[] destinations =
        [
            new Destination().Breaks(new HttpRequestException($"refused by {SecretText}")),
            new Destination().Breaks(new IOException(SecretText)),
            new Destination { TakesTheRequest = false }.Breaks(new HttpRequestException(SecretText)),
            new Destination().IsSilentFor(TimeSpan.FromSeconds(11)),
            .. ((int[])[401, 500]).Select(s =>
                new Destination().Answers(s, $"POST /hook?token={SecretText.Split('/')[2]}")
            ),
            .. ((int[])[200, 302, 400, 401, 403, 404, 410, 413, 429, 500, 503]).Select(s =>
                new Destination().Answers(s, $"<p>The requested URL /services/{SecretText} was not found here.</p>")
            ),
        ];
        foreach (var destination in destinations)
        {
            var result = $"{await Send(destination)}";
            Assert.All(
                SecretText.Split('/'),
                part => Assert.DoesNotContain(part, result, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    private Task<DeliveryResult> Send(Destination destination) =>
        Create(destination).SendAsync(Some.Notification(), CancellationToken.None);
}

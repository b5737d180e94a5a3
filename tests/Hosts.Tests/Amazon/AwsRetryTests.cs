using System.Diagnostics;
using System.Net;
using Amazon.CloudWatch;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class AwsRetryTests : AlarmCalls
{
    public static TheoryData<string, int> Passing =>
        new()
        {
            { "ThrottlingException", 400 },
            { "TooManyRequestsException", 429 },
            { "com.amazonaws.cloudwatch#ThrottlingException:http://internal.amazon.com/", 400 },
            { "RequestLimitExceeded", 503 },
            { "InternalServerError", 500 },
            { "Whatever", 502 },
            { "Whatever", 503 },
            { "Whatever", 504 },
        };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_again(string code, int status)
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(status, code), Fine);

        var response = await GetAsync(Settings(aws));

        Assert.Equal("v", response.NextToken);
        Assert.Equal(2, aws.Requests.Count);
    }

    [Theory]
    [InlineData("ResourceNotFoundException", 400)]
    [InlineData("AccessDeniedException", 400)]
    [InlineData("ValidationException", 400)]
    [InlineData("Whatever", 501)]
    public async Task What_will_not_pass_is_an_error_at_once(string code, int status)
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(status, code));

        var exception = await Assert.ThrowsAnyAsync<AmazonCloudWatchException>(() => GetAsync(Settings(aws)));

        Assert.Equal(
            (code, (HttpStatusCode)status, "request-1"),
            (exception.ErrorCode, exception.StatusCode, exception.RequestId)
        );
        Assert.Single(aws.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_again()
    {
        await using var aws = await FakeAws.StartAsync(new() { Resets = true }, Fine);

        var response = await GetAsync(Settings(aws));

        Assert.Equal("v", response.NextToken);
    }

    [Fact]
    public async Task After_three_tries_the_last_error_is_the_error()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(500, "InternalServerError", "first"),
            FakeAwsAnswer.Error(503, "ServiceUnavailable", "second"),
            FakeAwsAnswer.Error(400, "ThrottlingException", "Rate exceeded")
        );

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(Settings(aws)));

        Assert.Equal(("ThrottlingException", "Rate exceeded"), (exception.ErrorCode, exception.Message));
        Assert.Equal(3, aws.Requests.Count);
        // Half of one second, half of two: the random number is a half.
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], time.Waits);
    }

    [Fact]
    public async Task Every_try_is_signed_for_its_own_time()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(500, "InternalServerError"), Fine);

        await GetAsync(Settings(aws) with { Random = () => 1 });

        Assert.Equal(
            ["20260102T120000Z", "20260102T120001Z"],
            aws.Requests.Select(request => request.Headers["x-amz-date"])
        );
    }

    [Fact]
    public async Task A_wait_is_never_longer_than_twenty_seconds()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(500, "InternalServerError"));

        await Assert.ThrowsAsync<AmazonCloudWatchException>(() =>
            GetAsync(Settings(aws) with { MaxErrorRetry = 7, Random = () => 1 })
        );

        Assert.Equal([1, 2, 4, 8, 16, 20, 20], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("100", 0.5)]
    [InlineData("2000", 2)]
    [InlineData("60000", 5.5)]
    [InlineData("soon", 0.5)]
    [InlineData("-1", 0.5)]
    public async Task The_wish_of_the_server_counts_between_the_backoff_and_five_seconds_more(
        string header,
        double waits
    )
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(503, "SlowDown").With("x-amz-retry-after", header),
            Fine
        );

        await GetAsync(Settings(aws));

        Assert.Equal([TimeSpan.FromSeconds(waits)], time.Waits);
    }

    [Fact]
    public async Task A_service_that_fails_for_long_is_no_longer_asked_three_times()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(500, "InternalServerError"));
        using var client = new AmazonCloudWatchClient(Settings(aws));

        for (var i = 0; i < 60; i++)
        {
            await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(client));
        }

        // A quota of 500 at 5 a retry: 100 retries beside the 60 first tries.
        Assert.Equal(160, aws.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_timeout()
    {
        await using var aws = await FakeAws.StartAsync(new FakeAwsAnswer { Hangs = true });

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() =>
            GetAsync(Settings(aws) with { Timeout = TimeSpan.FromMilliseconds(20), MaxErrorRetry = 1 })
        );

        Assert.Equal("RequestTimeout", exception.ErrorCode);
        Assert.Contains("did not answer within 0.02 seconds", exception.Message, StringComparison.Ordinal);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Single(time.Waits);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_an_error_with_its_cause()
    {
        var aws = await FakeAws.StartAsync(Fine);
        var settings = Settings(aws);
        await aws.DisposeAsync();

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(settings));

        Assert.IsType<HttpRequestException>(exception.InnerException);
        Assert.Equal(2, time.Waits.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_at_once()
    {
        await using var aws = await FakeAws.StartAsync(new FakeAwsAnswer { Hangs = true });
        using var cancel = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();

        var call = GetAsync(Settings(aws), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        Assert.Empty(time.Waits);
    }
}

using Amazon.CloudWatch;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class AwsClockAndCredentialsTests : AlarmCalls
{
    [Theory]
    [InlineData("InvalidSignatureException", 3600)]
    [InlineData("RequestTimeTooSkewed", -3600)]
    public async Task A_clock_that_is_wrong_is_corrected_once_and_for_the_calls_to_come(string code, int seconds)
    {
        var real = Noon.AddSeconds(seconds);
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(400, code).At(real), Fine.At(real));
        using var client = new AmazonCloudWatchClient(Settings(aws));

        await GetAsync(client);
        await GetAsync(client);

        var corrected = real.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        Assert.Equal(
            ["20260102T120000Z", corrected, corrected],
            aws.Requests.Select(request => request.Headers["x-amz-date"])
        );
        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task A_signature_that_is_wrong_although_the_clock_is_right_is_an_error_at_once()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(400, "InvalidSignatureException").At(Noon.AddMinutes(4))
        );

        await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(Settings(aws)));

        Assert.Single(aws.Requests);
    }

    [Fact]
    public async Task A_clock_that_stays_wrong_is_an_error_after_one_correction()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(400, "InvalidSignatureException").At(Noon.AddHours(1)),
            FakeAwsAnswer.Error(400, "InvalidSignatureException").At(Noon.AddHours(2))
        );

        await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(Settings(aws)));

        Assert.Equal(2, aws.Requests.Count);
    }

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("ExpiredToken")]
    [InlineData("UnrecognizedClientException")]
    public async Task Expired_credentials_are_read_again_once(string code)
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(400, code), Fine);
        var keys = new Queue<string>(["OLD", "NEW"]);

        await GetAsync(
            Settings(aws) with
            {
                Credentials = null,
                Variable = name =>
                    name switch
                    {
                        "AWS_ACCESS_KEY_ID" => keys.Dequeue(),
                        "AWS_SECRET_ACCESS_KEY" => "secret",
                        _ => null,
                    },
            }
        );

        var authorizations = aws.Requests.Select(request => request.Headers["authorization"]).ToArray();
        Assert.Contains("Credential=OLD/", authorizations[0], StringComparison.Ordinal);
        Assert.Contains("Credential=NEW/", authorizations[1], StringComparison.Ordinal);
        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task Credentials_that_stay_expired_are_an_error_after_one_refresh()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(400, "ExpiredTokenException"));

        await Assert.ThrowsAsync<AmazonCloudWatchException>(() => GetAsync(Settings(aws)));

        Assert.Equal(2, aws.Requests.Count);
    }
}

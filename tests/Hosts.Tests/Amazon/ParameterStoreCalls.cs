using Amazon;
using Amazon.AwsJson;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>A parameter read from a store that answers as scripted, at noon, by a client whose waits take no time.</summary>
public abstract class ParameterStoreCalls
{
    private protected static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly FakeAwsAnswer Fine = FakeAwsAnswer.Json(
        """{"Parameter":{"Name":"/a","Value":"v"}}"""
    );

    private protected readonly SkippingTime time = new(Noon);

    private protected AwsClientSettings Settings(FakeAws aws) =>
        new()
        {
            ServiceUrl = aws.Url,
            Region = RegionEndpoint.EUWest1,
            Credentials = new SessionAWSCredentials("AKID", "secret", "token"),
            Time = time,
            Random = () => 0.5,
        };

    private protected static async Task<GetParameterResponse> GetAsync(
        AwsClientSettings settings,
        CancellationToken cancel = default
    )
    {
        using var client = new AmazonSimpleSystemsManagementClient(settings);
        return await GetAsync(client, cancel);
    }

    private protected static async Task<GetParameterResponse> GetAsync(
        AmazonSimpleSystemsManagementClient client,
        CancellationToken cancel = default
    ) => await client.GetParameterAsync(new() { Name = "/a", WithDecryption = true }, cancel);
}

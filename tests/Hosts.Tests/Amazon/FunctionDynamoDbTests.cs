using AlertHub.Aws.Tables;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class FunctionDynamoDbTests
{
    [Fact]
    public void The_region_of_the_environment_is_asked()
    {
        using var client = Client(("AWS_REGION", "eu-west-1"));

        Assert.Equal("eu-west-1", client.Config.RegionEndpoint.SystemName);
        Assert.Null(client.Config.ServiceURL);
    }

    [Fact]
    public void The_address_for_DynamoDB_goes_before_the_one_for_all()
    {
        (string, string)[] all =
        [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL", "http://all:1"),
            ("AWS_ENDPOINT_URL_DYNAMODB", "http://dynamodb:1"),
        ];
        using var any = Client(all[..2]);
        using var own = Client(all);

        Assert.Equal(("http://all:1/", "eu-west-1"), (any.Config.ServiceURL, any.Config.AuthenticationRegion));
        Assert.Equal(("http://dynamodb:1/", "eu-west-1"), (own.Config.ServiceURL, own.Config.AuthenticationRegion));
    }

    [Fact]
    public void A_call_is_tried_once_for_seconds_as_the_store_tries_again_itself()
    {
        using var client = Client(("AWS_REGION", "eu-west-1"));

        Assert.Equal((0, TimeSpan.FromSeconds(3)), (client.Config.MaxErrorRetry, client.Config.Timeout));
    }

    [Fact]
    public async Task The_credentials_of_the_environment_sign_for_the_region()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json("{}"));
        using var client = Client(
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL_DYNAMODB", aws.Url),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token")
        );

        await client.PutItemAsync("t", []);

        var headers = Assert.Single(aws.Requests).Headers;
        Assert.Contains("Credential=AKID/", headers["authorization"], StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/dynamodb/aws4_request", headers["authorization"], StringComparison.Ordinal);
        Assert.Equal("token", headers["x-amz-security-token"]);
    }

    [Fact]
    public void Without_a_region_it_says_what_to_set()
    {
        var exception = Assert.Throws<AmazonClientException>(() => Client());

        Assert.Contains("'AWS_REGION'", exception.Message, StringComparison.Ordinal);
    }

    private static AmazonDynamoDBClient Client(params (string Name, string Value)[] variables) =>
        DynamoDbClients.Create(
            name => variables.FirstOrDefault(variable => variable.Name == name).Value,
            TimeSpan.FromSeconds(3)
        );
}

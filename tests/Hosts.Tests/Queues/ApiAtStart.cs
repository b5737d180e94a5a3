using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Lambda;
using AlertHub.Lambda.Access;
using AlertHub.Lambda.Functions;
using AlertHub.Lambda.Http;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using Hosts.Tests.Support;

namespace Hosts.Tests.Queues;

/// <summary>What is asked over HTTP before the hub has a configuration to work by.</summary>
[Collection(FunctionQueues.Name)]
public sealed class ApiAtStart(Dynalite dynalite, Fauxqs fauxqs)
{
    private const string Token = "the-token-of-the-first-hour";

    [Fact]
    public async Task Nothing_is_taken_until_a_configuration_is_put_which_can_be()
    {
        await using var parameters = await FakeAws.StartAsync(
            FakeAwsAnswer.Json(
                $$"""{"Parameters":[{"Name":"/hub/tokens/first","Type":"SecureString","Value":"{{Token}}"}]}"""
            )
        );
        using var client = new AmazonSimpleSystemsManagementClient(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSimpleSystemsManagementConfig
            {
                ServiceURL = parameters.Url,
                AuthenticationRegion = "eu-central-1",
            }
        );
        using var output = new MemoryStream();
        var environment = await EnvironmentAsync(output);
        using var tokens = new ParameterTokens(
            client,
            "/hub/tokens",
            environment.Time,
            new RecordedLog<ParameterTokens>()
        );
        var api = new ApiFunction(environment, tokens);

        Assert.Equal(503, await AskAsync(api, HttpMethod.Post, "/api/v2/alerts", new JsonArray(Alert())));
        Assert.Equal(503, await AskAsync(api, HttpMethod.Post, "/webhook", Alert()));
        Assert.Equal(503, await AskAsync(api, HttpMethod.Get, "/-/ready", null));
        Assert.Equal(404, await AskAsync(api, HttpMethod.Get, "/hub/config", null));

        var config = new JsonObject { ["alertmanager"] = "route: {receiver: none}\nreceivers: [{name: none}]\n" };
        Assert.Equal(200, await AskAsync(api, HttpMethod.Put, "/hub/config", config));
        Assert.Equal(200, await AskAsync(api, HttpMethod.Get, "/-/ready", null));
        Assert.Equal(200, await AskAsync(api, HttpMethod.Post, "/api/v2/alerts", new JsonArray(Alert())));
    }

    private async Task<HubEnvironment> EnvironmentAsync(Stream output)
    {
        using var tables = dynalite.NewClient();
        var stores = await DynamoStores.CreateAsync(tables);
        var queue = await fauxqs.CreateQueueAsync($"start{Guid.NewGuid():N}");
        var variables = new Dictionary<string, string>
        {
            [Names.StageVariable] = "test",
            [Names.StateTableVariable] = stores.State,
            [Names.RecordsTableVariable] = stores.Records,
            [Names.FlushQueueVariable] = queue.Url,
            [Names.DeliverQueueVariable] = queue.Url,
            [Names.ParametersVariable] = "/hub",
            ["AWS_REGION"] = Dynalite.Region,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynalite.Url.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "AKID",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        };
        return new(
            variables.GetValueOrDefault,
            new AmazonSQSClient(
                new BasicAWSCredentials("AKID", "secret"),
                new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = Fauxqs.Region }
            ),
            output,
            TimeProvider.System
        );
    }

    private static async Task<int> AskAsync(ApiFunction api, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, $"https://hub.example{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
            Headers = { Authorization = new("Bearer", Token) },
        };
        var context = new InvocationContext();
        using var gateway = new HttpApiGateway(new LambdaServer(TimeProvider.System), context);
        using var input = new MemoryStream(
            Encoding.UTF8.GetBytes(HttpApiGateway.Write(await gateway.EventAsync(request)))
        );
        await using var answer = await api.HandleAsync(input, context);
        return (int)JsonNode.Parse(answer)!["statusCode"]!;
    }

    private static JsonObject Alert() => new() { ["labels"] = new JsonObject { ["alertname"] = "A" } };
}

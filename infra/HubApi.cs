using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;

namespace Infra;

/// <summary>
/// The HTTP API in front of the function that answers. It knows no routes and no tokens: the function does, as on any host.
/// What it does is to keep a flood from the function, and to note each request.
/// </summary>
internal sealed class HubApi : Construct
{
    // Each with its reason: what came, what became of it, and how long that took. No query and no header: they may be secret.
    private static readonly IReadOnlyList<(string Name, string Variable)> Logged =
    [
        ("time", "$context.requestTime"),
        ("requestId", "$context.requestId"),
        ("sourceIp", "$context.identity.sourceIp"),
        ("method", "$context.httpMethod"),
        ("route", "$context.routeKey"),
        ("path", "$context.path"),
        ("status", "$context.status"),
        ("responseLength", "$context.responseLength"),
        ("latencyMilliseconds", "$context.responseLatency"),
        ("integrationLatencyMilliseconds", "$context.integrationLatency"),
        ("integrationStatus", "$context.integrationStatus"),
        ("integrationError", "$context.integrationErrorMessage"),
    ];

    private readonly HttpApi api;

    public HubApi(Construct scope, Deployment deployment)
        : base(scope, "Http")
    {
        // The name is for the console; several APIs may have the same.
        api = new HttpApi(
            this,
            "Api",
            new HttpApiProps { ApiName = Stack.Of(scope).StackName, CreateDefaultStage = false }
        );
        api.CallIt("HttpApi");
        var logs = new LogGroup(
            this,
            "AccessLogs",
            new LogGroupProps { Retention = deployment.LogRetention, RemovalPolicy = RemovalPolicy.DESTROY }
        );
        logs.CallIt("AccessLogs");
        var stage = new HttpStage(
            this,
            "Stage",
            new HttpStageProps
            {
                HttpApi = api,
                // The one whose name is not part of the path.
                StageName = "$default",
                AutoDeploy = true,
                Throttle = new ThrottleSettings
                {
                    RateLimit = deployment.Hub.RequestRate,
                    BurstLimit = deployment.Hub.RequestBurst,
                },
            }
        );
        stage.CallIt("HttpStage");
        ((CfnStage)stage.Node.DefaultChild!).AccessLogSettings = new CfnStage.AccessLogSettingsProperty
        {
            DestinationArn = logs.LogGroupArn,
            Format = new JsonObject(
                Logged.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Variable))
            ).ToJsonString(JsonSerializerOptions.Default),
        };
    }

    public string Url => api.ApiEndpoint;

    /// <summary>Has the function answer everything. Payload 2.0, the default of an HTTP API.</summary>
    public ProgramFunction Serve(ProgramFunction function)
    {
        _ = new HttpRoute(
            this,
            "Everything",
            new HttpRouteProps
            {
                HttpApi = api,
                RouteKey = HttpRouteKey.DEFAULT,
                Integration = new HttpLambdaIntegration("Function", function),
            }
        );
        return function;
    }

    public IMetric ServerErrors() =>
        api.MetricServerError(new MetricOptions { Statistic = "Sum", Period = Duration.Minutes(5) });

    public IMetric Requests() => api.MetricCount(new MetricOptions { Statistic = "Sum", Period = Duration.Minutes(5) });

    public IMetric Latency() =>
        api.MetricLatency(new MetricOptions { Statistic = "p99", Period = Duration.Minutes(5) });
}

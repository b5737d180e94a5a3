using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Sources;

/// <summary>An HTTP API with its stage, as its template describes it.</summary>
internal sealed record ApiSettings
{
    private const string Prefix = "AWS::ApiGatewayV2::";

    public required string Id { get; init; }

    public required string Stage { get; init; }

    public required IReadOnlyList<ApiRoute> Routes { get; init; }

    /// <summary>Requests per second; null where the account's limit holds.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Requests at a time.</summary>
    public int? Burst { get; init; }

    /// <exception cref="TemplateException">It has something that this box does not play.</exception>
    public static ApiSettings Read(StackResource api, TemplateValues values, Physical physical)
    {
        var id = physical.Ref(api);
        Properties.Check(values.Properties(api), $"{api}", "Description", "Name", "ProtocolType", "Tags");
        Dictionary<string, JsonObject> integrations = [];
        List<JsonObject> routes = [];
        List<JsonObject> stages = [];
        foreach (var resource in api.Stack.Resources.Where(values.Holds))
        {
            if (!resource.Type.StartsWith(Prefix, StringComparison.Ordinal) || resource == api)
            {
                continue;
            }

            var properties = values.Properties(resource);
            if ((string?)properties["ApiId"] != id)
            {
                continue;
            }

            switch (resource.Type[Prefix.Length..])
            {
                case "Integration":
                    Properties.Check(
                        properties,
                        $"{resource}",
                        "ApiId",
                        "Description",
                        "IntegrationMethod",
                        "IntegrationType",
                        "IntegrationUri",
                        "PayloadFormatVersion",
                        "TimeoutInMillis"
                    );
                    integrations[physical.Ref(resource)] = properties;
                    break;
                case "Route":
                    Properties.Check(properties, $"{resource}", "ApiId", "AuthorizationType", "RouteKey", "Target");
                    routes.Add(properties);
                    break;
                case "Stage":
                    Properties.Check(
                        properties,
                        $"{resource}",
                        "AccessLogSettings",
                        "ApiId",
                        "AutoDeploy",
                        "DefaultRouteSettings",
                        "Description",
                        "StageName",
                        "Tags"
                    );
                    Properties.Check(
                        properties["DefaultRouteSettings"],
                        $"{resource}",
                        "DetailedMetricsEnabled",
                        "ThrottlingBurstLimit",
                        "ThrottlingRateLimit"
                    );
                    stages.Add(properties);
                    break;
                default:
                    throw new TemplateException($"{resource} is not played.");
            }
        }

        var stage = stages is [var only]
            ? only
            : throw new TemplateException($"{api} has {stages.Count} stages; the box plays one.");

        return new()
        {
            Id = id,
            Stage = (string)stage["StageName"]!,
            RatePerSecond = (double?)stage["DefaultRouteSettings"]?["ThrottlingRateLimit"],
            Burst = (int?)stage["DefaultRouteSettings"]?["ThrottlingBurstLimit"],
            Routes = [.. routes.Select(route => Route(route, integrations, $"{api}"))],
        };
    }

    private static ApiRoute Route(JsonObject route, Dictionary<string, JsonObject> integrations, string where)
    {
        var key = (string)route["RouteKey"]!;
        where = $"{where}, route '{key}'";
        if ((string?)route["AuthorizationType"] is { } authorization && authorization != "NONE")
        {
            throw new TemplateException($"{where}: the authorization '{authorization}' is not played.");
        }

        var integration =
            (string?)route["Target"] is { } target && integrations.TryGetValue(target.Split('/')[^1], out var found)
                ? found
                : throw new TemplateException($"{where} leads to '{route["Target"]}', which is no integration.");
        if (
            ((string?)integration["IntegrationType"], (string?)integration["PayloadFormatVersion"])
            is not
            ("AWS_PROXY", "2.0")
        )
        {
            throw new TemplateException($"{where}: only AWS_PROXY with payload format 2.0 is played.");
        }

        // Either the function's ARN, or arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations.
        var uri = (string)integration["IntegrationUri"]!;
        var function = uri.Split("/functions/") is [_, var rest] ? rest.Split('/')[0] : uri;
        return new(key, function, TimeSpan.FromMilliseconds((int?)integration["TimeoutInMillis"] ?? 30_000));
    }
}

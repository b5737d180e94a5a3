using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Functions;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Box.Sources;

/// <summary>
/// An HTTP API of API Gateway on a loopback port: requests become events of payload 2.0, answers answers, and what goes
/// wrong in between is said as the real one says it.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html and
/// http-api-develop-integrations-lambda.html (recalled, 2026-11). What it says of an event above Lambda's 6 MB is a guess
/// by the status that Lambda gives. There are no access logs, no CORS and no authorizers.
/// </remarks>
internal sealed class HttpApi : IAsyncDisposable
{
    private const int MaxRequestBytes = 10 * 1024 * 1024;
    private const int MaxEventBytes = 6 * 1024 * 1024;

    private readonly WebApplication server;
    private readonly Lock gate = new();
    private ApiSettings? settings;
    private IReadOnlyList<BoxFunction> functions = [];
    private double tokens;
    private long filledAt;

    private HttpApi()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(HandleAsync);
    }

    public Uri Url => new(server.Urls.First());

    /// <summary>Answers given so far, by status.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<int, int> Answers { get; } = [];

    /// <summary>It has its address, which functions may be told of, before there are functions.</summary>
    public static async Task<HttpApi> StartAsync()
    {
        var api = new HttpApi();
        await api.server.StartAsync();
        return api;
    }

    public void Deploy(ApiSettings deployed, IReadOnlyList<BoxFunction> behind)
    {
        functions = behind;
        tokens = deployed.Burst ?? 0;
        filledAt = Stopwatch.GetTimestamp();
        settings = deployed;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (settings is not { } deployed)
        {
            await SayAsync(http, 404, "Not Found");
            return;
        }

        var body = await http.ReadAsync();
        var path = Uri.UnescapeDataString(http.Request.Path.Value ?? "/");
        if (body.Length > MaxRequestBytes)
        {
            await SayAsync(http, 413, "Request Entity Too Large");
        }
        else if (!Admits(deployed))
        {
            await SayAsync(http, 429, "Too Many Requests");
        }
        else if (ApiRoute.Find(deployed.Routes, http.Request.Method, path) is not var (route, variables))
        {
            await SayAsync(http, 404, "Not Found");
        }
        else
        {
            await AskAsync(http, body, deployed, route, variables);
        }
    }

    private async Task AskAsync(
        HttpContext http,
        byte[] body,
        ApiSettings deployed,
        ApiRoute route,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var function = functions.First(function => function.Settings.Arn == route.FunctionArn);
        var message = Encoding.UTF8.GetBytes(await EventAsync(http, body, deployed, route, variables));
        if (message.Length > MaxEventBytes)
        {
            await SayAsync(http, 413, "Request Entity Too Large");
            return;
        }

        LambdaResult result;
        try
        {
            // What the function does goes on where nobody waits for it any more.
            result = await function.InvokeAsync(message).WaitAsync(route.Timeout);
        }
        catch (TimeoutException)
        {
            await SayAsync(http, 503, "Service Unavailable");
            return;
        }

        if (result.Error is not null || !TryParse(result.Payload, out var answer))
        {
            await SayAsync(http, 500, "Internal Server Error");
            return;
        }

        await WriteAsync(http, answer);
    }

    private static async Task<string> EventAsync(
        HttpContext http,
        byte[] body,
        ApiSettings deployed,
        ApiRoute route,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(
                $"https://{http.Request.Host}{target}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        )
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in http.Request.Headers)
        {
            // A list is joined by commas, but cookies by semicolons.
            var text = string.Join(
                name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ",",
                value.ToArray()
            );
            if (!request.Headers.TryAddWithoutValidation(name, text))
            {
                request.Content.Headers.TryAddWithoutValidation(name, text);
            }
        }

        using var gateway = new HttpApiGateway(new(TimeProvider.System), new()) { Stage = deployed.Stage };
        var message = await gateway.EventAsync(request);
        var now = DateTimeOffset.UtcNow;
        message.RouteKey = route.Key;
        message.PathParameters = variables.Count > 0 ? variables.ToDictionary() : null;
        message.QueryStringParameters =
            http.Request.Query.Count > 0
                ? http.Request.Query.ToDictionary(static q => q.Key, static q => string.Join(',', q.Value.ToArray()))
                : null;
        var context = message.RequestContext!;
        context.ApiId = deployed.Id;
        context.DomainPrefix = deployed.Id;
        context.DomainName = $"{deployed.Id}.execute-api.{Templates.Physical.Region}.amazonaws.com";
        context.AccountId = Templates.Physical.Account;
        context.RouteKey = route.Key;
        context.RequestId = Guid.NewGuid().ToString();
        context.Time = now.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        context.TimeEpoch = now.ToUnixTimeMilliseconds();
        context.Http!.UserAgent = http.Request.Headers.UserAgent.ToString();
        return HttpApiGateway.Write(message);
    }

    // An answer without a status is the body of a 200.
    private async Task WriteAsync(HttpContext http, JsonNode? answer)
    {
        if (answer is not JsonObject given || given["statusCode"] is not { } status)
        {
            await SendAsync(http, 200, "application/json", Encoding.UTF8.GetBytes(answer?.ToJsonString() ?? ""));
            return;
        }

        foreach (var (name, value) in given["headers"] as JsonObject ?? [])
        {
            if (!name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.Headers[name] = value!.ToString();
            }
        }

        foreach (var cookie in given["cookies"] as JsonArray ?? [])
        {
            http.Response.Headers.Append("Set-Cookie", (string?)cookie);
        }

        var body = (string?)given["body"] ?? "";
        await SendAsync(
            http,
            status.GetValueKind() == JsonValueKind.String
                ? int.Parse((string)status!, CultureInfo.InvariantCulture)
                : (int)status,
            http.Response.ContentType ?? "text/plain; charset=utf-8",
            (bool?)given["isBase64Encoded"] ?? false ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body)
        );
    }

    private Task SayAsync(HttpContext http, int status, string message) =>
        SendAsync(http, status, "application/json", Encoding.UTF8.GetBytes($$"""{"message":"{{message}}"}"""));

    private async Task SendAsync(HttpContext http, int status, string contentType, byte[] body)
    {
        Answers.AddOrUpdate(status, 1, static (_, count) => count + 1);
        http.Response.StatusCode = status;
        http.Response.Headers["Apigw-Requestid"] = Guid.NewGuid().ToString("N")[..16];
        if (status is 204 or 304)
        {
            return;
        }

        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body);
        }
    }

    /// <summary>A bucket of tokens: Burst deep, filled at RatePerSecond.</summary>
    private bool Admits(ApiSettings deployed)
    {
        if (deployed is not { RatePerSecond: { } rate, Burst: { } burst })
        {
            return true;
        }

        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            tokens = Math.Min(burst, tokens + rate * Stopwatch.GetElapsedTime(filledAt, now).TotalSeconds);
            filledAt = now;
            if (tokens < 1)
            {
                return false;
            }

            tokens--;
            return true;
        }
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out JsonNode? answer)
    {
        try
        {
            answer = JsonNode.Parse(payload.Span);
            return true;
        }
        catch (JsonException)
        {
            answer = null;
            return false;
        }
    }
}

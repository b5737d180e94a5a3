using System.Buffers;
using System.Text;
using AlertHub.Api.Web;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hosts.Tests.Lambda.Http;

/// <summary>An endpoint that answers with all that it sees, on Kestrel and behind API Gateway.</summary>
public sealed class RequestsSeenAlike
{
    [Theory]
    [InlineData(HttpApiGateway.FunctionUrl, "$default")]
    [InlineData(HttpApiGateway.HttpApi, "$default")]
    [InlineData("alerts.example", "prod")]
    public async Task They_are_seen_as_Kestrel_shows_them(string domain, string stage)
    {
        await using var hosts = await TwoHosts.StartAsync(Map, domain, stage);
        var wrong = new List<string>();
        foreach (var row in Repository.Cases("http-echoes.txt", '¦'))
        {
            var kestrel = await hosts.OnKestrelAsync(row[0]);
            var expected =
                row.Length > 1 && domain != HttpApiGateway.FunctionUrl
                    ? kestrel.Replace($"path {row[0].Split(' ')[1]}\n", $"path {row[1]}\n", StringComparison.Ordinal)
                    : kestrel;
            var lambda = await hosts.OnLambdaAsync(row[0]);
            if (lambda != expected)
            {
                wrong.Add($"{row[0]}\n{expected}\n--- on Lambda\n{lambda}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n======\n", wrong));
        Assert.Empty(hosts.Context.Lines);
    }

    [Fact]
    public async Task The_stage_of_an_API_that_was_asked_by_its_own_name_is_the_base_of_the_path()
    {
        await using var hosts = await TwoHosts.StartAsync(
            static app =>
                app.Run(context => context.Response.WriteAsync($"{context.Request.PathBase} {context.Request.Path}")),
            stage: "prod"
        );

        Assert.EndsWith("\n/prod /items", await hosts.OnLambdaAsync("GET /items"), StringComparison.Ordinal);
        Assert.EndsWith("\n/prod /", await hosts.OnLambdaAsync("GET /"), StringComparison.Ordinal);
        Assert.EndsWith("\n/prod /prod/x", await hosts.OnLambdaAsync("GET /prod/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_stay_within_the_stage()
    {
        await using var hosts = await TwoHosts.StartAsync(
            static app => WebPipeline.Use(app, access: null, prefix: "/am", metrics: null),
            stage: "prod"
        );

        foreach (
            var (row, location) in new[] { ("GET /", "/am"), ("GET /am?a=1", "/am/?a=1"), ("GET /am//x", "/am/x") }
        )
        {
            Assert.Contains($"Location: {location}\n", await hosts.OnKestrelAsync(row), StringComparison.Ordinal);
            Assert.Contains($"Location: /prod{location}\n", await hosts.OnLambdaAsync(row), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/production/x", "prod", " /production/x")]
    [InlineData("/x/prod", "prod", " /x/prod")]
    [InlineData("/prod", "prod", "/prod /")]
    [InlineData("/$default/x", "$default", " /$default/x")]
    [InlineData("x", "$default", " /x")]
    [InlineData("", "$default", " /")]
    public async Task Only_a_whole_segment_at_the_start_is_the_stage(string rawPath, string stage, string seen)
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(context => WriteAsync(context, $"{context.Request.PathBase} {context.Request.Path}"))
        );

        var answer = await function.AskAsync(request =>
        {
            request.RawPath = rawPath;
            request.RequestContext!.Stage = stage;
        });

        Assert.Equal(seen, answer.Body);
    }

    [Fact]
    public async Task The_connection_is_the_clients_over_HTTPS_and_the_request_has_API_Gateways_id()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(context =>
                WriteAsync(
                    context,
                    $"{context.Request.Scheme} {context.Request.IsHttps} {context.Connection.RemoteIpAddress} {context.TraceIdentifier} {context.Request.Host}"
                )
            )
        );

        var answer = await function.AskAsync();
        var bare = await function.AskAsync(static request =>
        {
            request.RequestContext!.RequestId = null;
            request.RequestContext.Http!.SourceIp = "no address";
            request.Headers = null;
        });

        Assert.Equal("https True 192.0.2.1 JKJaXmPLvHcESHA= localhost", answer.Body);
        Assert.Equal($"https True  00000000-0000-4000-8000-000000000001 {HttpApiGateway.HttpApi}", bare.Body);
    }

    [Fact]
    public async Task The_length_is_that_of_the_bytes_whatever_the_event_says()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(context =>
                WriteAsync(context, $"{context.Request.ContentLength} {context.Request.Headers.TransferEncoding}")
            )
        );

        var answer = await function.AskAsync(static request =>
        {
            request.RequestContext!.Http!.Method = "POST";
            request.Headers!["content-length"] = "1";
            request.Headers["transfer-encoding"] = "chunked";
            request.Body = "é";
        });

        Assert.Equal("2 ", answer.Body);
    }

    [Fact]
    public async Task A_null_character_in_the_path_is_refused()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(static _ => Task.CompletedTask)
        );

        var decoded = await function.AskAsync(static request => request.RawPath = "/a\0b");
        var asItCame = await function.AskAsync(static request =>
        {
            request.RawPath = "/a%00b";
            request.RequestContext!.DomainName = HttpApiGateway.FunctionUrl;
        });

        Assert.Equal(400, decoded.StatusCode);
        Assert.Equal(400, asItCame.StatusCode);
        Assert.Equal("The request cannot be read: its path holds a null character.\n", asItCame.Body);
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/pipe", (RequestDelegate)(context => EchoAsync(context, PipedAsync)));
        app.Map("/items/{id}", (RequestDelegate)(context => EchoAsync(context, StreamedAsync)));
        app.Map("/{**rest}", (RequestDelegate)(context => EchoAsync(context, StreamedAsync)));
    }

    private static async Task EchoAsync(HttpContext context, Func<HttpRequest, Task<byte[]>> readAsync)
    {
        var request = context.Request;
        var seen = new StringBuilder();
        seen.Append($"{request.Method} {request.Protocol} at {request.Host}\n");
        seen.Append($"path {request.PathBase.Value}{request.Path.Value}\nquery {request.QueryString.Value}\n");
        foreach (var (name, values) in request.Query.OrderBy(static q => q.Key, StringComparer.Ordinal))
        {
            seen.Append($"query {name} = {string.Join(" & ", values.AsEnumerable())}\n");
        }

        foreach (
            var (name, values) in request.Headers.OrderBy(static h => h.Key.ToUpperInvariant(), StringComparer.Ordinal)
        )
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                seen.Append($"{name.ToLowerInvariant()}: {values}\n");
            }
        }

        foreach (var (name, value) in request.Cookies.OrderBy(static c => c.Key, StringComparer.Ordinal))
        {
            seen.Append($"cookie {name} = {value}\n");
        }

        foreach (var (name, value) in request.RouteValues.Where(static v => v.Key == "id"))
        {
            seen.Append($"route {name} = {value}\n");
        }

        var body = context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>();
        seen.Append(
            $"{request.ContentLength ?? 0} bytes, {body.CanHaveBody}: {Convert.ToHexString(await readAsync(request))}\n"
        );
        await WriteAsync(context, seen.ToString());
    }

    private static async Task<byte[]> StreamedAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>In small steps, as those do who look for an end within.</summary>
    private static async Task<byte[]> PipedAsync(HttpRequest request)
    {
        var bytes = new List<byte>();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            var step = read.Buffer.Slice(0, Math.Min(2, read.Buffer.Length));
            bytes.AddRange(step.ToArray());
            var isEnd = read.IsCompleted && step.Length == read.Buffer.Length;
            request.BodyReader.AdvanceTo(step.End);
            if (isEnd)
            {
                return [.. bytes];
            }
        }
    }
}

using System.Text.Json.Nodes;
using AlertHub.Lambda.Http;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Lambda.Http;

/// <summary>Endpoints that fail, and events that are none.</summary>
public sealed class Faults
{
    private const string Sentence = "AlertHub failed at this request; its log says why, under JKJaXmPLvHcESHA=.\n";

    [Fact]
    public async Task An_endpoint_that_throws_is_a_500_without_details_and_a_log_without_messages()
    {
        await using var function = await RunningServer.StartAsync(static app =>
        {
            // As every host has it: by the endpoint's name a log finds the place.
            app.UseRouting();
            app.Map(
                    "/{**rest}",
                    (RequestDelegate)(
                        static _ => throw new InvalidOperationException("secret", new FormatException("another secret"))
                    )
                )
                .WithDisplayName("/failing");
        });

        var answer = await function.AskAsync();

        Assert.Equal((500, Sentence), (answer.StatusCode, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer.Headers?["Content-Type"]);
        Assert.Collection(
            function.Context.Lines,
            static line =>
            {
                Assert.StartsWith(
                    "request JKJaXmPLvHcESHA= (/failing): a fault of AlertHub's: InvalidOperationException at ",
                    line,
                    StringComparison.Ordinal
                );
                Assert.Contains(nameof(Faults), line, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
            },
            static line =>
                Assert.StartsWith(
                    "request JKJaXmPLvHcESHA= (/failing): caused by: FormatException",
                    line,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task What_was_written_before_the_fault_is_no_answer()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(async context =>
            {
                await context.Response.WriteAsync("half");
                throw new InvalidOperationException("secret");
            })
        );

        var answer = await function.AskAsync();

        Assert.Equal((500, Sentence), (answer.StatusCode, answer.Body));
    }

    [Fact]
    public async Task What_was_complete_before_the_fault_is_one()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(async context =>
            {
                await context.Response.WriteAsync("whole");
                await context.Response.CompleteAsync();
                throw new InvalidOperationException("secret");
            })
        );

        Assert.Equal(200, (await function.AskAsync()).StatusCode);
        Assert.Single(function.Context.Lines);
    }

    [Fact]
    public async Task An_endpoint_that_gives_the_request_up_gives_no_half_answer()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(async context =>
            {
                await context.Response.WriteAsync("half");
                context.Abort();
                Assert.True(context.RequestAborted.IsCancellationRequested);
            })
        );

        Assert.Equal(500, (await function.AskAsync()).StatusCode);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_length_that_is_wrong_is_a_fault(int bytes)
    {
        await using var function = await RunningServer.StartAsync(app =>
            app.Run(context =>
            {
                context.Response.ContentLength = 5;
                return context.Response.WriteAsync(new string('x', bytes));
            })
        );

        var answer = await function.AskAsync();

        Assert.Equal((500, Sentence), (answer.StatusCode, answer.Body));
        Assert.Equal(
            $"request JKJaXmPLvHcESHA= (no endpoint): a fault of AlertHub's: the answer has {bytes} bytes, and its Content-Length is 5",
            Assert.Single(function.Context.Lines)
        );
    }

    [Theory]
    [InlineData("", "The event cannot be read: it is no JSON at byte 1 of line 1. ")]
    [InlineData("tsecret", "The event cannot be read: it is no JSON at byte ")]
    [InlineData("{}}", "The event is no HTTP request of payload format 2.0")]
    [InlineData(
        "[]",
        "The event cannot be read: StartArray instead of an object. It must be a request of an API Gateway HTTP API"
    )]
    [InlineData(
        "null",
        "The event is no HTTP request of payload format 2.0: invoke this function through an API Gateway HTTP API"
    )]
    [InlineData("{}", "The event is no HTTP request of payload format 2.0")]
    [InlineData("""{"Records":[{"Sns":{"Message":"secret"}}]}""", "The event is no HTTP request of payload format 2.0")]
    [InlineData(
        """{"resource":"/","path":"/","httpMethod":"GET","requestContext":{"stage":"prod"},"body":"secret"}""",
        "The event is no HTTP request of payload format 2.0"
    )]
    [InlineData(
        """{"version":"1.0","path":"/","httpMethod":"GET","requestContext":{},"body":"secret"}""",
        "The event has payload format 1.0; set PayloadFormatVersion of the API's integration to 2.0."
    )]
    [InlineData("""{"version":"secret"}""", "The event has another payload format; set PayloadFormatVersion")]
    [InlineData("""{"version":"2.0"}""", "The event is no HTTP request of payload format 2.0")]
    [InlineData(
        """{"version":"2.0","requestContext":{"http":null}}""",
        "The event is no HTTP request of payload format 2.0"
    )]
    [InlineData(
        """{"version":"2.0","rawPath":7}""",
        "The event cannot be read: Cannot get the value of a token type 'Number' as a string. "
    )]
    [InlineData(
        """{"version":"2.0","requestContext":{"http":{"method":"PUT"}},"body":{"body":"secret"}}""",
        "The event cannot be read: its body is no text. "
    )]
    [InlineData(
        """{"version":"2.0","headers":["secret"]}""",
        "The event cannot be read: StartArray instead of an object."
    )]
    [InlineData("""{"version":"2.0","cookies":"secret"}""", "The event cannot be read: its cookies are no array. ")]
    [InlineData(
        """{"version":"2.0","requestContext":{"http":{"method":"PUT"}},"isBase64Encoded":true,"body":"secret!"}""",
        "The event cannot be read: its body is no base64. "
    )]
    [InlineData(
        """{"version":"2.0","requestContext":{"http":{"method":"PUT"}},"body":"secret \ud800"}""",
        "The event cannot be read: "
    )]
    [InlineData("""{"version":"2.0","body":"secret""", "The event cannot be read: ")]
    public async Task What_is_no_request_fails_the_invocation_with_a_sentence(string json, string sentence)
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(static _ => Task.CompletedTask)
        );

        var failure = await Assert.ThrowsAsync<HttpEventException>(() => function.SendAsync(json));

        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_least_that_is_a_request_is_answered()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(static context =>
            {
                context.Response.ContentType = "text/plain";
                return context.Response.WriteAsync(
                    $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Host}"
                );
            })
        );

        var answer = await function.SendAsync("""{"version":"2.0","requestContext":{"http":{"method":"GET"}}}""");

        Assert.Equal("GET / ", answer.Body);
    }

    [Fact]
    public async Task A_server_that_was_not_started_or_is_stopped_says_so()
    {
        var server = new LambdaServer(TimeProvider.System);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.HandleAsync(Stream.Null, new InvocationContext())
        );
        Assert.Equal("the application is not started, or stopped already", failure.Message);

        await using var app = LambdaWebHost.Create(server);
        await app.StartAsync();
        await app.StopAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.HandleAsync(Stream.Null, new InvocationContext())
        );
    }

    [Fact]
    public async Task The_answer_is_what_the_official_type_is_written_as()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(static context =>
            {
                context.Response.Headers.Append("Set-Cookie", "a=1");
                context.Response.ContentType = "text/plain";
                return context.Response.WriteAsync("\"é🔥\"\\\u0001");
            })
        );
        using var gateway = new HttpApiGateway(new(TimeProvider.System), new());
        using var get = new HttpRequestMessage(HttpMethod.Get, "https://localhost/");
        var json = await function.RawAsync(HttpApiGateway.Write(await gateway.EventAsync(get)));

        var members = JsonNode.Parse(json)!.AsObject().Select(static m => m.Key);

        Assert.Equal(["statusCode", "headers", "cookies", "isBase64Encoded", "body"], members);
        Assert.Equal("\"é🔥\"\\\u0001", (string?)JsonNode.Parse(json)!["body"]);
    }
}

using System.Text.Json.Nodes;
using AlertHub.Api.Web;
using AlertHub.Lambda.Access;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Lambda.Access;

/// <summary>Who may come in by the parameters of the hub, through the door itself.</summary>
public sealed class TokensInParameterStore : IAsyncLifetime, IDisposable
{
    private const string Folder = "/alerthub/tokens";

    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    private readonly ManualClock clock = new();
    private readonly RecordedLog<ParameterTokens> log = new();
    private readonly List<(string Name, string Value)> parameters = [];
    private readonly List<JsonObject> asked = [];
    private WebServer store = null!;
    private AmazonSimpleSystemsManagementClient client = null!;
    private ParameterTokens tokens = null!;
    private WebAccess access = null!;
    private int status = 200;

    public async Task InitializeAsync()
    {
        store = await WebServer.StartAsync(AnswerAsync);
        client = new(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSimpleSystemsManagementConfig
            {
                ServiceURL = store.Address.ToString(),
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );
        tokens = new(client, Folder, clock, log);
        access = new(tokens.FindAsync, new(), clock, NullLogger<WebAccess>.Instance);
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    public void Dispose()
    {
        access.Dispose();
        tokens.Dispose();
        client.Dispose();
    }

    /// <summary>Two parameters a page.</summary>
    private async Task AnswerAsync(WebRequest request, HttpContext context)
    {
        var body = JsonNode.Parse(request.Body)!.AsObject();
        int from;
        (string, string)[] some;
        lock (asked)
        {
            asked.Add(body);
            from = int.Parse($"{body["NextToken"] ?? "0"}", System.Globalization.CultureInfo.InvariantCulture);
            some = [.. parameters.Skip(from).Take(2)];
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        var answer = new JsonObject
        {
            ["Parameters"] = new JsonArray([
                .. some.Select(static each => new JsonObject
                {
                    ["Name"] = each.Item1,
                    ["Value"] = each.Item2,
                    ["Type"] = "SecureString",
                }),
            ]),
        };
        if (parameters.Count > from + 2)
        {
            answer["NextToken"] = $"{from + 2}";
        }

        await context.Response.WriteAsync(
            status == 200 ? answer.ToJsonString() : """{"__type":"AccessDeniedException","message":"no"}"""
        );
    }

    private void Keep(string name, string value) => parameters.Add(($"{Folder}/{name}", value));

    private async Task<(int Status, WebToken? Token, HttpResponse Response)> ComeAsync(string? token)
    {
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        context.Request.Method = "POST";
        context.Request.Path = "/api/v2/alerts";
        if (token is not null)
        {
            context.Request.Headers.Authorization = $"Bearer {token}";
        }

        await access.InvokeAsync(
            context,
            static context =>
            {
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            }
        );
        return (context.Response.StatusCode, WebAccess.TokenOf(context), context.Response);
    }

    private async Task<int> StatusAsync(string? token) => (await ComeAsync(token)).Status;

    [Fact]
    public async Task All_pages_are_read_decrypted_and_each_is_called_by_its_name()
    {
        for (var i = 0; i < 5; i++)
        {
            Keep($"producer-{i}", $"token-of-producer-{i}\n");
        }

        for (var i = 0; i < 5; i++)
        {
            var (status, token, _) = await ComeAsync($"token-of-producer-{i}");
            Assert.Equal((204, $"producer-{i}"), (status, token?.Name));
        }

        Assert.Equal(3, asked.Count);
        Assert.All(
            asked,
            static body =>
            {
                Assert.Equal(Folder, $"{body["Path"]}");
                Assert.Equal("true", $"{body["WithDecryption"]}");
                Assert.NotEqual("true", $"{body["Recursive"]}");
            }
        );
    }

    [Fact]
    public async Task Without_any_token_nobody_is_let_in_and_that_is_said()
    {
        var (status, _, response) = await ComeAsync("whatever");

        Assert.Equal((401, "Bearer"), (status, response.Headers.WWWAuthenticate.ToString()));
        Assert.Equal(401, await StatusAsync(null));
        Assert.Contains("There is no token under /alerthub/tokens", Assert.Single(log.Lines), StringComparison.Ordinal);
        clock.Advance(ParameterTokens.Lifetime);
        await StatusAsync(null);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task They_are_read_once_a_minute()
    {
        Keep("a", "token-of-a-is-long");
        Assert.Equal(204, await StatusAsync("token-of-a-is-long"));

        clock.Advance(ParameterTokens.Lifetime - Moment);
        Assert.Equal(204, await StatusAsync("token-of-a-is-long"));
        Assert.Single(asked);

        parameters.Clear();
        clock.Advance(Moment);
        Assert.Equal(401, await StatusAsync("token-of-a-is-long"));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_new_token_is_found_at_once_but_not_more_often_than_each_five_seconds()
    {
        Keep("a", "token-of-a-is-long");
        Assert.Equal(204, await StatusAsync("token-of-a-is-long"));
        Keep("b", "token-of-b-is-long");

        clock.Advance(ParameterTokens.Pause - Moment);
        Assert.Equal(401, await StatusAsync("token-of-b-is-long"));
        Assert.Equal(401, await StatusAsync(null));
        Assert.Single(asked);

        clock.Advance(Moment);
        Assert.Equal(401, await StatusAsync(null));
        Assert.Single(asked);
        Assert.Equal(204, await StatusAsync("token-of-b-is-long"));
        for (var guess = 0; guess < 20; guess++)
        {
            Assert.Equal(401, await StatusAsync($"token-that-is-guessed-{guess}"));
        }

        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Many_who_come_at_once_cause_one_reading()
    {
        Keep("a", "token-of-a-is-long");

        var statuses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => StatusAsync("token-of-a-is-long")))
        );

        Assert.All(statuses, static status => Assert.Equal(204, status));
        Assert.Single(asked);
    }

    [Fact]
    public async Task While_the_store_cannot_be_read_those_that_are_known_stand_and_that_is_said_once_a_minute()
    {
        Keep("a", "token-of-a-is-long");
        await StatusAsync("token-of-a-is-long");
        status = 400;

        for (var i = 0; i < 25; i++)
        {
            clock.Advance(ParameterTokens.Pause);
            Assert.Equal(204, await StatusAsync("token-of-a-is-long"));
            Assert.Equal(401, await StatusAsync("token-of-b-is-long"));
        }

        Assert.InRange(log.Lines.Count, 2, 3);
        Assert.All(
            log.Lines,
            static line =>
                Assert.StartsWith(
                    "Warning: The tokens under /alerthub/tokens cannot be read (AccessDeniedException), so the 1 that are known stand",
                    line,
                    StringComparison.Ordinal
                )
        );
        status = 200;
        Keep("b", "token-of-b-is-long");
        clock.Advance(ParameterTokens.Pause);
        Assert.Equal(204, await StatusAsync("token-of-b-is-long"));
    }

    [Fact]
    public async Task Where_none_were_ever_read_everybody_is_told_to_come_again()
    {
        status = 400;
        Keep("a", "token-of-a-is-long");

        foreach (var token in new[] { null, "token-of-a-is-long" })
        {
            var (answer, _, response) = await ComeAsync(token);
            Assert.Equal((503, "5"), (answer, response.Headers.RetryAfter.ToString()));
        }

        Assert.Single(asked);
        Assert.Contains("so nobody is let in", Assert.Single(log.Lines), StringComparison.Ordinal);
        status = 200;
        Assert.Equal(503, await StatusAsync("token-of-a-is-long"));
        clock.Advance(ParameterTokens.Pause);
        Assert.Equal(204, await StatusAsync("token-of-a-is-long"));
    }

    [Fact]
    public async Task What_is_no_token_is_named_once_without_its_value_and_shuts_nobody_else_out()
    {
        Keep("a", "token-of-a-is-long");
        Keep("broken", """{"token":"token-that-is-secret","scope":"al""");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(204, await StatusAsync("token-of-a-is-long"));
            clock.Advance(ParameterTokens.Lifetime);
        }

        var line = Assert.Single(log.Lines);
        Assert.StartsWith("Error: The token /alerthub/tokens/broken lets nobody in", line, StringComparison.Ordinal);
        Assert.DoesNotContain("is-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_of_an_outage()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await tokens.FindAsync(renew: false, stopped.Token)
        );

        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("long-enough-to-be-one", "", false)]
    [InlineData("  long-enough-to-be-one\n", "", false)]
    [InlineData("""{"token":"long-enough-to-be-one"}""", "", false)]
    [InlineData("""{"token":"long-enough-to-be-one","labels":{},"scope":"all"}""", "", false)]
    [InlineData(
        """{"token":"long-enough-to-be-one","labels":{"tenant":"a","b":""},"scope":"alerts"}""",
        "b,tenant",
        true
    )]
    public void A_parameter_holds_a_token_or_what_it_is_for_as_well(string value, string labels, bool isForProducers)
    {
        var token = ParameterTokens.Token("/alerthub/tokens/prometheus", value, out var objection);

        Assert.Null(objection);
        Assert.Equal("prometheus", token!.Name);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("long-enough-to-be-one"u8), token.Sha256);
        Assert.Equal(labels, string.Join(',', token.Labels.Select(static label => label.Name)));
        Assert.Equal(isForProducers, token.IsForProducers);
    }

    [Theory]
    [InlineData("", "fewer than 16 characters")]
    [InlineData("shorter", "fewer than 16 characters")]
    [InlineData("{", "is not JSON like")]
    [InlineData("""{"token":null}""", "is not JSON like")]
    [InlineData("""{"labels":{}}""", "is not JSON like")]
    [InlineData("""{"token":"long-enough-to-be-one","tenant":"a"}""", "is not JSON like")]
    [InlineData("""{"token":"long-enough-to-be-one","labels":{"a":1}}""", "is not JSON like")]
    [InlineData("""{"token":"long-enough-to-be-one","labels":{"a":null}}""", "a label has no text")]
    [InlineData("""{"token":"long-enough-to-be-one","labels":{"":"a"}}""", "a label's name is missing")]
    [InlineData("""{"token":"long-enough-to-be-one","scope":"read"}""", "neither all nor alerts")]
    [InlineData("""{"token":"\ud800ong-enough-to-be-one"}""", "is not JSON like")]
    public void Others_are_none_and_their_text_is_not_told(string value, string words)
    {
        Assert.Null(ParameterTokens.Token("/alerthub/tokens/a", value, out var objection));

        Assert.Contains(words, objection, StringComparison.Ordinal);
        Assert.DoesNotContain("ong-enough", objection, StringComparison.Ordinal);
    }
}

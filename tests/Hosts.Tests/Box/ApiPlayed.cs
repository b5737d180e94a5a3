using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>An HTTP API says what API Gateway would say.</summary>
public sealed class ApiPlayed(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    [Theory]
    [InlineData("GET", "/", "GET /", "")]
    [InlineData("POST", "/", "$default", "")]
    [InlineData("GET", "/alerts", "GET /alerts", "")]
    [InlineData("PUT", "/alerts", "ANY /alerts", "")]
    [InlineData("GET", "/alerts/7", "GET /alerts/{id}", "id=7")]
    [InlineData("GET", "/alerts/7/history", "ANY /{proxy+}", "proxy=alerts/7/history")]
    [InlineData("GET", "/alerts/all", "GET /alerts/all", "")]
    public void The_route_that_fits_best_is_taken(string method, string path, string route, string variables)
    {
        string[] keys =
        [
            "$default",
            "ANY /{proxy+}",
            "GET /alerts/{id}",
            "GET /alerts/all",
            "ANY /alerts",
            "GET /alerts",
            "GET /",
        ];

        var found = ApiRoute.Find(keys.Select(static key => new ApiRoute(key, "", default)), method, path);

        Assert.Equal(route, found?.Route.Key);
        Assert.Equal(variables, string.Join(' ', found!.Value.Variables.Select(static v => $"{v.Key}={v.Value}")));
    }

    [Fact]
    public async Task A_request_becomes_an_event_and_its_answer_an_answer()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/a%20b/c?x=1&x=2&y=%2B")
        {
            Content = new StringContent("""{"a":"ö"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Cookie", "k=v; l=w" }, { "X-Own", "1" } },
        };

        using var answer = await box.Api.SendAsync(request);
        var message = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("yes", answer.Headers.GetValues("x-own").Single());
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("2.0", (string?)message["version"]);
        Assert.Equal("ANY /{path+}", (string?)message["routeKey"]);
        Assert.Equal(("/a b/c", "x=1&x=2&y=%2B"), ((string?)message["rawPath"], (string?)message["rawQueryString"]));
        Assert.Equal(
            """{"path":"a b/c"} {"x":"1,2","y":"+"}""".Replace("+", "\\u002B", StringComparison.Ordinal),
            $"{message["pathParameters"]!.ToJsonString()} {message["queryStringParameters"]!.ToJsonString()}"
        );
        Assert.Equal(["k=v", "l=w"], message["cookies"]!.AsArray().Select(static cookie => (string?)cookie));
        Assert.Equal("1", (string?)message["headers"]!["x-own"]);
        Assert.Equal("""{"a":"ö"}""", (string?)message["body"]);
        Assert.Equal("POST", (string?)message["requestContext"]!["http"]!["method"]);
    }

    [Fact]
    public async Task An_answer_without_a_status_is_a_body()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        Assert.Equal((200, """{"a":1}"""), await GetAsync(box, "/bare"));
    }

    [Theory]
    [InlineData("/throw", 500, "Internal Server Error")]
    [InlineData("/hang", 503, "Service Unavailable")]
    public async Task A_function_that_fails_is_answered_for(string path, int status, string message)
    {
        using var stacks = new ExampleStacks(static resources =>
        {
            resources["Integration"]!["Properties"]!["TimeoutInMillis"] = 3000;
            resources["Worker"]!["Properties"]!["Timeout"] = 4;
        });
        await using var box = await StartAsync(stacks);

        Assert.Equal((status, $$"""{"message":"{{message}}"}"""), await GetAsync(box, path));
    }

    [Theory]
    [InlineData(10 * 1024 * 1024 + 1)]
    [InlineData(6 * 1024 * 1024)]
    public async Task A_body_may_be_too_large_for_the_gateway_or_for_Lambda(int bytes)
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);
        using var content = new StringContent(new string('x', bytes));

        using var answer = await box.Api.PostAsync("/large", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(1, box.Function("Worker").Invocations);
    }

    [Fact]
    public async Task More_than_the_stage_allows_is_too_many()
    {
        using var stacks = new ExampleStacks(static resources =>
            resources["Stage"]!["Properties"]!["DefaultRouteSettings"] = new JsonObject
            {
                ["ThrottlingRateLimit"] = 0.001,
                ["ThrottlingBurstLimit"] = 2,
            }
        );
        await using var box = await StartAsync(stacks);

        Assert.Equal(200, (await GetAsync(box, "/bare")).Status);
        Assert.Equal(200, (await GetAsync(box, "/bare")).Status);
        Assert.Equal((429, """{"message":"Too Many Requests"}"""), await GetAsync(box, "/bare"));
    }

    [Fact]
    public async Task A_path_without_a_route_is_not_found()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        Assert.Equal((404, """{"message":"Not Found"}"""), await GetAsync(box, "/"));
    }

    private static async Task<(int Status, string Body)> GetAsync(StackBox box, string path)
    {
        using var answer = await box.Api.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<StackBox> StartAsync(ExampleStacks stacks) =>
        StackBox.StartAsync(stacks.Folder, new() { Dynalite = dynalite, Fauxqs = fauxqs });
}

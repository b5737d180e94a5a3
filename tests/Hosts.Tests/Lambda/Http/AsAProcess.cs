using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Http;

/// <summary>The server as Lambda runs it: a program that asks the Runtime API for its requests.</summary>
public sealed class AsAProcess
{
    [Fact]
    public async Task It_answers_one_request_after_another_and_outlives_events_that_are_none()
    {
        await using var lambda = await LambdaRuntimeApi.StartAsync();
        await using var process = ChildProcess.Start(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(FunctionProgram).Assembly.Location, "http"],
            new Dictionary<string, string?>
            {
                ["AWS_LAMBDA_RUNTIME_API"] = lambda.Endpoint,
                ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
            }
        );

        var healthy = await AskAsync(lambda, "/-/healthy");
        var garbage = await lambda.InvokeAsync("""{"Records":[]}""");
        var late = await AskAsync(lambda, "/-/ready", new() { Deadline = DateTimeOffset.UtcNow.AddSeconds(1) });
        var nothing = await AskAsync(lambda, "/nothing");
        var again = await AskAsync(lambda, "/-/healthy");

        Assert.Equal((200, "OK\n"), healthy);
        Assert.Equal("HttpEventException", garbage.Error?.Type);
        Assert.StartsWith(
            "The event is no HTTP request of payload format 2.0",
            garbage.Error?.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(503, late.Status);
        Assert.StartsWith("The function's time was up", late.Body, StringComparison.Ordinal);
        Assert.Equal(404, nothing.Status);
        Assert.Equal(healthy, again);
        await process.LineAsync("(/-/ready): the function's time was up, 503");
    }

    private static async Task<(int Status, string? Body)> AskAsync(
        LambdaRuntimeApi lambda,
        string path,
        LambdaInvokeOptions? with = null
    )
    {
        using var gateway = new HttpApiGateway(new(TimeProvider.System), new());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost{path}");
        var result = await lambda.InvokeAsync(HttpApiGateway.Write(await gateway.EventAsync(request)), with);
        Assert.Null(result.Error?.Json);
        var answer = JsonNode.Parse(result.Text)!;
        return ((int)answer["statusCode"]!, (string?)answer["body"]);
    }
}

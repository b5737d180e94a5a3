using System.Net;
using System.Text;

namespace Hosts.Tests.Support;

/// <summary>The emulator refuses what AWS refuses.</summary>
public sealed class LambdaRuntimeApiTests
{
    private const string Ok = """{"status":"OK"}""";

    private static async Task<(HttpStatusCode, string)> CallAsync(HttpClient http, string path, string? body = "{}")
    {
        using var response = body is null
            ? await http.GetAsync(path)
            : await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = (await response.Content.ReadAsStringAsync()).Trim();
        return (response.StatusCode, text.Contains("errorType", StringComparison.Ordinal) ? text.Split('"')[^2] : text);
    }

    private static HttpClient Client(LambdaRuntimeApi api) =>
        new() { BaseAddress = new Uri($"http://{api.Endpoint}/2018-06-01/runtime/") };

    [Fact]
    public async Task Answers_are_taken_once_and_for_the_running_invocation_only()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        using var http = Client(api);
        var invocation = api.InvokeAsync("\"in\"", new() { RequestId = "r" });

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequestID"), await CallAsync(http, "invocation/r/response"));
        Assert.Equal((HttpStatusCode.OK, "\"in\""), await CallAsync(http, "invocation/next", null));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "InvalidStateTransition"),
            await CallAsync(http, "invocation/next", null)
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "InvalidRequestID"),
            await CallAsync(http, "invocation/other/response")
        );
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidStateTransition"), await CallAsync(http, "init/error"));
        Assert.Equal((HttpStatusCode.Accepted, Ok), await CallAsync(http, "invocation/r/response", "\"out\""));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "InvalidStateTransition"),
            await CallAsync(http, "invocation/r/response")
        );
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidStateTransition"), await CallAsync(http, "invocation/r/error"));
        Assert.Equal("\"out\"", (await invocation).Text);
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), await CallAsync(http, "elsewhere"));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_fails_the_invocation()
    {
        await using var api = await LambdaRuntimeApi.StartAsync(new() { MaxResponseBytes = 3 });
        using var http = Client(api);
        var invocation = api.InvokeAsync("{}", new() { RequestId = "r" });
        await CallAsync(http, "invocation/next", null);

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge"),
            await CallAsync(http, "invocation/r/response", "1234")
        );
        Assert.Equal("Function.ResponseSizeTooLarge", (await invocation).Error?.Type);
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_so_once_and_before_its_first_invocation()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        using var http = Client(api);

        Assert.Equal((HttpStatusCode.Accepted, Ok), await CallAsync(http, "init/error", """{"errorType":"X"}"""));
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidStateTransition"), await CallAsync(http, "init/error"));
        Assert.Equal("X", (await api.InitError).Type);
    }

    [Fact]
    public async Task A_function_that_never_asks_for_its_invocation_has_failed()
    {
        await using var api = await LambdaRuntimeApi.StartAsync(new() { StartTimeout = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("Sandbox.Timedout", (await api.InvokeAsync("{}")).Error?.Type);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertHub.Local;
using AlertHub.Local.Web;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Web;

/// <summary><c>--web.get-concurrency</c> and <c>--web.timeout</c>, on a real server.</summary>
public sealed class Limits : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ManualClock clock = new();
    private readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts requests that have come to the endpoint.</summary>
    private readonly SemaphoreSlim entered = new(0);

    /// <summary>Counts requests that the server is done with.</summary>
    private readonly SemaphoreSlim left = new(0);

    private readonly WebApplication app = WebHost.Create([new(IPAddress.Loopback, 0)]);
    private readonly HttpClient http = new() { Timeout = Patience };

    public Task InitializeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_GET_beyond_the_most_is_refused_and_other_methods_are_not_counted()
    {
        await StartAsync(getConcurrency: 2);
        Task<(int, string)>[] held = [SendAsync("/held"), SendAsync("/held")];
        await PassAsync(entered, 2);

        Assert.Equal(
            (503, "2 GET requests are answered already, which is the most (--web.get-concurrency); try again later.\n"),
            await SendAsync("/")
        );
        Assert.Equal(200, (await SendAsync("/", HttpMethod.Post)).Status);
        Assert.Equal(200, (await SendAsync("/", HttpMethod.Delete)).Status);

        answer.SetResult();
        Assert.Equal([(200, "answered"), (200, "answered")], await Task.WhenAll(held));
        await PassAsync(left, 5);
        Assert.Equal((200, "answered"), await SendAsync("/"));
    }

    [Fact]
    public async Task Any_number_of_POSTs_leaves_room_for_a_GET()
    {
        await StartAsync(getConcurrency: 1);
        Task<(int, string)>[] held = [.. Enumerable.Range(0, 3).Select(_ => SendAsync("/held", HttpMethod.Post))];
        await PassAsync(entered, 3);

        Assert.Equal(200, (await SendAsync("/")).Status);

        answer.SetResult();
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Who_is_refused_takes_no_place()
    {
        await StartAsync(getConcurrency: 1);
        var held = SendAsync("/held");
        await PassAsync(entered, 1);
        Assert.Equal(503, (await SendAsync("/")).Status);
        Assert.Equal(503, (await SendAsync("/")).Status);
        answer.SetResult();
        await held;
        await PassAsync(left, 3);

        Assert.Equal(200, (await SendAsync("/")).Status);
    }

    [Fact]
    public async Task Without_a_number_there_are_as_many_as_the_machine_bears_and_at_least_eight()
    {
        await StartAsync(getConcurrency: 0);
        var most = Math.Max(Environment.ProcessorCount, 8);
        Task<(int, string)>[] held = [.. Enumerable.Range(0, most).Select(_ => SendAsync("/held"))];
        await PassAsync(entered, most);

        Assert.Equal(503, (await SendAsync("/")).Status);

        answer.SetResult();
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Whose_client_has_left_has_no_place_any_more()
    {
        await StartAsync(getConcurrency: 1);
        using (var client = new CancellationTokenSource())
        {
            var held = SendAsync("/held", cancellationToken: client.Token);
            await PassAsync(entered, 1);
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        }

        await PassAsync(left, 1);

        Assert.Equal(200, (await SendAsync("/")).Status);
    }

    [Fact]
    public async Task Whose_client_has_left_has_no_place_any_more_where_there_is_a_timeout_too()
    {
        await StartAsync(getConcurrency: 1, Bound);
        using (var client = new CancellationTokenSource())
        {
            var held = SendAsync("/held", cancellationToken: client.Token);
            await PassAsync(entered, 1);
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        }

        await PassAsync(left, 1);

        Assert.Equal(200, (await SendAsync("/")).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task What_takes_longer_than_the_timeout_is_answered_with_503_and_has_no_place_any_more(string method)
    {
        await StartAsync(getConcurrency: 1, Bound);
        var held = SendAsync("/held", new(method));
        await PassAsync(entered, 1);

        clock.Advance(Bound - TimeSpan.FromTicks(1));
        Assert.Equal(200, (await SendAsync("/", HttpMethod.Post)).Status);
        Assert.False(held.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((503, "The request took longer than 30s (--web.timeout).\n"), await held);
        await PassAsync(left, 2);
        Assert.Equal(200, (await SendAsync("/")).Status);
    }

    [Fact]
    public async Task An_answer_that_has_begun_when_time_is_up_breaks_off_and_does_not_look_whole()
    {
        await StartAsync(getConcurrency: 1, Bound);
        using var response = await http.GetAsync(
            new Uri("/begun", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        await PassAsync(entered, 1);

        clock.Advance(Bound);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        await PassAsync(left, 1);
        Assert.Equal(200, (await SendAsync("/")).Status);
    }

    [Fact]
    public async Task Alerts_that_stop_coming_midway_are_answered_with_503_and_nothing_of_them_is_kept()
    {
        var end = clock.GetUtcNow() + Bound;
        await using var server = await HubServer.StartAsync(
            "route: {receiver: team}\nreceivers: [{name: team}]\n",
            limits: new RequestLimits(1, Bound, clock)
        );
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v2/alerts HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n[{{"
            )
        );
        await clock.WaitedForAsync(due => due == end);

        clock.Advance(Bound);

        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await reader.ReadLineAsync(patience.Token));
        Assert.Empty((await server.Hub.ReadAsync(default)).Alerts);

        // The rest of them may come yet, and another request after it.
        while (await reader.ReadLineAsync(patience.Token) != "0") { }
        await reader.ReadLineAsync(patience.Token);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{new string(' ', 97)}GET /-/healthy HTTP/1.1\r\nHost: {server.Address.Authority}\r\n\r\n"
            ),
            patience.Token
        );
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(patience.Token));
    }

    [Fact]
    public async Task Without_a_timeout_a_request_takes_as_long_as_it_does()
    {
        await StartAsync(getConcurrency: 1);
        var held = SendAsync("/held");
        await PassAsync(entered, 1);

        clock.Advance(TimeSpan.FromDays(1));
        answer.SetResult();

        Assert.Equal((200, "answered"), await held);
    }

    /// <summary>/held waits to be answered, /begun has sent a part and waits, any other path is answered at once.</summary>
    private async Task StartAsync(int getConcurrency, TimeSpan timeout = default)
    {
        app.Use(
            async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    left.Release();
                }
            }
        );
        app.Use(new RequestLimits(getConcurrency, timeout, clock).InvokeAsync);
        app.Run(async context =>
        {
            if (context.Request.Path == "/begun")
            {
                await context.Response.WriteAsync("ans", context.RequestAborted);
            }

            if (context.Request.Path != "/")
            {
                entered.Release();
                await answer.Task.WaitAsync(context.RequestAborted);
            }

            await context.Response.WriteAsync("answered", context.RequestAborted);
        });
        await app.StartAsync();
        http.BaseAddress = new(WebHost.Address(app));
    }

    private async Task<(int Status, string Text)> SendAsync(
        string path,
        HttpMethod? method = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var response = await http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task PassAsync(SemaphoreSlim counted, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            Assert.True(await counted.WaitAsync(Patience), $"of {requests} requests there were {i}");
        }
    }

    public async Task DisposeAsync()
    {
        answer.TrySetResult();
        await app.DisposeAsync();
    }

    public void Dispose()
    {
        http.Dispose();
        entered.Dispose();
        left.Dispose();
    }
}

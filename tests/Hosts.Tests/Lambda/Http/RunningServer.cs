using System.Text;
using AlertHub.Lambda.Http;
using Amazon.Lambda.APIGatewayEvents;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Hosts.Tests.Lambda.Http;

/// <summary>Endpoints on Lambda's server alone, for events that no gateway would make of a request.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly LambdaServer server;

    private RunningServer(WebApplication app, LambdaServer server) => (this.app, this.server) = (app, server);

    public required InvocationContext Context { get; init; }

    /// <param name="map">Maps the endpoints.</param>
    /// <param name="time">The server's clock.</param>
    /// <param name="left">How long an invocation may take.</param>
    public static async Task<RunningServer> StartAsync(
        Action<WebApplication> map,
        TimeProvider? time = null,
        Func<TimeSpan>? left = null
    )
    {
        var server = new LambdaServer(time ?? TimeProvider.System);
        var app = LambdaWebHost.Create(server);
        map(app);
        await app.StartAsync();
        return new(app, server) { Context = new(left) };
    }

    /// <param name="change">What is other than in <c>GET /</c>.</param>
    public async Task<APIGatewayHttpApiV2ProxyResponse> AskAsync(Action<APIGatewayHttpApiV2ProxyRequest>? change = null)
    {
        using var gateway = new HttpApiGateway(server, Context);
        using var get = new HttpRequestMessage(HttpMethod.Get, "https://localhost/");
        var request = await gateway.EventAsync(get);
        change?.Invoke(request);
        return await SendAsync(HttpApiGateway.Write(request));
    }

    public Task<APIGatewayHttpApiV2ProxyResponse> SendAsync(string json) =>
        HttpApiGateway.InvokeAsync(server, json, Context);

    public async Task<string> RawAsync(string json)
    {
        // Of a kind whose buffer cannot be had, as an official bootstrap may have it.
        await using var input = new BufferedStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        await using var output = await server.HandleAsync(input, Context);
        using var reader = new StreamReader(output);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

using System.Net;
using System.Text;
using AlertHub.Lambda.Http;
using AlertHub.Local;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Hosts.Tests.Lambda.Http;

/// <summary>The same endpoints on Kestrel and behind API Gateway.</summary>
internal sealed class TwoHosts : IAsyncDisposable
{
    private static readonly Uri Host = new("https://localhost/");

    private readonly WebApplication kestrel;
    private readonly WebApplication lambda;
    private readonly HttpClient onKestrel;
    private readonly HttpClient onLambda;

    private TwoHosts(WebApplication kestrel, WebApplication lambda, HttpApiGateway gateway)
    {
        (this.kestrel, this.lambda) = (kestrel, lambda);
        onKestrel = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        onLambda = new(gateway);
    }

    /// <summary>What the function logged.</summary>
    public required InvocationContext Context { get; init; }

    /// <param name="map">Maps the endpoints.</param>
    /// <param name="domain">Of the API; an HTTP API's where it is not said.</param>
    /// <param name="stage">Of the API.</param>
    public static async Task<TwoHosts> StartAsync(
        Action<WebApplication> map,
        string domain = HttpApiGateway.HttpApi,
        string stage = "$default"
    )
    {
        var server = new LambdaServer(TimeProvider.System);
        var context = new InvocationContext();
        var hosts = new TwoHosts(
            WebHost.Create([new(IPAddress.Loopback, 0)]),
            LambdaWebHost.Create(server),
            new(server, context) { DomainName = domain, Stage = stage }
        )
        {
            Context = context,
        };
        foreach (var app in (WebApplication[])[hosts.kestrel, hosts.lambda])
        {
            map(app);
            await app.StartAsync();
        }

        return hosts;
    }

    /// <summary>A row's request, by Kestrel.</summary>
    public Task<string> OnKestrelAsync(string row) => AskAsync(onKestrel, row, new(WebHost.Address(kestrel)));

    /// <summary>A row's request, by an event.</summary>
    public Task<string> OnLambdaAsync(string row) => AskAsync(onLambda, row, Host);

    public async ValueTask DisposeAsync()
    {
        onKestrel.Dispose();
        onLambda.Dispose();
        await kestrel.DisposeAsync();
        await lambda.DisposeAsync();
    }

    private static async Task<string> AskAsync(HttpClient http, string row, Uri server)
    {
        using var request = HttpCase.Request(row, server);
        request.Headers.Host ??= Host.Authority;
        using var response = await http.SendAsync(request);
        return await TextAsync(response);
    }

    /// <summary>
    /// All of an answer but what belongs to a connection, and the date. Several values of a header are one text, as
    /// RFC 9110 has it; text that is none is shown as bytes.
    /// </summary>
    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var isHead = response.RequestMessage!.Method == HttpMethod.Head;
        var text = new StringBuilder($"{(int)response.StatusCode}\n");
        foreach (
            var (name, values) in response
                .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .OrderBy(static header => header.Key, StringComparer.Ordinal)
        )
        {
            // The length of what has a body is seen from the body.
            if (name is not ("Date" or "Transfer-Encoding" or "Connection") && (isHead || name != "Content-Length"))
            {
                text.Append($"{name}: {string.Join(name == "Set-Cookie" ? " & " : ", ", values.AsEnumerable())}\n");
            }
        }

        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(
            isHead || (response.Content.Headers.ContentLength ?? body.Length) == body.Length,
            $"{response.Content.Headers.ContentLength} is not {body.Length}"
        );
        var shown = Encoding.UTF8.GetString(body);
        return text.Append(shown.Contains('\uFFFD', StringComparison.Ordinal) ? Convert.ToHexString(body) : shown)
            .ToString();
    }
}

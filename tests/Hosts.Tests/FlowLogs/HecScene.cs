using System.Text;
using AlertHub;
using AlertHub.Configuration;
using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

/// <summary>A HEC, a client of it, and events.</summary>
internal sealed class HecScene : IAsyncDisposable
{
    private readonly SocketsHttpHandler connections = new() { AllowAutoRedirect = false };
    private readonly HttpClient http;

    private HecScene(HecServer server, Func<HecSettings, HecSettings> change)
    {
        Server = server;
        http = new(connections) { Timeout = Timeout.InfiniteTimeSpan };
        var settings = change(
            new()
            {
                Url = server.Url,
                Token = new(server.Token),
                Channel = server.HasAck ? Guid.NewGuid() : null,
            }
        );
        Time = new(settings.Timeout);
        Breaker = new(TimeSpan.FromMinutes(5), Time);
        Settings = settings;
        Client = Another();
    }

    public HecServer Server { get; }

    public HastyTime Time { get; }

    public HecBreaker Breaker { get; }

    public HecSettings Settings { get; }

    public HecClient Client { get; }

    public static async Task<HecScene> StartAsync(
        Func<HecSettings, HecSettings>? change = null,
        Func<Microsoft.AspNetCore.Builder.WebApplication, HecServer>? server = null
    ) => new(await HecServer.StartAsync(server), change ?? (static settings => settings));

    /// <summary>With the same breaker and perhaps another token.</summary>
    public HecClient Another(string? token = null) =>
        new(
            http,
            token is null ? Settings : Settings with { Token = new Secret(token) },
            Breaker,
            Time,
            static () => 0.5
        );

    /// <summary>With a token from elsewhere, and a breaker of its own.</summary>
    public HecConnection Connection(ISecretSource secrets) =>
        new(http, Settings, new SecretReference.Parameter("/token"), secrets, Time, static () => 0.5);

    /// <summary>Sends, and sees to it that nothing that comes back shows the token.</summary>
    public async Task<HecDelivery> SendAsync(EventText events, CancellationToken cancellationToken = default)
    {
        var delivery = await Client.SendAsync(events, cancellationToken);
        var shown = $"{Settings} {delivery} {string.Join(' ', delivery.Fates)} {string.Join(' ', delivery.Notices)}";
        Assert.DoesNotContain(Server.Token, shown, StringComparison.Ordinal);
        Assert.Equal(events.Count, delivery.Fates.Count);
        return delivery;
    }

    /// <summary>Right events e0, e1 and so on, but for those that are given.</summary>
    public static EventText Events(int count, params ReadOnlySpan<(int Index, string Text)> others)
    {
        var texts = Enumerable.Range(0, count).Select(Right).ToArray();
        foreach (var (index, text) in others)
        {
            texts[index] = text;
        }

        return Of(texts);
    }

    public static string Right(int index) => $$$"""{"event":"e{{{index}}}","fields":{"cwl_id":"e{{{index}}}"}}""";

    public static string BadFields(int index) => $$$"""{"event":"e{{{index}}}","fields":{"cwl_id":{"a":1} } }""";

    public static IEnumerable<string> Ids(params IEnumerable<int> indexes) => indexes.Select(static i => $"e{i}");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        connections.Dispose();
        await Server.DisposeAsync();
    }

    private static EventText Of(string[] texts)
    {
        var all = Encoding.UTF8.GetBytes(string.Concat(texts));
        var starts = new int[texts.Length + 1];
        for (var index = 0; index < texts.Length; index++)
        {
            starts[index + 1] = starts[index] + Encoding.UTF8.GetByteCount(texts[index]);
        }

        return new(texts.Length, (from, to) => all.AsMemory(starts[from], starts[to] - starts[from]));
    }
}

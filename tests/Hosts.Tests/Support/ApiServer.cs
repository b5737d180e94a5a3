using AlertHub;
using AlertHub.Api;
using AlertHub.Api.Sns;
using AlertHub.Local;
using AlertHub.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Support;

/// <summary>The endpoints on a real server, over a storage that this test looks into.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiServer(WebApplication app) => this.app = app;

    public List<Inbound> Stored { get; } = [];

    /// <summary>What the storage says; null while it works.</summary>
    public string? StorageFault { get; set; }

    /// <summary>Storing waits for this.</summary>
    public Task StorageReady { get; set; } = Task.CompletedTask;

    /// <summary>Completes where something is about to be stored.</summary>
    public TaskCompletionSource Storing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What /sns logged.</summary>
    public required RecordedLog<SnsEndpoint> SnsLog { get; init; }

    public required HttpClient Http { get; init; }

    public static async Task<ApiServer> StartAsync(
        SnsPolicy policy,
        HttpMessageHandler toSns,
        TimeProvider time,
        bool loopbackOnly = true,
        long bodyBudgetBytes = BodyBudget.DefaultBytes
    )
    {
        var admission = new Admission(loopbackOnly, new BodyBudget(bodyBudgetBytes));
        var log = new RecordedLog<SnsEndpoint>();
        var app = WebHost.Create([new(System.Net.IPAddress.Loopback, 0)]);
        ApiServer? server = null;
        Keep keep = (messages, _, _) => server!.StoreAsync(messages);
        new Intake(keep, admission, time, NullLogger<Intake>.Instance).Map(app);
        new SnsEndpoint(keep, admission, policy, toSns, time, log).Map(app);
        Health.Map(app, _ => Task.Run(() => server!.Store([])));
        await app.StartAsync();
        return server = new(app)
        {
            Http = new() { BaseAddress = new(WebHost.Address(app)) },
            SnsLog = log,
        };
    }

    public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(int Status, string Text)> PostAsync(string path, string body) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body));

    private async Task<Kept> StoreAsync(IReadOnlyList<Inbound> messages)
    {
        Storing.TrySetResult();
        await StorageReady;
        return Store(messages);
    }

    private Kept Store(IReadOnlyList<Inbound> messages)
    {
        if (StorageFault is not null)
        {
            throw new StorageUnavailableException(StorageFault);
        }

        lock (Stored)
        {
            var isKnown = messages is [{ Id: { } id }] && Stored.Exists(stored => stored.Id == id);
            if (!isKnown)
            {
                Stored.AddRange(messages);
            }

            return new(messages.Count, isKnown);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

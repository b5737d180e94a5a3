using System.Text.Json.Nodes;
using AlertHub.Api.Sns;

namespace Hosts.Tests.Support;

/// <summary>A fake SNS, the endpoints it posts to and the clock of both.</summary>
internal sealed class SnsScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 7, 21, TimeSpan.Zero);

    private SnsScene(FakeSns sns, ManualClock clock, ApiServer server) => (Sns, Clock, Server) = (sns, clock, server);

    public FakeSns Sns { get; }

    public ManualClock Clock { get; }

    public ApiServer Server { get; }

    public static Task<SnsScene> StartAsync(params string[] topics) => StartAsync(new SnsPolicy { Topics = topics });

    public static async Task<SnsScene> StartAsync(SnsPolicy policy, int keyBits = 2048)
    {
        var (sns, clock) = (new FakeSns(Now, keyBits), new ManualClock(Now));
        return new(sns, clock, await ApiServer.StartAsync(policy, sns, clock));
    }

    public Task<(int Status, string Text)> PostAsync(JsonObject body) => Server.PostAsync("/sns", body.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Sns.Dispose();
    }
}

using System.Net;
using System.Net.Http.Json;
using AlertHub.Tests.Support;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>
/// What the functions may and never do, after they have done all that they do in a day without trouble. Left are: the end of a
/// group and what regroups it (DeleteItem, and all of Configure's and Sweep's on the state), documents of several parts
/// (BatchWriteItem, Query), a second try (Deliver to its own queue), what is overdue (Sweep's queues), a dead letter that is
/// sent again (Api to Deliver's queue), and poison (Ingest's quarantine).
/// </summary>
public abstract class Permissions(AppAssembly assembly)
{
    [Fact]
    public async Task What_is_allowed_and_never_used_is_known_with_its_reason()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config("group_wait: 0s, group_interval: 1s, repeat_interval: 1h"));
        await hub.Box.PublishAsync("AlarmsTopic", SampleEvents.Alarm().ToJsonString());
        await hub.Box.SendAsync("FlushQueue", "no work");
        await hub.Box.SendAsync("DeliverQueue", "no work");
        // More than one item holds: it is written in parts, and parts are deleted.
        await hub.PostAsync([.. Many(0, null)]);
        await hub.Slack.TakesAsync("Many");
        await hub.PostAsync([.. Many(1, null)]);
        await hub.PostAsync([.. Many(2, DateTimeOffset.UtcNow)]);
        await hub.Box.SettleAsync();
        await hub.Box.SweepAsync();
        using var changed = await hub.Api.PostAsJsonAsync("hub/config/rollback", new { version = 1 });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var shown = await hub.Api.GetAsync("api/v2/alerts");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        await hub.Box.SettleAsync();

        Approved.Matches("Infra/unused-permissions.txt", string.Join('\n', hub.Box.Unused.Select(Short).Order()));
    }

    private static IEnumerable<System.Text.Json.Nodes.JsonObject> Many(int round, DateTimeOffset? end) =>
        Enumerable
            .Range(0, 400)
            .Select(i => HubBox.Alert("Many", end, ("instance", $"node-{i}"), ("round", $"{round}")));

    /// <summary>Without what is random in the names of resources.</summary>
    private static string Short(string unused) =>
        System.Text.RegularExpressions.Regex.Replace(unused, "-[0-9a-f]{8}(?=[ /\"']|$)", "");
}

public sealed class ManagedPermissions(ManagedAssembly assembly)
    : Permissions(assembly),
        IClassFixture<ManagedAssembly>;

public sealed class NativePermissions(NativeAssembly assembly) : Permissions(assembly), IClassFixture<NativeAssembly>;

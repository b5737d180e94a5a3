using System.Runtime.InteropServices;
using AlertHub.Alerts;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Metrics;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Api.Web;

/// <summary>What is in the store, told when somebody asks for the metrics.</summary>
public static class HubGauges
{
    public static async Task RefreshAsync(Hub hub, HubMetrics metrics, DateTimeOffset now, CancellationToken ct)
    {
        Set(await hub.ReadAsync(ct), hub.Settings.Rules, metrics, now);
        metrics.BreakerOpen.Clear();
        foreach (var gate in hub.Destinations())
        {
            metrics.BreakerOpen[gate.Destination.ToString()].Set(gate.IsOpen);
        }
    }

    /// <summary>What follows from the configuration alone: after the start and each reload.</summary>
    public static void Set(HubRules rules, HubMetrics metrics)
    {
        var receivers = rules.Config.Receivers;
        metrics
            .Build[
                "",
                RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
                RuntimeInformation.RuntimeIdentifier.Split('-')[0],
                BuildVersion.Platform,
                BuildVersion.Own,
                BuildVersion.Alertmanager
            ]
            .Set(1);
        metrics.Receivers.Set(receivers.Count);
        metrics.Integrations.Set(receivers.Sum(static receiver => receiver.Integrations.Count));
        metrics.Announce(receivers.SelectMany(static r => r.Integrations).Select(static i => i.Kind));
    }

    internal static void Set(HubState state, HubRules rules, HubMetrics metrics, DateTimeOffset now)
    {
        var muters = state.Muters(rules.Intervals);
        TrackedAlert[] firing = [.. state.Alerts.Values.Where(alert => alert.IsFiring(now))];
        var muted = firing.Count(alert => muters.Mute(alert.Labels, now).IsMuted);
        metrics.Alerts["active"].Set(firing.Length - muted);
        metrics.Alerts["suppressed"].Set(muted);
        metrics.Groups.Set(state.Groups.Values.Count(static group => !group.Alerts.IsEmpty));

        var silences = state.Silences.All.ToLookup(silence => silence.State(now));
        metrics.Silences["active"].Set(silences[SilenceState.Active].Count());
        metrics.Silences["pending"].Set(silences[SilenceState.Pending].Count());
        metrics.Silences["expired"].Set(silences[SilenceState.Expired].Count());

        var deliveries = state
            .Groups.Values.SelectMany(static group => group.Deliveries)
            .Where(static delivery => !delivery.IsShown)
            .ToArray();
        var waiting = deliveries.Where(static delivery => !delivery.IsDead).ToArray();
        metrics.Undelivered.Set(waiting.Length);
        metrics.OldestUndelivered.Set(
            waiting.Length == 0 ? 0 : (now - waiting.Min(static delivery => delivery.Since)).TotalSeconds
        );
        metrics.DeadLetters.Set(deliveries.Length - waiting.Length);
    }
}

using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Notifying;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

/// <summary>
/// All of a state that outlives a crash, a line for each thing, so that two are compared as texts and a difference can be
/// read. Versions of groups are not in it: a heartbeat raises them and does not wait for the disk.
/// </summary>
internal static class StateText
{
    public static string Of(HubState state) =>
        string.Join(
            '\n',
            state
                .Alerts.Select(alert => $"alert {alert.Key:x16} {Of(alert.Value)}")
                .Concat(state.Groups.Values.Select(Of))
                .Concat(state.Silences.All.Select(Of))
                .Concat(state.Messages.Select(message => $"message {message.Key} {message.Value:O}"))
                .Order(StringComparer.Ordinal)
        );

    private static string Of(TrackedAlert alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(alert.Alert)} updated {alert.UpdatedAt:O} timeout {alert.IsTimeout}"
        );

    private static string Of(Alert alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Labels} {alert.Annotations} {alert.StartsAt:O} {alert.EndsAt:O} {alert.GeneratorUrl?.OriginalString}"
        );

    private static string Of(Silence silence) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"silence {silence.Id} {string.Join(',', silence.Matchers)} {silence.StartsAt:O} {silence.EndsAt:O} {silence.UpdatedAt:O} {silence.CreatedBy} {silence.Comment} {silence.Annotations}"
        );

    private static string Of(Announcement announcement) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{announcement.Integration} at {announcement.Timestamp:O} {announcement.Firing} {announcement.Resolved} {announcement.Open} {announcement.Receipt} {string.Join(", ", announcement.Muted.Select(Of))}"
        );

    private static string Of(MutedAlerts muted) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{muted.Alerts} by {muted.SilencedBy} until {muted.Until:O}: {muted.Comment}"
        );

    private static string Of(Group group)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"group {group.Id} due {group.Due:O} flushed {group.HasFlushed} {group.Id.Labels}"
        );
        foreach (var alert in group.Alerts.Values)
        {
            text.Append("; holds ").Append(Of(alert));
        }

        foreach (var announcement in group.Announcements)
        {
            text.Append("; knows ").Append(Of(announcement));
        }

        foreach (var delivery in group.Deliveries)
        {
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"; waits {delivery.Integration} {delivery.Number} {delivery.Reason} {delivery.Now:O} {delivery.RouteLabels}"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $" since {delivery.Since:O} due {delivery.Due:O} {delivery.Ambiguous} {delivery.Objection} {delivery.DiedAt:O}"
                )
                .Append(Of(delivery.Announcement))
                .AppendJoin(", ", delivery.Alerts.Select(Of));
        }

        return text.ToString();
    }
}

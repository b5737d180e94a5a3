using System.Globalization;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>Who keeps alerts of a message silent, until when, and why.</summary>
internal static class SlackMutes
{
    private const int Most = 3;

    /// <summary>Nothing where none is muted.</summary>
    public static IEnumerable<SlackBlock> Blocks(Notification notification)
    {
        if (notification.Muted.Count > 0)
        {
            yield return new SlackBlock.Section(Text(notification));
        }
    }

    /// <summary>A line for each silence, well below 3,000 characters in all.</summary>
    public static string Text(Notification notification)
    {
        var lines = notification.Muted.Take(Most).Select(muted => Line(muted, isAll: IsAll(notification, muted)));
        var more = notification.Muted.Skip(Most).Sum(static muted => muted.Alerts.Count);
        return string.Join('\n', more > 0 ? lines.Append($"and {Number(more)} more") : lines);
    }

    private static bool IsAll(Notification notification, MutedAlerts muted) =>
        notification is { IsMuted: true, Muted.Count: 1 } && muted.Alerts.Count == notification.Alerts.Count;

    private static string Line(MutedAlerts muted, bool isAll)
    {
        if (muted.Until is not { } until)
        {
            return $"{What("inhibited")} by other alerts";
        }

        var by = string.IsNullOrWhiteSpace(muted.SilencedBy) ? "" : $" by {SlackText.Code(muted.SilencedBy, 90)}";
        var why = string.IsNullOrWhiteSpace(muted.Comment)
            ? ""
            : $": {SlackText.Escape(muted.Comment.ReplaceLineEndings(" "), 200)}";
        return $"{What("silenced")}{by} until {SlackParts.Time(until)}{why}";

        string What(string state) =>
            isAll ? $"*{char.ToUpperInvariant(state[0])}{state[1..]}*" : $"*{Number(muted.Alerts.Count)} {state}*";
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

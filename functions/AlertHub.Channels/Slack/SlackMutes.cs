using System.Globalization;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>Who keeps alerts of a message silent, until when, and why.</summary>
internal static class SlackMutes
{
    /// <summary>Nothing where none is muted.</summary>
    public static IEnumerable<SlackBlock> Blocks(Notification notification)
    {
        if (notification.Muted.Count > 0)
        {
            yield return new SlackBlock.Section(Text(notification));
        }
    }

    /// <summary>A line for each entry, well below 3,000 characters in all.</summary>
    /// <param name="notification">What is told or shown.</param>
    /// <param name="isQuoted">Whether people's own words may be in it.</param>
    public static string Text(Notification notification, bool isQuoted = true) =>
        string.Join('\n', notification.Muted.Select(muted => Line(muted, IsAll(notification, muted), isQuoted)));

    private static bool IsAll(Notification notification, MutedAlerts muted) =>
        notification is { IsMuted: true, Muted.Count: 1 } && muted.Alerts.Count == notification.Alerts.Count;

    private static string Line(MutedAlerts muted, bool isAll, bool isQuoted)
    {
        if (muted.Until is not { } until)
        {
            return $"{What("inhibited")} by other alerts";
        }

        var by =
            !isQuoted || string.IsNullOrWhiteSpace(muted.SilencedBy)
                ? ""
                : $" by {SlackText.Code(muted.SilencedBy, 90)}";
        var why =
            !isQuoted || string.IsNullOrWhiteSpace(muted.Comment)
                ? ""
                : $": {SlackText.Escape(muted.Comment.ReplaceLineEndings(" "), 200)}";
        return $"{What("silenced")}{by} until {SlackParts.Time(until)}{why}";

        string What(string state) =>
            isAll ? $"*{char.ToUpperInvariant(state[0])}{state[1..]}*" : $"*{Number(muted.Alerts.Count)} {state}*";
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

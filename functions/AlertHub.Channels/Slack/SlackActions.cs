using System.Security.Cryptography;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>
/// What somebody answers when a button of a message is pressed. Slack tells an app of every press, that of a link, too, and
/// shows a warning beside the button where nobody answers
/// (https://docs.slack.dev/reference/block-kit/block-elements/button-element): so where there is none of this, links stand in a line.
/// </summary>
internal sealed record SlackActions
{
    public const string AcknowledgeId = "alerthub_acknowledge";

    public const string SilenceId = "alerthub_silence";

    /// <summary>Followed by the place of the link, as ids differ within a block.</summary>
    public const string OpenId = "alerthub_open_";

    public bool Acknowledges { get; init; }

    public bool Silences { get; init; }

    /// <summary>By which a press names its group, of 35 characters: <c>v1:</c> and a hash of its receiver and key.</summary>
    public static string Value(Notification notification) =>
        "v1:"
        + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{notification.Receiver}/{notification.GroupKey}")).AsSpan(0, 16)
        );

    /// <summary>What can be done about what fires, if it has a group, and then the links.</summary>
    public IEnumerable<SlackBlock.Button> Buttons(
        Notification notification,
        IEnumerable<(string Label, string Address)> links
    )
    {
        var isOpen = notification is { Status: AlertStatus.Firing, GroupKey.Length: > 0 };
        if (isOpen && Acknowledges)
        {
            yield return new("Acknowledge", AcknowledgeId) { Value = Value(notification), IsPrimary = true };
        }

        if (isOpen && Silences)
        {
            yield return new("Silence", SilenceId) { Value = Value(notification) };
        }

        foreach (var (index, (label, address)) in links.Index())
        {
            yield return new(label, $"{OpenId}{index}") { Url = address };
        }
    }
}

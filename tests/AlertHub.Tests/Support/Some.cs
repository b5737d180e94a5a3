using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Matching;
using AlertHub.Notifying;
using AlertHub.Sources;
using AlertHub.Templates;

namespace AlertHub.Tests.Support;

/// <summary>Things a test needs but does not care about.</summary>
internal static class Some
{
    /// <summary>The moment at which the tests run: a few minutes after what events/ tells of.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 25, 0, TimeSpan.Zero);

    public static Labels Labels(params IEnumerable<(string Name, string Value)> labels) =>
        AlertHub.Alerts.Labels.Of(labels.Select(l => new Label(l.Name, l.Value)));

    public static Alert Alert(string name = "Something", Labels? labels = null, Labels? annotations = null) =>
        new()
        {
            Labels = AlertHub.Alerts.Labels.Of([new(Label.AlertName, name), .. labels ?? AlertHub.Alerts.Labels.Empty]),
            Annotations = annotations ?? AlertHub.Alerts.Labels.Empty,
            StartsAt = Now.AddMinutes(-5),
        };

    public static Alert Resolved(string name = "Something", Labels? labels = null, Labels? annotations = null) =>
        Alert(name, labels, annotations) with
        {
            EndsAt = Now.AddMinutes(-1),
        };

    public static Matcher Matcher(string name, MatchOperator matchOperator, string value) =>
        AlertHub.Matching.Matcher.Create(name, matchOperator, value, out var objection)
        ?? throw new FormatException(objection);

    /// <summary>Matchers as they are written in configurations.</summary>
    public static IReadOnlyList<Matcher> Matchers(string text) =>
        MatcherSyntax.Parse(text, out var objection) ?? throw new FormatException(objection);

    public static IReadOnlyList<Alert> AlertsNumbering(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Alert("Something", Labels(("instance", $"host-{i}"))))];

    public static Notification Notification(params IReadOnlyList<Alert> alerts) =>
        new() { Alerts = alerts.Count == 0 ? [Alert()] : alerts, Now = Now };

    public static NotificationTemplates Templates { get; } = NotificationTemplates.Default;

    /// <summary>What channels are made of, with secrets written out and those of files.</summary>
    public static ChannelParts Parts(TimeProvider? time = null) =>
        new()
        {
            Secrets = new LocalSecretSource(static _ => null),
            Templates = Templates,
            Console = TextWriter.Null,
            Time = time ?? TimeProvider.System,
            Variable = static _ => null,
        };

    /// <summary>The notifications a host makes of an event.</summary>
    public static IReadOnlyList<Notification> NotificationsOf(ReadOnlyMemory<byte> message) =>
        [.. Envelope.Open(message, Now).Select(Source.Tell)];
}

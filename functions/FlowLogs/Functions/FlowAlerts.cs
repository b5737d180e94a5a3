using System.Globalization;
using AlertHub.Aws.Notices;
using FlowLogs.Measures;

namespace FlowLogs.Functions;

/// <summary>What the hub is told. The same thing has the same labels, so that a second telling is the same alert.</summary>
internal static class FlowAlerts
{
    /// <summary>A burst is over when no other follows.</summary>
    private static readonly TimeSpan BurstLasts = TimeSpan.FromMinutes(10);

    /// <summary>A person has to see to it.</summary>
    private static readonly TimeSpan TokenLasts = TimeSpan.FromHours(4);

    public static HubAlert Of(RejectBurst burst, string stage, DateTimeOffset now) =>
        new()
        {
            Labels =
            [
                ("alertname", "FlowLogRejectBurst"),
                ("severity", "warning"),
                ("stage", stage),
                ("source_address", burst.Source),
            ],
            Annotations =
            [
                (
                    "summary",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{burst.Count} flows of {burst.Source} were rejected in the minute of {burst.Window:HH':'mm} UTC"
                    )
                ),
                (
                    "description",
                    burst.Targets.Count > 0
                        ? $"Among what it tried: {string.Join(", ", burst.Targets)}."
                        : "The format does not say what it tried."
                ),
            ],
            StartsAt = burst.Window,
            EndsAt = now + BurstLasts,
        };

    public static HubAlert OfToken(string reason, string stage, DateTimeOffset now) =>
        new()
        {
            Labels = [("alertname", "FlowLogTokenRefused"), ("severity", "critical"), ("stage", stage)],
            Annotations =
            [
                ("summary", $"Splunk takes no flow logs: {reason}"),
                (
                    "description",
                    "Until it has a token that is accepted, all flow logs go to the backup and are delivered from there. "
                        + "Enable the token, or write another one into its parameter."
                ),
            ],
            StartsAt = now,
            EndsAt = now + TokenLasts,
        };
}

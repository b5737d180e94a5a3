using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>Bytes to alerts.</summary>
public static class Source
{
    /// <summary>What a message says. Never throws, never returns nothing: what it cannot read is an alert that shows what came.</summary>
    public static Reading Read(Inbound inbound, DateTimeOffset now) =>
        new()
        {
            Kind = "unknown",
            Alerts = [new() { Labels = Labels.Of(new Label(Label.AlertName, "Unrecognised message")), StartsAt = now }],
        };
}

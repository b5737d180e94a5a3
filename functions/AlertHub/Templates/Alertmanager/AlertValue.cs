using AlertHub.Alerts;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>template.Alert: one alert as templates see it.</summary>
internal sealed class AlertValue : RecordValue
{
    public static GoType AlertType { get; } = GoType.Named("template.Alert", GoKind.Struct);

    private static readonly string[] FieldNames =
    [
        "Status",
        "Labels",
        "Annotations",
        "StartsAt",
        "EndsAt",
        "GeneratorURL",
        "Fingerprint",
    ];

    private static readonly string[] NamesInJson =
    [
        "status",
        "labels",
        "annotations",
        "startsAt",
        "endsAt",
        "generatorURL",
        "fingerprint",
    ];

    public required string Status { get; init; }

    public required KeyValues Labels { get; init; }

    public required KeyValues Annotations { get; init; }

    public required TimeValue StartsAt { get; init; }

    public required TimeValue EndsAt { get; init; }

    public required string GeneratorUrl { get; init; }

    public required string Fingerprint { get; init; }

    public override GoType Type => AlertType;

    public override IReadOnlyList<string> Fields => FieldNames;

    public override IReadOnlyList<string> JsonNames => NamesInJson;

    /// <summary>An alert at the moment of its notification. While it fires it has no end, whenever it will time out.</summary>
    public static AlertValue Of(Alert alert, DateTimeOffset now)
    {
        var isFiring = alert.Status(now) == AlertStatus.Firing;
        return new()
        {
            Status = Word(isFiring),
            Labels = new(alert.Labels),
            Annotations = new(Annotation.Told(alert.Annotations)),
            StartsAt = new(GoTime.Of(alert.StartsAt)),
            EndsAt = new(isFiring || alert.EndsAt is not { } end ? GoTime.Zero : GoTime.Of(end)),
            GeneratorUrl = alert.GeneratorUrl?.OriginalString ?? "",
            Fingerprint = alert.Labels.FingerprintText,
        };
    }

    public static string Word(bool isFiring) => isFiring ? "firing" : "resolved";

    public override bool TryField(string name, out object? value)
    {
        value = name switch
        {
            "Status" => Status,
            "Labels" => Labels,
            "Annotations" => Annotations,
            "StartsAt" => StartsAt,
            "EndsAt" => EndsAt,
            "GeneratorURL" => GeneratorUrl,
            "Fingerprint" => Fingerprint,
            _ => null,
        };
        return value is not null;
    }
}

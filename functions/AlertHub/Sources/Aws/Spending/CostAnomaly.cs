using System.Globalization;
using System.Text.Json;

namespace AlertHub.Sources.Aws.Spending;

/// <summary>Spending that Cost Anomaly Detection did not expect. It is told while it lasts; nothing says that it is over.</summary>
internal static class CostAnomaly
{
    public static AwsKind Kind { get; } = AwsKind.OfEither("cost-anomaly", "aws.ce", ["Anomaly Detected"], Tell);

    private static AwsStory? Tell(JsonElement anomaly)
    {
        if (
            anomaly.Text("anomalyId") is not { } id
            || anomaly.Member("impact") is not { } impact
            || anomaly.Text("monitorArn") is not { } monitor
        )
        {
            return null;
        }

        var causes = anomaly.Items("rootCauses").ToList();
        var service = causes.Select(static cause => cause.Text("service")).FirstOrDefault() ?? Dimension(anomaly);
        return new()
        {
            Name = "AWS cost anomaly",
            Identity = id,
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            Summary =
                $"{service ?? "An account"}: {Amount(impact, "totalImpact")} more than expected{(impact.Number("totalImpactPercentage") is { } percent ? $" (+{percent.ToString("0", CultureInfo.InvariantCulture)}%)" : "")}{Since(anomaly)}",
            Description = string.Join('\n', causes.Select(Cause)),
            Resource = service,
            Account = anomaly.Text("accountId"),
            Facts =
            [
                new("spent", Amount(impact, "totalActualSpend")),
                new("expected", Amount(impact, "totalExpectedSpend")),
                new("monitor", anomaly.Text("monitorName") ?? AwsWords.Last(monitor)),
                new("anomaly_url", anomaly.Text("anomalyDetailsLink") ?? ""),
            ],
        };
    }

    /// <summary>The event and the message do not spell it alike.</summary>
    private static string? Dimension(JsonElement anomaly) =>
        anomaly.Text("dimensionValue") ?? anomaly.Text("dimensionalValue");

    /// <summary>In US dollars, as Cost Explorer counts.</summary>
    private static string Amount(JsonElement impact, string member) =>
        impact.Number(member) is { } amount ? $"${amount.ToString("0.00", CultureInfo.InvariantCulture)}" : "";

    private static string Since(JsonElement anomaly) =>
        anomaly.Time("anomalyStartDate") is { } start
            ? $" since {start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
            : "";

    private static string Cause(JsonElement cause) =>
        string.Join(
            ", ",
            new[]
            {
                cause.Text("service"),
                cause.Text("usageType"),
                cause.Text("region"),
                cause.Text("linkedAccountName") ?? cause.Text("linkedAccount"),
                cause.Member("impact") is { } impact ? Amount(impact, "contribution") : null,
            }.Where(static part => !string.IsNullOrEmpty(part))
        );
}

using AlertHub.Aws;
using AlertHub.Picturing;
using Amazon.CloudWatch;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// Graphs that CloudWatch draws (GetMetricWidgetImage: at most 20 a second; not in GovCloud; authorized for <c>*</c> only).
/// </summary>
/// <param name="cloudWatch">Asked for them.</param>
/// <param name="account">
/// The hub's own: of another's metrics CloudWatch draws an empty graph. Null where it is not known; then it is asked for all.
/// </param>
/// <param name="time">The hub's.</param>
/// <param name="log">Why there is none.</param>
internal sealed partial class MetricImages(
    IAmazonCloudWatch cloudWatch,
    string? account,
    TimeProvider time,
    ILogger<MetricImages> log
)
{
    /// <summary>A message is not to wait for its picture.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>For <see cref="Pictures"/>: the PNG, or null.</summary>
    public async Task<ReadOnlyMemory<byte>?> AskAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        if (Objection(request) is { } objection)
        {
            NotAsked(objection);
            return null;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var response = await cloudWatch
                .GetMetricWidgetImageAsync(new() { MetricWidget = request.Widget, OutputFormat = "png" }, either.Token)
                .ConfigureAwait(false);
            if (response.MetricWidgetImage is { } image)
            {
                return image.ToArray();
            }

            NoImage("the answer has none");
        }
        catch (Exception e) when (AwsTrouble.Is(e, cancellationToken))
        {
            NoImage(patience.IsCancellationRequested ? $"it took longer than {Patience.TotalSeconds} s" : Reason(e));
        }

        return null;
    }

    private string? Objection(ImageRequest request) =>
        request.Region?.StartsWith("us-gov-", StringComparison.Ordinal) == true ? "GovCloud has none"
        : account is not null && request.Account is not null && request.Account != account
            ? $"the alarm is of account {request.Account}"
        : null;

    private static string Reason(Exception e) =>
        e is AmazonCloudWatchException { ErrorCode: { Length: > 0 } code } ? code : e.GetType().Name;

    [LoggerMessage(LogLevel.Debug, "CloudWatch is not asked for a graph: {Objection}")]
    private partial void NotAsked(string objection);

    [LoggerMessage(LogLevel.Warning, "CloudWatch gave no graph: {Reason}; it is drawn from what the alarm tells")]
    private partial void NoImage(string reason);
}

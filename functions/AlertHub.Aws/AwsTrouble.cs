using Amazon.Runtime;

namespace AlertHub.Aws;

/// <summary>What calls to AWS end with when AWS, or the way to it, is at fault and no code of ours.</summary>
internal static class AwsTrouble
{
    /// <param name="e">What was thrown. A client whose time is up throws what it was just doing.</param>
    /// <param name="cancellationToken">Of the call: that is the caller's own will.</param>
    public static bool Is(Exception e, CancellationToken cancellationToken) =>
        e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

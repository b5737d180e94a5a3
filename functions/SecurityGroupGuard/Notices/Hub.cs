using AlertHub.Aws.Notices;

namespace SecurityGroupGuard.Notices;

/// <summary>Tells the alert hub.</summary>
internal sealed class Hub(HubQueue queue, TimeProvider time)
{
    /// <summary>It is kept once this has returned.</summary>
    public Task TellAsync(Notice notice, CancellationToken cancellationToken) =>
        queue.TellAsync(notice.ToAlert(time.GetUtcNow()), cancellationToken);
}

using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>
/// Asks a program whether it is healthy, many times a second, and remembers when the answer was late. That is late when
/// the machine, this process or the program stood still: then the times of that moment prove nothing.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>About as many as a scenario has.</summary>
    private const int TicksOfAGroup = 7;

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Planned, DateTimeOffset Answered)> beats = [];
    private readonly Func<AlertmanagerApi> api;
    private readonly Task beating;
    private DateTimeOffset? waitingSince;

    public Heartbeat(Func<AlertmanagerApi> api)
    {
        this.api = api;
        beating = BeatAsync();
    }

    /// <summary>
    /// How late times between these two may have been, in milliseconds. That is as much as the latest answer was, or is
    /// where it is still to come; or what adds up where all are late, because a group's next tick counts from its last.
    /// </summary>
    public int LateMs(DateTimeOffset from, DateTimeOffset to)
    {
        lock (gate)
        {
            IEnumerable<(DateTimeOffset Planned, DateTimeOffset Answered)> waiting = waitingSince is { } since
                ? [(since, DateTimeOffset.UtcNow)]
                : [];
            double[] late =
            [
                0,
                .. beats
                    .Concat(waiting)
                    .Where(b => b.Answered >= from && b.Planned <= to)
                    .Select(b => (b.Answered - b.Planned).TotalMilliseconds),
            ];
            return (int)Math.Max(late.Max(), late.Average() * TicksOfAGroup);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
    }

    private void Waits(DateTimeOffset? since)
    {
        lock (gate)
        {
            waitingSince = since;
        }
    }

    private async Task BeatAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var planned = DateTimeOffset.UtcNow + Interval;
            Waits(planned);
            try
            {
                await Task.Delay(Interval, stop.Token);
                await api().GetAsync("-/healthy", stop.Token);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or HttpRequestException or ObjectDisposedException)
            {
                // It is being restarted, or the round is over.
                Waits(null);
                continue;
            }

            lock (gate)
            {
                beats.Add((planned, DateTimeOffset.UtcNow));
            }
        }
    }
}

namespace FlowLogs.Hec;

/// <summary>
/// Sends events to one HEC and says of each what became of it. Throws for nothing that HEC, the network or the deadline does.
/// </summary>
/// <param name="http">Follows no redirect, which would carry the token elsewhere, and has no timeout of its own.</param>
/// <param name="settings">Checked by whoever read them.</param>
/// <param name="breaker">Shared by all that send with the same token.</param>
/// <param name="time">For waits and deadlines.</param>
/// <param name="chance">From 0 up to 1, safe to call from many threads: <c>Random.Shared.NextDouble</c>.</param>
internal sealed class HecClient(
    HttpClient http,
    HecSettings settings,
    HecBreaker breaker,
    TimeProvider time,
    Func<double> chance
)
{
    private readonly HecPost post = new(http, settings, breaker, time);
    private readonly Lock gate = new();
    private int width = settings.InFlight;
    private bool acknowledges = settings.Channel is not null;
    private int toldOfNoAcks;

    /// <summary>Ends soon after <paramref name="cancellationToken"/>, with what is left undelivered.</summary>
    /// <remarks>
    /// An event is sent twice only where HEC did not say that it took it: a connection or an answer was lost, or the place
    /// where HEC stopped was not named.
    /// </remarks>
    public async Task<HecDelivery> SendAsync(EventText events, CancellationToken cancellationToken)
    {
        var sending = new Sending(post, settings, time, chance, () => Interlocked.Exchange(ref toldOfNoAcks, 1) == 0);
        var delivery = await sending
            .RunAsync(events, Volatile.Read(ref width), Volatile.Read(ref acknowledges), cancellationToken)
            .ConfigureAwait(false);
        lock (gate)
        {
            acknowledges &= sending.Acknowledges;
            // Down as far as HEC asked, and up again by one once it asks no more.
            width = sending.SlowedDown ? Math.Min(width, sending.Width) : Math.Min(settings.InFlight, width + 1);
        }

        return delivery;
    }
}

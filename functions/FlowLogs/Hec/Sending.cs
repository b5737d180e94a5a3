using System.Collections.Concurrent;

namespace FlowLogs.Hec;

/// <summary>Events on their way: which are left, what became of the others. Used once.</summary>
internal sealed partial class Sending(
    HecPost post,
    HecSettings settings,
    TimeProvider time,
    Func<double> chance,
    Func<bool> isFirstWithoutAcks
)
{
    private const string TimeIsUp = "time is up";

    private readonly ConcurrentQueue<Piece> batches = [];
    private readonly ConcurrentQueue<HecNotice> notices = [];
    private readonly Lock gate = new();
    private readonly Dictionary<long, List<Piece>> unacknowledged = [];
    private EventText events = new(0, static (_, _) => default);
    private Fate?[] fates = [];
    private int posts;

    /// <summary>Posts at once. A lane whose number is not below it ends with the batch that it has.</summary>
    public int Width { get; private set; }

    public bool SlowedDown { get; private set; }

    /// <summary>Acknowledgements are waited for, until HEC says that the token has none.</summary>
    public bool Acknowledges { get; private set; }

    public async Task<HecDelivery> RunAsync(
        EventText all,
        int width,
        bool acknowledges,
        CancellationToken cancellationToken
    )
    {
        (events, fates, Width, Acknowledges) = (all, new Fate?[all.Count], width, acknowledges);
        foreach (var batch in Piece.Batches(events, settings))
        {
            if (batch.Count == 1 && events.Bytes(batch.From) is var bytes && bytes > settings.MostBytes)
            {
                Mark(batch.From, batch.To, TooLarge($"{bytes} bytes, and {settings.MostBytes} are the most of a post"));
                continue;
            }

            batches.Enqueue(batch);
        }

        await Task.WhenAll(Enumerable.Range(0, width).Select(lane => LaneAsync(lane, cancellationToken)))
            .ConfigureAwait(false);
        await AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
        return new()
        {
            Fates = [.. fates.Select(static fate => fate ?? new Fate.Undelivered(TimeIsUp))],
            Notices = [.. notices],
            Posts = posts,
            SlowedDown = SlowedDown,
        };
    }

    private async Task LaneAsync(int lane, CancellationToken cancellationToken)
    {
        while (lane < Width && !cancellationToken.IsCancellationRequested && batches.TryDequeue(out var batch))
        {
            var left = new Stack<Piece>([batch]);
            while (left.TryPop(out var piece))
            {
                await DeliverAsync(piece, left, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task DeliverAsync(Piece piece, Stack<Piece> left, CancellationToken cancellationToken)
    {
        if (piece.Count == 0)
        {
            return;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            Mark(piece.From, piece.To, new Fate.Undelivered(TimeIsUp));
            return;
        }

        Interlocked.Increment(ref posts);
        var body = piece.Body(events, settings.Gzip);
        var (answer, opened) = await post.EventsAsync(body.Bytes, cancellationToken).ConfigureAwait(false);
        if (answer is HecAnswer.Accepted)
        {
            // It was read to its end: only a request that failed or was given up may be read from yet.
            body.Return();
        }

        if (opened && answer is HecAnswer.Refused { Reason: var why })
        {
            notices.Enqueue(new HecNotice.Opened(why));
        }

        switch (answer)
        {
            case HecAnswer.Accepted accepted:
                Take(piece, accepted);
                break;
            case HecAnswer.Stopped stopped:
                Step(piece, stopped, left);
                break;
            case HecAnswer.TooLarge:
                Divide(piece, left, TooLarge("HTTP 413"));
                break;
            case HecAnswer.TryAgain again:
                await RetryAsync(piece, again, left, cancellationToken).ConfigureAwait(false);
                break;
            case HecAnswer.Refused refused:
                // The index is the function's, not the event's: what is refused of one is refused of those behind it.
                var first = Accept(piece, refused.At);
                Mark(first, piece.To, new Fate.Refused(refused.Kind, refused.Reason));
                break;
            case HecAnswer.AckDisabled:
                WithoutAcks();
                await RetryAsync(piece, new(null, "acknowledgement is off (HEC code 14)"), left, cancellationToken)
                    .ConfigureAwait(false);
                break;
            default:
                Mark(piece.From, piece.To, new Fate.Undelivered(TimeIsUp));
                break;
        }
    }

    private void Take(Piece piece, HecAnswer.Accepted accepted)
    {
        if (accepted.SlowDown)
        {
            lock (gate)
            {
                (Width, SlowedDown) = (Math.Max(1, Width / 2), true);
            }
        }

        if (Acknowledges && accepted.Ack is { } ack)
        {
            lock (gate)
            {
                (unacknowledged.TryGetValue(ack, out var pieces) ? pieces : unacknowledged[ack] = []).Add(piece);
            }

            return;
        }

        if (Acknowledges)
        {
            // Asked for what has no id, HEC would have nothing to say.
            TellOfNoAcks();
        }

        Mark(piece.From, piece.To, Fate.Accepted.One);
    }

    private void Step(Piece piece, HecAnswer.Stopped stopped, Stack<Piece> left)
    {
        // A number beyond the events is no place among them.
        if (stopped.At is not { } at || at >= piece.Count)
        {
            if (piece.Count > 1)
            {
                Divide(piece, left, new(Refusal.Event, stopped.Reason));
                return;
            }

            at = 0;
        }

        var index = Accept(piece, at);
        if (stopped.Then == Remedy.Strip && (at > 0 || piece.Stripped is null))
        {
            if (Piece.Strip(events.Text(index, index + 1)) is { } stripped)
            {
                left.Push(new(index, piece.To) { Stripped = stripped });
                return;
            }
        }

        Mark(index, index + 1, new Fate.Refused(Refusal.Event, stopped.Reason));
        left.Push(new(index + 1, piece.To));
    }

    private void Divide(Piece piece, Stack<Piece> left, Fate.Refused single)
    {
        if (piece.Count == 1)
        {
            Mark(piece.From, piece.To, single);
            return;
        }

        var (first, second) = piece.Halves();
        left.Push(second);
        left.Push(first);
    }

    private async Task RetryAsync(
        Piece piece,
        HecAnswer.TryAgain again,
        Stack<Piece> left,
        CancellationToken cancellationToken
    )
    {
        var rest = piece.Behind(Accept(piece, again.At));
        rest = rest with { Attempts = rest.Attempts + 1 };
        if (rest.Attempts >= settings.Attempts)
        {
            Mark(rest.From, rest.To, new Fate.Undelivered($"{again.Reason}, {rest.Attempts} times"));
            return;
        }

        if (again.After > settings.LongestWait)
        {
            Mark(
                rest.From,
                rest.To,
                new Fate.Undelivered($"{again.Reason}; asks to wait {again.After.Value.TotalSeconds:0} s")
            );
            return;
        }

        // Full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), not before HEC allows it.
        var most = Math.Min(settings.FirstWait.Ticks * Math.Pow(2, rest.Attempts - 1), settings.LongestWait.Ticks);
        var wait = (again.After ?? TimeSpan.Zero) + TimeSpan.FromTicks((long)(most * chance()));
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested)
        {
            Mark(rest.From, rest.To, new Fate.Undelivered($"{TimeIsUp}; {again.Reason}"));
            return;
        }

        left.Push(rest);
    }

    /// <summary>The first event that HEC did not take.</summary>
    private int Accept(Piece piece, int? at)
    {
        var first = piece.From + (at < piece.Count ? at.Value : 0);
        Mark(piece.From, first, Fate.Accepted.One);
        return first;
    }

    private void Mark(int from, int to, Fate fate) => Array.Fill(fates, fate, from, to - from);

    private static Fate.Refused TooLarge(string why) => new(Refusal.Event, $"the event is too large: {why}");
}

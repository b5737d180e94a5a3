namespace FlowLogs.Hec;

internal sealed partial class Sending
{
    /// <summary>
    /// Asks until all is indexed or the wait is over. An answer that is lost takes its acknowledgements with it, since HEC
    /// tells each once: those events count as undelivered, and may be there twice in the end.
    /// </summary>
    private async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var reason = "HEC did not acknowledge it";
        while (unacknowledged.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            if (!Acknowledges)
            {
                AcknowledgeAll();
                return;
            }

            var (answer, opened) = await post.AcksAsync(unacknowledged.Keys, cancellationToken).ConfigureAwait(false);
            switch (answer)
            {
                case HecAnswer.Acks acks:
                    Acknowledge(acks.Done);
                    break;
                case HecAnswer.AckDisabled:
                    WithoutAcks();
                    continue;
                case HecAnswer.TryAgain again:
                    reason = $"no acknowledgement, {again.Reason}";
                    break;
                case HecAnswer.Refused refused:
                    if (opened)
                    {
                        notices.Enqueue(new HecNotice.Opened(refused.Reason));
                    }

                    GiveUp($"no acknowledgement, {refused.Reason}");
                    return;
                default:
                    GiveUp("no acknowledgement before time was up");
                    return;
            }

            if (unacknowledged.Count > 0 && time.GetUtcNow() - began + settings.AckInterval > settings.AckWait)
            {
                break;
            }

            if (unacknowledged.Count > 0)
            {
                await Task.Delay(settings.AckInterval, time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        GiveUp(
            cancellationToken.IsCancellationRequested
                ? "no acknowledgement before time was up"
                : $"{reason} within {settings.AckWait.TotalSeconds:0.###} s"
        );
    }

    private void Acknowledge(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            if (unacknowledged.Remove(id, out var pieces))
            {
                pieces.ForEach(piece => Mark(piece.From, piece.To, Fate.Accepted.One));
            }
        }
    }

    private void AcknowledgeAll() => Acknowledge([.. unacknowledged.Keys]);

    private void GiveUp(string reason)
    {
        foreach (var piece in unacknowledged.Values.SelectMany(static pieces => pieces))
        {
            Mark(piece.From, piece.To, new Fate.Undelivered(reason));
        }

        unacknowledged.Clear();
    }

    private void WithoutAcks()
    {
        Acknowledges = false;
        TellOfNoAcks();
    }

    private void TellOfNoAcks()
    {
        if (isFirstWithoutAcks())
        {
            notices.Enqueue(new HecNotice.NoAcknowledgement());
        }
    }
}

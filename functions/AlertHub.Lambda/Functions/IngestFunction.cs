using System.Diagnostics.CodeAnalysis;
using AlertHub.Alerts;
using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Lambda.Queues;
using AlertHub.Sources;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// Messages of a queue in, whatever producer and topic they are from, or any event that somebody invokes it with; alerts into
/// the store. What it fails at again and again is announced as it came, and put aside.
/// </summary>
internal sealed partial class IngestFunction(
    FindHub find,
    Quarantine quarantine,
    MetricLog metrics,
    TimeProvider time,
    ILogger<IngestFunction> log
)
{
    /// <summary>So often a message may be the cause of a fault.</summary>
    private const int MostFaults = 3;

    /// <summary>
    /// What came more often is worked on by itself, and last: it may be what ends the function by force. It may as well have
    /// waited for a storage that was out of reach.
    /// </summary>
    private const int MostInBatch = 10;

    /// <summary>What came more often, which takes hours, is put aside untried.</summary>
    private const int MostReceives = 50;

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var messages = await QueueBatch.ReadAsync(input, time.GetUtcNow()).ConfigureAwait(false);
        using var deadline = new Deadline(context, time);
        var at = await find(deadline.Token).ConfigureAwait(false);
        var suspects = messages.Where(static message => message.Queue?.Receives > MostInBatch).ToArray();
        List<(Inbound Message, string Reason)> failed = await KeepAsync(
                at,
                [.. messages.Except(suspects)],
                deadline.Token
            )
            .ConfigureAwait(false);
        foreach (var suspect in suspects.OrderBy(static suspect => suspect.Queue?.Receives))
        {
            failed.AddRange(
                suspect.Queue?.Receives > MostReceives
                    ? await PutAsideAsync(
                            at,
                            suspect,
                            $"it was received {suspect.Queue.Receives} times, and never worked on to its end",
                            deadline.Token
                        )
                        .ConfigureAwait(false)
                    : await KeepAsync(at, [suspect], deadline.Token).ConfigureAwait(false)
            );
        }

        return failed.Count == 0 && messages.All(static message => message.Queue is null) ? Stream.Null
            : messages.All(static message => message.Queue is not null)
                ? QueueBatch.Answer([.. failed.Select(static each => each.Message)])
            : throw new DeliveryFailedException(
                $"{failed.Count} of {messages.Count} messages were not kept: {string.Join("; ", failed.Select(static each => each.Reason).Distinct())}"
            );
    }

    /// <summary>All at once, and where that is a fault one by one, to find whose.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One fault must not take the others of the batch with it.")]
    private async Task<List<(Inbound, string)>> KeepAsync(HubAtWork at, Inbound[] messages, CancellationToken ct)
    {
        if (messages.Length == 0)
        {
            return [];
        }

        try
        {
            Kept(messages.Length, await at.Keeper.KeepAsync(messages, Labels.Empty, ct).ConfigureAwait(false));
            return [];
        }
        catch (StorageUnavailableException e)
        {
            NotKept(messages.Length, e.Message);
            return [.. messages.Select(message => (message, e.Message))];
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            NotKept(messages.Length, "the function's time was up");
            return [.. messages.Select(static message => (message, "the function's time was up"))];
        }
        catch (Exception) when (messages.Length > 1)
        {
            var failed = new List<(Inbound, string)>();
            foreach (var message in messages)
            {
                failed.AddRange(await KeepAsync(at, [message], ct).ConfigureAwait(false));
            }

            return failed;
        }
        catch (Exception e)
        {
            // Without its message, which may quote a secret.
            var reason = $"a fault in AlertHub, {e.GetType().Name}";
            Broken(messages[0].Id ?? "without id", e.GetType().Name, e.StackTrace?.Trim() ?? "");
            return messages[0].Queue?.Receives >= MostFaults
                ? await PutAsideAsync(at, messages[0], reason, ct).ConfigureAwait(false)
                : [(messages[0], reason)];
        }
    }

    /// <summary>People are told first: who looks into a queue that nobody told of?</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What is not put aside is given again.")]
    private async Task<List<(Inbound, string)>> PutAsideAsync(
        HubAtWork at,
        Inbound message,
        string reason,
        CancellationToken ct
    )
    {
        try
        {
            await at.Keeper.KeepRawAsync(message, reason, ct).ConfigureAwait(false);
            await quarantine.PutAsync(message, reason, ct).ConfigureAwait(false);
            PutAside(message.Id ?? "without id", reason);
            metrics.Write(Metric.Count(Names.QuarantinedMetric, 1));
            return [];
        }
        catch (Exception e)
        {
            NotPutAside(message.Id ?? "without id", reason, e.GetType().Name);
            return [(message, reason)];
        }
    }

    private void Kept(int messages, Kept kept)
    {
        if (kept.IsKnown)
        {
            CameBefore(messages);
            return;
        }

        Took(messages, kept.Alerts);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "kept {Messages} messages with {Alerts} alerts")]
    private partial void Took(int messages, int alerts);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Messages} messages had come before, and nothing was done")]
    private partial void CameBefore(int messages);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Messages} messages were not kept, and come again: {Reason}")]
    private partial void NotKept(int messages, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "message {Id} was not kept for a fault in AlertHub, please report it: {Type} {Stack}"
    )]
    private partial void Broken(string id, string type, string stack);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "message {Id} was announced as it came, and is in the quarantine queue: {Reason}"
    )]
    private partial void PutAside(string id, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "message {Id} should have been put aside ({Reason}), which failed with {Type}; it comes again"
    )]
    private partial void NotPutAside(string id, string reason, string type);
}

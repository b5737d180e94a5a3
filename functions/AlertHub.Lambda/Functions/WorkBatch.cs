using System.Diagnostics.CodeAnalysis;
using AlertHub.Aws;
using AlertHub.Lambda.Queues;
using AlertHub.Sources;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Lambda.Functions;

/// <summary>Does one work of a batch; false where it has to be given again.</summary>
internal delegate Task<bool> DoWork(HubAtWork at, WorkMessage message, Deadline deadline);

/// <summary>Messages of <see cref="SqsWorkQueue"/>, worked on side by side.</summary>
internal sealed partial class WorkBatch(FindHub find, Quarantine quarantine, TimeProvider time, ILogger<WorkBatch> log)
{
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context, DoWork work)
    {
        var messages = await QueueBatch.ReadAsync(input, time.GetUtcNow()).ConfigureAwait(false);
        if (messages.Any(static message => message.Queue is null))
        {
            throw new InvalidOperationException(
                "the event has no messages of a queue; this function works on those that the hub itself has sent"
            );
        }

        using var deadline = new Deadline(context, time);
        var at = await find(deadline.Token).ConfigureAwait(false);
        var done = await Task.WhenAll(messages.Select(message => TryAsync(at, message, work, deadline)))
            .ConfigureAwait(false);
        return QueueBatch.Answer([.. messages.Where((_, place) => !done[place])]);
    }

    [SuppressMessage("Design", "CA1031", Justification = "One fault must not take the others of the batch with it.")]
    private async Task<bool> TryAsync(HubAtWork at, Inbound message, DoWork work, Deadline deadline)
    {
        var id = message.Queue?.MessageId ?? "";
        try
        {
            return WorkMessage.Read(message.Body, out var objection) is { } read
                ? await work(at, read, deadline).ConfigureAwait(false)
                : await PutAsideAsync(message, objection, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            OutOfTime(id);
        }
        catch (StorageUnavailableException e)
        {
            Stuck(id, e.Message);
        }
        catch (Exception e)
        {
            // Without its message, which may quote a secret.
            Broken(id, e.GetType().Name, e.StackTrace?.Trim() ?? "");
        }

        return false;
    }

    [SuppressMessage("Design", "CA1031", Justification = "What is not put aside is given again.")]
    private async Task<bool> PutAsideAsync(Inbound message, string reason, Deadline deadline)
    {
        try
        {
            await quarantine
                .PutAsync(message, $"no work of this hub's: {reason}", deadline.Token)
                .ConfigureAwait(false);
            NoWork(message.Queue?.MessageId ?? "", reason);
            return true;
        }
        catch (Exception e)
        {
            Broken(message.Queue?.MessageId ?? "", e.GetType().Name, e.StackTrace?.Trim() ?? "");
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "message {Id}: the function's time was up; it is given back")]
    private partial void OutOfTime(string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "message {Id} waits for the storage and is given back: {Reason}")]
    private partial void Stuck(string id, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "message {Id} is no work of this hub's, and is put aside: {Reason}"
    )]
    private partial void NoWork(string id, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "message {Id} is given back for a fault in AlertHub, please report it: {Type} {Stack}"
    )]
    private partial void Broken(string id, string type, string stack);
}

using System.Globalization;
using AlertHub.Aws;
using AlertHub.Notifying;
using AlertHub.Sources;
using Amazon.Lambda.Core;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// Any event in (SNS, SQS, EventBridge, an alarm's Lambda action, anything), one message to Slack for each message in
/// it. What was not delivered is given back to whoever invoked: SQS by the ids of its messages, everyone else by an
/// error, upon which Lambda invokes again with the same event and request id and, when that does not help, puts the
/// event into the function's dead-letter queue.
/// </summary>
internal sealed class SlackNotifier(IChannel channel, TimeProvider time, Random random)
{
    /// <summary>
    /// Tries within one invocation: Slack's limit of a message a second passes quickly, while Lambda's own two retries
    /// come after one and two minutes and must not be spent on it.
    /// </summary>
    private const int MostTries = 3;

    private const int MostRemembered = 100;

    /// <summary>Messages of an event that were delivered while others of it were not, by request id and place.</summary>
    private readonly Queue<(string RequestId, int Place)> delivered = new();

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var messages = await QueueBatch.ReadAsync(input, time.GetUtcNow()).ConfigureAwait(false);
        using var deadline = new Deadline(context, time);
        List<int> failed = [];
        List<string> reasons = [];
        for (var place = 0; place < messages.Count; place++)
        {
            var message = messages[place];
            if (delivered.Contains((context.AwsRequestId, place)))
            {
                continue;
            }

            // A FIFO queue gives its messages in order and gets them back in order.
            var reason =
                failed.Count > 0 && IsOrdered(message)
                    ? "an earlier message of its queue was not delivered"
                    : await DeliverAsync(message, context, deadline).ConfigureAwait(false);
            if (reason is not null)
            {
                failed.Add(place);
                reasons.Add($"{Describe(message, place)}: {reason}");
            }
        }

        return failed.Count == 0 || messages[0].Queue is not null
            ? Response(messages, failed)
            : throw Failure(messages, failed, reasons, context);
    }

    /// <returns>Null where it was delivered, else why not.</returns>
    private async Task<string?> DeliverAsync(Inbound message, ILambdaContext context, Deadline deadline)
    {
        var name = "a message";
        string? reason;
        try
        {
            var notification = Source.Tell(message);
            name = $"'{notification.Alerts[0].Name}'";
            reason = await TryAsync(notification, deadline).ConfigureAwait(false);
        }
        // One message that we fail at, by a fault of ours, must not take the others with it. The exception's own message stays
        // out of the log: it may quote a secret.
        catch (Exception e)
        {
            context.Logger.LogError($"a fault of AlertHub's: {e.GetType().Name} {e.StackTrace?.Trim()}");
            reason = $"a fault of AlertHub's: {e.GetType().Name}";
        }

        var id = message.Id ?? "without id";
        if (reason is null)
        {
            context.Logger.LogInformation($"delivered {name} to {channel.Name} (message {id})");
        }
        else
        {
            context.Logger.LogError($"not delivered {name} to {channel.Name} (message {id}): {reason}");
        }

        return reason;
    }

    private async Task<string?> TryAsync(Notification notification, Deadline deadline)
    {
        var last = "";
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                deadline.Token.ThrowIfCancellationRequested();
                var result = await channel.SendAsync(notification, deadline.Token).ConfigureAwait(false);
                // An answer that got lost is the first one lost: nothing is sent again after it.
                var next = Retry.After(result, result is DeliveryResult.Ambiguous ? 1 : attempt, random.NextDouble());
                switch (next)
                {
                    case NextStep.Done:
                        return null;
                    case NextStep.GiveUp end:
                        return end.Reason;
                    // What may have arrived is left to Lambda's retry, a minute later: it is seldom needed.
                    case NextStep.Again again when result is DeliveryResult.Ambiguous || attempt == MostTries:
                        return again.Reason;
                    case NextStep.Again again when again.Wait > deadline.Left:
                        return again.Reason;
                    case NextStep.Again again:
                        last = $" after: {again.Reason}";
                        await Task.Delay(again.Wait, time, deadline.Token).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            return $"the function's time was up{last}; if this happens again, give it a longer timeout";
        }
    }

    private DeliveryFailedException Failure(
        IReadOnlyList<Inbound> messages,
        List<int> failed,
        List<string> reasons,
        ILambdaContext context
    )
    {
        for (var place = 0; place < messages.Count; place++)
        {
            if (!failed.Contains(place) && !delivered.Contains((context.AwsRequestId, place)))
            {
                delivered.Enqueue((context.AwsRequestId, place));
            }
        }

        while (delivered.Count > MostRemembered)
        {
            delivered.Dequeue();
        }

        return new(
            $"{failed.Count} of {messages.Count} messages not delivered to {channel.Name}: {string.Join("; ", reasons)}"
        );
    }

    /// <summary>For SQS the ids of the messages to give again; nothing for everyone else.</summary>
    private static Stream Response(IReadOnlyList<Inbound> messages, List<int> failed) =>
        messages[0].Queue is null ? Stream.Null : QueueBatch.Answer([.. failed.Select(place => messages[place])]);

    private static bool IsOrdered(Inbound message) =>
        message.Queue?.QueueArn?.EndsWith(".fifo", StringComparison.Ordinal) == true;

    private static string Describe(Inbound message, int place) =>
        message.Id is { } id ? $"message {id}" : string.Create(CultureInfo.InvariantCulture, $"message {place + 1}");
}

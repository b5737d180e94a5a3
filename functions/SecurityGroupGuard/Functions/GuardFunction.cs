using System.Diagnostics.CodeAnalysis;
using System.Text;
using AlertHub.Aws;
using AlertHub.Sources;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Notices;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Work;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;
using StorageUnavailableException = AlertHub.StorageUnavailableException;

namespace SecurityGroupGuard.Functions;

/// <summary>
/// Messages of the FIFO queue, those of one group in their order: what fails goes back, and with it what came after it for the
/// same group. Given an event by hand, it works on that.
/// </summary>
internal sealed partial class GuardFunction(
    GroupWork work,
    Hub hub,
    Failures failures,
    TimeProvider time,
    ILogger<GuardFunction> log
)
{
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var copy = new MemoryStream();
        await input.CopyToAsync(copy).ConfigureAwait(false);
        var messages = Envelope.Open(copy.ToArray(), time.GetUtcNow());
        using var deadline = new Deadline(context, time);
        List<Inbound> failed = [];
        foreach (var message in messages)
        {
            if (failed.Exists(earlier => earlier.Queue?.Group == message.Queue?.Group))
            {
                failed.Add(message);
            }
            else if (await TryAsync(message, deadline.Token).ConfigureAwait(false) is { } reason)
            {
                if (message.Queue?.MessageId is null)
                {
                    throw new GuardException($"it was not worked on: {reason}");
                }

                failed.Add(message);
            }
        }

        return messages[0].Queue is null ? Stream.Null : Answer(failed);
    }

    /// <returns>Null where nothing is left to do, else why not.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "A fault with one group must not keep the others waiting.")]
    private async Task<string?> TryAsync(Inbound message, CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            await WorkAsync(message, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reason = "the function's time was up";
        }
        catch (Exception e)
            when (e
                    is PolicyException
                        or SettingException
                        or GroupBusyException
                        or StorageUnavailableException
                        or InvalidDataException
            )
        {
            reason = e.Message;
        }
        catch (Exception e) when (AwsTrouble.Is(e, cancellationToken))
        {
            reason = e is AmazonServiceException service
                ? $"AWS answered {service.ErrorCode}: {service.Message}"
                : e.Message;
        }
        catch (Exception e)
        {
            Broken(message.Queue?.Group ?? "without group", e.GetType().Name, e.StackTrace?.Trim() ?? "");
            reason = $"a fault in the guard, {e.GetType().Name}";
        }

        var group = GroupId.Parse(message.Queue?.Group);
        NotDone(message.Queue?.Group ?? "without group", message.Queue?.Receives ?? 1, reason);
        return group is not null && message.Queue!.Receives >= Names.MostReceives
            ? await GiveUpAsync(message, group, reason, cancellationToken).ConfigureAwait(false)
            : reason;
    }

    /// <summary>People are told first: who looks into a queue that nobody told of?</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What is not put aside is given again.")]
    private async Task<string?> GiveUpAsync(
        Inbound message,
        GroupId group,
        string reason,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var id = message.Queue?.MessageId ?? "";
            await hub.TellAsync(Notice.OfTrouble(group, id, reason, time.GetUtcNow()), cancellationToken)
                .ConfigureAwait(false);
            await failures
                .PutAsync(group, id, message.Queue?.Body ?? "", reason, cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return $"{reason}; and that could not be told: {e.GetType().Name}";
        }
    }

    private async Task WorkAsync(Inbound message, CancellationToken cancellationToken)
    {
        var group = GroupId.Parse(message.Queue?.Group);
        switch (GuardEvent.Read(message.Body, time.GetUtcNow()))
        {
            case GuardEvent.Changes changes:
                var body = Encoding.UTF8.GetString(message.Body.Span);
                foreach (var change in changes.Events)
                {
                    if (EventsOf.Group(change, group) is { } own)
                    {
                        await work.ChangedAsync(own, body, cancellationToken).ConfigureAwait(false);
                    }
                }

                break;
            case GuardEvent.Item { Found: var item } when group is null || item.Group == group:
                await work.FoundAsync(item, cancellationToken).ConfigureAwait(false);
                break;
            case GuardEvent.Command { Name: Commands.Reconcile } when group is not null:
                await work.CompareAsync(group, cancellationToken).ConfigureAwait(false);
                break;
            case GuardEvent.Command { Name: Commands.Approve } command when group is not null:
                await work.ApproveAsync(
                        group,
                        command.Arguments.GetValueOrDefault(Commands.By, "a command"),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                break;
            case GuardEvent.Nothing nothing:
                NothingIn(nothing.Why);
                break;
            default:
                NothingIn("it is of no group, or for the other function");
                break;
        }
    }

    private static MemoryStream Answer(IReadOnlyList<Inbound> failed)
    {
        var json = new MemoryStream();
        new SourceGeneratorLambdaJsonSerializer<GuardJson>().Serialize(
            new SQSBatchResponse
            {
                BatchItemFailures =
                [
                    .. failed.Select(static message => new SQSBatchResponse.BatchItemFailure
                    {
                        ItemIdentifier = message.Queue?.MessageId,
                    }),
                ],
            },
            json
        );
        json.Position = 0;
        return json;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group}: not worked on (try {Try}): {Reason}")]
    private partial void NotDone(string group, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Group}: a fault in the guard, please report it: {Type} {Stack}")]
    private partial void Broken(string group, string type, string stack);

    [LoggerMessage(Level = LogLevel.Information, Message = "nothing to do: {Why}")]
    private partial void NothingIn(string why);
}

/// <summary>An event given by hand was not worked on. The message says why.</summary>
public sealed class GuardException(string message) : Exception(message);

[System.Text.Json.Serialization.JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class GuardJson : System.Text.Json.Serialization.JsonSerializerContext;

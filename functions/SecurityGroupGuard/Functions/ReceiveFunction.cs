using System.Text;
using System.Text.Json;
using AlertHub.Aws;
using AlertHub.Sources;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SecurityGroupGuard.Functions;

/// <summary>
/// Puts events into the FIFO queue, each under the name of the group that it is for: EventBridge itself can name one for all
/// only. A schedule becomes a comparison of each group that has a baseline.
/// </summary>
internal sealed partial class ReceiveFunction(
    Ec2Clients clients,
    GuardTable table,
    IAmazonSQS sqs,
    string queue,
    string account,
    string region,
    TimeProvider time,
    ILogger<ReceiveFunction> log
)
{
    private const int MostInBatch = 10;

    private const string All = "all";

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var copy = new MemoryStream();
        await input.CopyToAsync(copy).ConfigureAwait(false);
        using var deadline = new Deadline(context, time);
        foreach (var message in Envelope.Open(copy.ToArray(), time.GetUtcNow()))
        {
            var messages = await SortAsync(message, context.AwsRequestId, deadline.Token).ConfigureAwait(false);
            foreach (var some in messages.Chunk(MostInBatch))
            {
                await SendAsync(some, deadline.Token).ConfigureAwait(false);
            }

            Sorted(messages.Count);
        }

        return Stream.Null;
    }

    private async Task<IReadOnlyList<Sortable>> SortAsync(
        Inbound message,
        string request,
        CancellationToken cancellationToken
    )
    {
        var text = Encoding.UTF8.GetString(message.Body.Span);
        switch (GuardEvent.Read(message.Body, time.GetUtcNow()))
        {
            case GuardEvent.Changes changes:
                return await ChangesAsync(changes.Events, text, cancellationToken).ConfigureAwait(false);
            case GuardEvent.Item { Found: var item }:
                return [new(item.Group, text, $"{item.CapturedAt:O} {item.Group}")];
            case GuardEvent.Scheduled:
                return Told(
                    Commands.Reconcile,
                    "a schedule",
                    request,
                    await KnownAsync(cancellationToken).ConfigureAwait(false)
                );
            case GuardEvent.Command command:
                return await CommandAsync(command, request, cancellationToken).ConfigureAwait(false);
            case GuardEvent.Nothing nothing:
                NothingIn(nothing.Why);
                return [];
            default:
                return [];
        }
    }

    private async Task<IReadOnlyList<Sortable>> ChangesAsync(
        IReadOnlyList<ChangeEvent> changes,
        string text,
        CancellationToken cancellationToken
    )
    {
        var groups = new HashSet<GroupId>();
        foreach (var change in changes)
        {
            var group = change.Group;
            if (group.Id.Length == 0 && change.GroupName is { } name)
            {
                var client = await clients.ForAsync(group, cancellationToken).ConfigureAwait(false);
                var id = await GroupCalls.FindAsync(client, name, cancellationToken).ConfigureAwait(false);
                group = group with { Id = id ?? "" };
            }

            if (group.Id.Length == 0)
            {
                OfNoGroup(change.Name, change.Id);
            }
            else
            {
                groups.Add(group);
            }
        }

        return [.. groups.Select(group => new Sortable(group, text, $"{changes[0].Id} {group}"))];
    }

    private async Task<IReadOnlyList<Sortable>> CommandAsync(
        GuardEvent.Command command,
        string request,
        CancellationToken cancellationToken
    )
    {
        var asked = command.Arguments.GetValueOrDefault("groups") ?? command.Arguments.GetValueOrDefault("group");
        var where = new GroupId(
            command.Arguments.GetValueOrDefault("account", account),
            command.Arguments.GetValueOrDefault("region", region),
            ""
        );
        var by = command.Arguments.GetValueOrDefault(Commands.By, $"request {request}");
        return (command.Name, asked) switch
        {
            (Commands.Reconcile, null or All) => Told(
                Commands.Reconcile,
                by,
                request,
                await KnownAsync(cancellationToken).ConfigureAwait(false)
            ),
            (Commands.Baseline, All) => Told(
                Commands.Approve,
                by,
                request,
                await AllAsync(where, cancellationToken).ConfigureAwait(false)
            ),
            (Commands.Reconcile or Commands.Approve or Commands.Baseline, { } ids) when ids != All => Told(
                command.Name == Commands.Reconcile ? Commands.Reconcile : Commands.Approve,
                by,
                request,
                [
                    .. ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(id => where with { Id = id }),
                ]
            ),
            _ => throw new GuardException(
                $"\"{command.Name}\" with groups \"{asked}\" is no command; write for example {{\"command\": \"baseline\", \"groups\": \"all\"}}, {{\"command\": \"approve\", \"group\": \"sg-0123\"}} or {{\"command\": \"reconcile\"}}"
            ),
        };
    }

    private async Task<IReadOnlyList<GroupId>> KnownAsync(CancellationToken cancellationToken)
    {
        List<GroupId> groups = [];
        await foreach (var group in table.GroupsAsync(cancellationToken).ConfigureAwait(false))
        {
            groups.Add(group);
        }

        return groups;
    }

    private async Task<IReadOnlyList<GroupId>> AllAsync(GroupId where, CancellationToken cancellationToken)
    {
        var client = await clients.ForAsync(where, cancellationToken).ConfigureAwait(false);
        var ids = await GroupCalls.AllAsync(client, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => where with { Id = id })];
    }

    private static IReadOnlyList<Sortable> Told(string name, string by, string request, IReadOnlyList<GroupId> groups)
    {
        var text = JsonSerializer.Serialize(
            new() { ["command"] = name, [Commands.By] = by },
            CommandJson.Default.DictionaryStringString
        );
        return [.. groups.Select(group => new Sortable(group, text, $"{request} {name} {group}"))];
    }

    /// <exception cref="GuardException">Some were not taken: the event is given again, and what was sent twice is one.</exception>
    private async Task SendAsync(Sortable[] some, CancellationToken cancellationToken)
    {
        var answer = await sqs.SendMessageBatchAsync(
                new()
                {
                    QueueUrl = queue,
                    Entries =
                    [
                        .. some.Index()
                            .Select(each => new SendMessageBatchRequestEntry
                            {
                                Id = $"m{each.Index}",
                                MessageBody = each.Item.Text,
                                MessageGroupId = $"{each.Item.Group}",
                                MessageDeduplicationId = each.Item.Key,
                            }),
                    ],
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.Failed is [var first, ..])
        {
            throw new GuardException(
                $"{answer.Failed.Count} messages were not taken by the queue: {first.Code} {first.Message}"
            );
        }
    }

    /// <param name="Group">Whose it is.</param>
    /// <param name="Text">The message.</param>
    /// <param name="Unique">Says which message it is: sent again within five minutes it is dropped.</param>
    private sealed record Sortable(GroupId Group, string Text, string Unique)
    {
        /// <summary>In the characters that SQS takes.</summary>
        public string Key =>
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Unique)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Messages} messages for groups")]
    private partial void Sorted(int messages);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Call} (event {Event}) names no group that there is")]
    private partial void OfNoGroup(string call, string @event);

    [LoggerMessage(Level = LogLevel.Information, Message = "nothing to do: {Why}")]
    private partial void NothingIn(string why);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CommandJson : System.Text.Json.Serialization.JsonSerializerContext;

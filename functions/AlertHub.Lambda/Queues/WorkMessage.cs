using System.Text.Json;
using System.Text.Json.Serialization;
using AlertHub.Grouping;
using AlertHub.Lambda.Storage;

namespace AlertHub.Lambda.Queues;

/// <summary>Work as a message of a queue. It says little on purpose: what is to be done stands in the group.</summary>
internal sealed record WorkMessage
{
    /// <summary>Key of the group's document.</summary>
    public required string Group { get; init; }

    /// <summary>Who is to be told; null where the group is to be flushed.</summary>
    public IntegrationId? Integration { get; init; }

    /// <summary>When it is due, in milliseconds since 1970.</summary>
    public required long Due { get; init; }

    /// <summary>How often it was sent on because SQS holds nothing back for as long as it had to wait.</summary>
    public int Hop { get; init; }

    public static WorkMessage Of(DueWork work) =>
        work.Work switch
        {
            Work.Flush(var group) => new() { Group = DocumentKeys.Of(group), Due = Milliseconds(work.Due) },
            Work.Deliver(var group, var integration) => new()
            {
                Group = DocumentKeys.Of(group),
                Integration = integration,
                Due = Milliseconds(work.Due),
            },
            var other => throw new InvalidOperationException($"work of no known kind: {other.GetType().Name}"),
        };

    /// <summary>Whether it speaks of this moment; those that do not are out of date, and others are under way in their place.</summary>
    public bool IsFor(DateTimeOffset due) => Due == Milliseconds(due);

    public string Write() => JsonSerializer.Serialize(this, WorkJson.Default.WorkMessage);

    /// <summary>Null where it is none, and why.</summary>
    public static WorkMessage? Read(ReadOnlyMemory<byte> body, out string objection)
    {
        try
        {
            objection = "it is null";
            return JsonSerializer.Deserialize(body.Span, WorkJson.Default.WorkMessage);
        }
        catch (JsonException e)
        {
            objection = e.Message;
            return null;
        }
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}

[JsonSerializable(typeof(WorkMessage))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true
)]
internal sealed partial class WorkJson : JsonSerializerContext;

using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Access;

/// <summary>What was asked of AWS, by whom, and what was denied.</summary>
internal sealed class AwsLedger
{
    private const int BlockBytes = 64 * 1024;

    private readonly ConcurrentDictionary<(string Function, string Action), CallCount> counts = [];

    /// <summary>All calls so far.</summary>
    public int Total => counts.Values.Sum(static count => count.Calls);

    /// <summary>Calls that the policy of a role does not allow, as sentences.</summary>
    public ConcurrentQueue<string> Denied { get; } = [];

    /// <summary>What the box cannot play and a function did nevertheless.</summary>
    public ConcurrentQueue<string> Problems { get; } = [];

    /// <summary>By function and operation, as in <c>("Deliver", "dynamodb:PutItem")</c>, <c>("Deliver", "sqs:SendMessageBatch")</c>.</summary>
    public IReadOnlyDictionary<(string Function, string Action), CallCount> Counts => counts;

    public void Clear() => counts.Clear();

    public void Count(AwsCall call, byte[] request, byte[] answer)
    {
        var units = call.Service == "dynamodb" ? Units(answer) : 0;
        var blocks =
            call.Service == "sqs" ? (Math.Max(request.Length, answer.Length) + BlockBytes - 1) / BlockBytes : 0;
        counts.AddOrUpdate(
            (call.Function, $"{call.Service}:{call.Operation}"),
            _ => Added(new()),
            (_, before) => Added(before)
        );

        CallCount Added(CallCount before) =>
            before with
            {
                Calls = before.Calls + 1,
                RequestBytes = before.RequestBytes + request.Length,
                AnswerBytes = before.AnswerBytes + answer.Length,
                CapacityUnits = before.CapacityUnits + units,
                Blocks = before.Blocks + blocks,
            };
    }

    private static double Units(byte[] answer) =>
        (JsonNode.Parse(Encoding.UTF8.GetString(answer)) as JsonObject)?["ConsumedCapacity"] switch
        {
            JsonArray several => several.Sum(static each => (double)each!["CapacityUnits"]!),
            JsonObject one => (double)one["CapacityUnits"]!,
            _ => 0,
        };
}

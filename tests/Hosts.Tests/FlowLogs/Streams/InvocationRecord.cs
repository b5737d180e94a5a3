using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>
/// What Lambda puts into the bucket that is a mapping's on-failure destination (Lambda developer guide, "Retain discarded batch
/// records for a Kinesis Data Streams event source", looked up 2026-11-29). What it has where the function was never invoked
/// the guide does not say: there is no responseContext then, and the payload is that which would have been handed over.
/// </summary>
internal static class InvocationRecord
{
    private static readonly JsonSerializerOptions AsLambda = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Key(MappingSettings settings, string shard, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"aws/lambda/{settings.Uuid}/{shard}/{now:yyyy/MM/dd/yyyy-MM-dd'T'HH.mm.ss}-{Guid.NewGuid()}"
        );

    /// <param name="settings">Of the mapping.</param>
    /// <param name="records">Those that are discarded.</param>
    /// <param name="payload">The event that has them.</param>
    /// <param name="why">They are discarded.</param>
    /// <param name="invocations">How often the function got them.</param>
    /// <param name="last">What the function said, or could not say, at last; null where it was not invoked.</param>
    /// <param name="now">When they are discarded.</param>
    public static byte[] Write(
        MappingSettings settings,
        IReadOnlyList<StreamedRecord> records,
        byte[] payload,
        Discarding why,
        int invocations,
        LambdaResult? last,
        DateTimeOffset now
    )
    {
        var record = new JsonObject
        {
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = last is { RequestId.Length: > 0 } ? last.RequestId : Guid.NewGuid().ToString(),
                ["functionArn"] = settings.FunctionArn,
                ["condition"] = why.ToString(),
                ["approximateInvokeCount"] = invocations,
            },
        };
        if (last is not null)
        {
            var response = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" };
            if (last.Error is not null)
            {
                response["functionError"] = "Unhandled";
            }

            record["responseContext"] = response;
        }

        record["version"] = "1.0";
        record["timestamp"] = Time(now);
        record["KinesisBatchInfo"] = new JsonObject
        {
            ["shardId"] = records[0].Shard,
            ["startSequenceNumber"] = records[0].SequenceNumber,
            ["endSequenceNumber"] = records[^1].SequenceNumber,
            ["approximateArrivalOfFirstRecord"] = Time(records[0].Arrived),
            ["approximateArrivalOfLastRecord"] = Time(records[^1].Arrived),
            ["batchSize"] = records.Count,
            ["streamArn"] = settings.StreamArn,
        };
        record["payload"] = Encoding.UTF8.GetString(payload);
        return Encoding.UTF8.GetBytes(record.ToJsonString(AsLambda));
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

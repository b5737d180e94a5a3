using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>
/// Kinesis Data Streams for the tests of a class or a collection: kinesalite 3.3.3, with its streams in memory, which are
/// active as soon as they are made. A test makes its own stream.
/// </summary>
/// <remarks>
/// Read in its source and tried on 2026-11-29; what code may come to depend on is in KinesaliteLimits.
/// <para>As in Kinesis: a record's shard by the MD5 of its partition key or by its explicit hash key; sequence numbers that
/// grow within a shard and have its number in them; all kinds of iterators, which expire after five minutes; 500 records to
/// put at once, data of 1 MiB and keys of 256 letters at most; splits and merges, whose parents end; retention, by which old
/// records go. JSON and CBOR.</para>
/// <para>Otherwise: no throughput limit, so that PutRecords never leaves one out and nothing is throttled; GetRecords has no
/// limit of 10 MB, MillisBehindLatest is 0 of an open shard and ChildShards is missing. There are no records above 1 MiB, no
/// 5 MiB for all of a PutRecords (a body above 7 MiB is answered 413), no consumers and fan-out, no stream modes, no
/// encryption, no StreamARN in the place of a name, no resource policies. Sequence numbers are close together: the next
/// differs by a constant. Streams of all accounts are the same ones; signatures are not checked, but there must be one.</para>
/// </remarks>
public sealed class Kinesalite : IAsyncLifetime, IDisposable
{
    public const string Region = "eu-central-1";

    public const string AccountId = "123456789012";

    private readonly HttpClient http = new();
    private NodeServer? server;

    /// <summary>For <c>AWS_ENDPOINT_URL_KINESIS</c>.</summary>
    public Uri Url => server?.Address ?? throw new InvalidOperationException("kinesalite does not run.");

    public async Task InitializeAsync() =>
        server = await NodeServer.StartAsync(
            "kinesalite",
            """
            const kinesalite = require(folder)({
              createStreamMs: 0, updateStreamMs: 0, deleteStreamMs: 0, shardLimit: 10000,
            });
            kinesalite.listen(0, '127.0.0.1', () =>
              console.log('listening at http://127.0.0.1:' + kinesalite.address().port));
            """,
            new Dictionary<string, string?> { ["AWS_REGION"] = Region, ["AWS_ACCOUNT_ID"] = AccountId }
        );

    /// <summary>A new stream, which is active.</summary>
    /// <param name="shards">Their hash keys are equally many.</param>
    /// <param name="name">By default one that no other test has.</param>
    public async Task<KinesisShards> CreateStreamAsync(int shards = 1, string? name = null)
    {
        name ??= $"flow-logs-{Guid.NewGuid():N}";
        await CallAsync("CreateStream", new() { ["StreamName"] = name, ["ShardCount"] = shards });
        return new(this, name, await ArnAsync(name));
    }

    /// <param name="operation">Of Kinesis's API of 2013-12-02.</param>
    /// <param name="request">As the API has it.</param>
    /// <exception cref="InvalidOperationException">It was refused; the message is what Kinesis said.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Url);
        message.Content = new StringContent(
            request.ToJsonString(),
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/x-amz-json-1.1")
        );
        message.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        message.Headers.Add("X-Amz-Date", "20261129T000000Z");
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=AKID/20261129/{Region}/kinesis/aws4_request, SignedHeaders=host, Signature=00"
        );
        using var answer = await http.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return !answer.IsSuccessStatusCode
                ? throw new InvalidOperationException($"kinesalite answered {(int)answer.StatusCode}: {text}")
            : text.Length > 0 ? JsonNode.Parse(text)!.AsObject()
            : [];
    }

    /// <summary>The stream's ARN, as soon as it is active.</summary>
    internal async Task<string> ArnAsync(string stream)
    {
        JsonNode description;
        do
        {
            description = (await CallAsync("DescribeStream", new() { ["StreamName"] = stream }))["StreamDescription"]!;
        } while ((string?)description["StreamStatus"] != "ACTIVE");

        return (string)description["StreamARN"]!;
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    public void Dispose() => http.Dispose();
}

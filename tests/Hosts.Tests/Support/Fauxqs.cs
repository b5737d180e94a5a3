using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;

namespace Hosts.Tests.Support;

/// <summary>
/// SQS, SNS and S3 for the tests of a class or a collection: fauxqs 1.9.2, the newest that runs on Node 20, with all in
/// memory. A test makes its own queues and topics.
/// </summary>
/// <remarks>
/// Read in its source and tried on 2026-11-28 and 29; what code may come to depend on is in FauxqsLimits and, of S3, in
/// FauxqsObjects.
/// <para>SQS as it is: delays of queues and messages, visibility timeouts and their change, long polls, 10 messages and
/// 1 MiB in a batch with distinct ids and single failures, attributes of messages and their digests, system attributes,
/// removal of duplicates and order in FIFO queues, and redrive: a message that was received maxReceiveCount times goes
/// to the dead letter queue with the receipt after that, if it is visible then. Errors have the model's name in
/// <c>__type</c>.</para>
/// <para>SQS otherwise: a body with letters beyond U+FFFF, such as emoji, is refused, though not in a topic's envelope.
/// Time passes only while somebody receives: what GetQueueAttributes counts as delayed or not visible stays so until
/// then, and a receipt handle whose time is over still works until then. After that it is forgotten; deleting by it
/// succeeds and deletes nothing, as deleting by any nonsense does, changing its visibility is MessageNotInflight, and
/// ReceiptHandleIsInvalid does not occur. Without MessageAttributeNames all attributes arrive, without AttributeNames
/// GetQueueAttributes gives all; there is no DeadLetterQueueSourceArn; a message keeps its count of receipts in the
/// dead letter queue. In a FIFO queue one receipt gives one message of a group. Not checked: the names of queues,
/// attributes and data types, a delay above 900 seconds, more than 10 attributes, the retention period, policies, a
/// dead letter queue that does not exist. The error header has the prefix <c>AWS.SimpleQueueService.</c> before every
/// code; answers have no x-amzn-requestid. There is no StartMessageMoveTask, AddPermission or
/// ListDeadLetterSourceQueues, and no throttling.</para>
/// <para>SNS delivers to queues of this process only, at once and without their permission: in the envelope or raw, by
/// filter policies on attributes or body, with a subject of null where there was none, MessageAttributes even if empty,
/// and the signature <c>EXAMPLE</c>. Subscriptions by HTTP and of functions are taken, pending, and get nothing; phone
/// numbers are refused. MessageStructure and redrive policies of subscriptions are ignored.</para>
/// <para>Queues are known by the URL that CreateQueue gave, with its host. Which region a queue is in says the
/// signature of the request, else it is <see cref="Region"/>. The account is 000000000000. Signatures are not
/// checked.</para>
/// <para>S3 as it is, by the path that AWS's client takes before an IP address of its own accord: objects of 11 MiB at most
/// (when there is more the connection is cut), byte by byte, sent in one piece or signed in chunks, with a checksum before or
/// behind them or none; overwriting; user metadata and the content type; ranges and conditional reads; listings by prefix
/// and delimiter in pages, in the order of UTF-16, to which this class sees: by itself it sorts by language, and loses keys
/// between pages; deletion of one or several, and of what is not there; uploads in parts; NoSuchBucket and NoSuchKey.</para>
/// <para>S3 otherwise: writes are never conditional (IfNoneMatch is ignored), checksums are neither compared nor given back,
/// Content-Encoding and tags are forgotten, there are no versions, no encryption, no lifecycle, no ACLs, no policies, no
/// notifications. EncodingType is ignored: a key with control characters breaks a listing. Bucket names are not checked, and
/// a bucket may be made twice. A call that is not known, such as for tags, is taken for the known one of its method and
/// path.</para>
/// </remarks>
public sealed class Fauxqs : IAsyncLifetime, IDisposable
{
    public const string Region = "eu-central-1";

    private readonly HttpClient http = new();
    private NodeServer? server;

    /// <summary>For <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Url => server?.Address ?? throw new InvalidOperationException("fauxqs does not run.");

    public async Task InitializeAsync()
    {
        // Its command listens on every address of the machine.
        server = await NodeServer.StartAsync(
            "fauxqs",
            $$"""
            String.prototype.localeCompare = function (other) {
              return this < other ? -1 : this > other ? 1 : 0;
            };
            import(folder + '/dist/app.js')
              .then(fauxqs => fauxqs.buildApp({ logger: false, defaultRegion: '{{Region}}' }))
              .then(app => app.listen({ port: 0, host: '127.0.0.1' }))
              .then(url => console.log('listening at ' + url));
            """
        );
        http.BaseAddress = server.Address;
    }

    /// <summary>S3, as the functions would have it.</summary>
    public AmazonS3Client NewS3Client(Action<AmazonS3Config>? change = null)
    {
        var config = new AmazonS3Config { ServiceURL = Url.ToString(), AuthenticationRegion = Region };
        change?.Invoke(config);
        return new(new BasicAWSCredentials("AKID", "secret"), config);
    }

    public async Task CreateBucketAsync(string name)
    {
        using var answer = await http.PutAsync(new Uri(name, UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <param name="name">Of a FIFO queue one that ends with <c>.fifo</c>.</param>
    /// <param name="attributes">Such as <c>VisibilityTimeout</c>.</param>
    public async Task<QueueAddress> CreateQueueAsync(string name, params (string Name, string Value)[] attributes)
    {
        using var content = new StringContent(
            new JsonObject
            {
                ["QueueName"] = name,
                ["Attributes"] = new JsonObject(
                    attributes.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Name, a.Value))
                ),
            }.ToJsonString(),
            new MediaTypeHeaderValue("application/x-amz-json-1.0")
        );
        content.Headers.Add("X-Amz-Target", "AmazonSQS.CreateQueue");
        using var answer = JsonDocument.Parse(await PostAsync(content));
        return new(
            answer.RootElement.GetProperty("QueueUrl").GetString() ?? "",
            $"arn:aws:sqs:{Region}:000000000000:{name}"
        );
    }

    /// <summary>A queue whose messages go to another when they were received this often and not deleted.</summary>
    public Task<QueueAddress> CreateQueueAsync(
        string name,
        QueueAddress deadLetters,
        int maxReceiveCount,
        params (string Name, string Value)[] attributes
    ) =>
        CreateQueueAsync(
            name,
            [
                .. attributes,
                (
                    "RedrivePolicy",
                    new JsonObject
                    {
                        ["deadLetterTargetArn"] = deadLetters.Arn,
                        ["maxReceiveCount"] = maxReceiveCount,
                    }.ToJsonString()
                ),
            ]
        );

    /// <returns>Its ARN.</returns>
    public async Task<string> CreateTopicAsync(string name) =>
        Value(await SnsAsync(("Action", "CreateTopic"), ("Name", name)), "TopicArn");

    /// <param name="attributes">
    /// Such as <c>RawMessageDelivery</c>, <c>FilterPolicy</c>, <c>FilterPolicyScope</c>.
    /// </param>
    /// <returns>Its ARN.</returns>
    public async Task<string> SubscribeAsync(
        string topicArn,
        QueueAddress queue,
        params (string Name, string Value)[] attributes
    ) =>
        Value(
            await SnsAsync([
                ("Action", "Subscribe"),
                ("TopicArn", topicArn),
                ("Protocol", "sqs"),
                ("Endpoint", queue.Arn),
                .. Entries("Attributes", "key", "value", attributes),
            ]),
            "SubscriptionArn"
        );

    /// <param name="attributes">Strings.</param>
    /// <returns>The message's id.</returns>
    public async Task<string> PublishAsync(
        string topicArn,
        string message,
        string? subject = null,
        params (string Name, string Value)[] attributes
    ) =>
        Value(
            await SnsAsync([
                ("Action", "Publish"),
                ("TopicArn", topicArn),
                ("Message", message),
                .. subject is null ? Array.Empty<(string, string)>() : [("Subject", subject)],
                .. Entries("MessageAttributes", "Name", "Value.StringValue", attributes),
                .. attributes.Select((_, i) => ($"MessageAttributes.entry.{i + 1}.Value.DataType", "String")),
            ]),
            "MessageId"
        );

    /// <summary>
    /// What is in a queue, untouched: the arrays <c>ready</c>, <c>delayed</c> and <c>inflight</c>; of the last each has
    /// its <c>message</c>. It is as old as the last receipt.
    /// </summary>
    public async Task<JsonElement> MessagesAsync(string queue)
    {
        var text = await http.GetStringAsync(new Uri($"_fauxqs/queues/{queue}", UriKind.Relative));
        return JsonDocument.Parse(text).RootElement.GetProperty("messages");
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    public void Dispose() => http.Dispose();

    private static IEnumerable<(string, string)> Entries(
        string list,
        string key,
        string value,
        (string Name, string Value)[] attributes
    ) =>
        attributes.SelectMany(
            (attribute, i) =>
                new[]
                {
                    ($"{list}.entry.{i + 1}.{key}", attribute.Name),
                    ($"{list}.entry.{i + 1}.{value}", attribute.Value),
                }
        );

    private static string Value(XDocument answer, string name) =>
        answer.Descendants().Single(element => element.Name.LocalName == name).Value;

    private async Task<XDocument> SnsAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return XDocument.Parse(await PostAsync(content));
    }

    private async Task<string> PostAsync(HttpContent content)
    {
        using var answer = await http.PostAsync(new Uri("", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"fauxqs answered {(int)answer.StatusCode}: {text}");
    }
}

using Amazon.AwsJson;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>
/// Safe for concurrent use; one for the life of the process keeps its connections. The digests that SQS answers with
/// are passed on, not computed again as the AWS SDK does: the connection's own are stronger.
/// </summary>
public sealed class AmazonSQSClient : IAmazonSQS
{
    private static readonly AwsJsonDialect Service = new()
    {
        VariableSuffix = "SQS",
        EndpointPrefix = "sqs",
        SigningName = "sqs",
        TargetPrefix = "AmazonSQS",
        ContentType = "application/x-amz-json-1.0",
        QueryCompatible = true,
    };

    private readonly AwsJsonClient client;

    public AmazonSQSClient()
        : this(new AwsClientSettings()) { }

    public AmazonSQSClient(RegionEndpoint region)
        : this(new AwsClientSettings { Region = region }) { }

    public AmazonSQSClient(AmazonSQSConfig config)
        : this(Settings(null, config)) { }

    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region)
        : this(new AwsClientSettings { Credentials = credentials, Region = region }) { }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig)
        : this(Settings(credentials, clientConfig)) { }

    internal AmazonSQSClient(AwsClientSettings settings) => client = new(Service, settings, QueueError.ToException);

    public async Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync(
            "ChangeMessageVisibility",
            ReceivingJson.Write(request),
            cancellationToken
        );
        return response.Describe(new ChangeMessageVisibilityResponse());
    }

    public async Task<DeleteMessageResponse> DeleteMessageAsync(
        DeleteMessageRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("DeleteMessage", ReceivingJson.Write(request), cancellationToken);
        return response.Describe(new DeleteMessageResponse());
    }

    public async Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        DeleteMessageBatchRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("DeleteMessageBatch", ReceivingJson.Write(request), cancellationToken);
        return client.Read(response, ReceivingJson.ReadDeletedBatch);
    }

    public async Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        GetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("GetQueueAttributes", QueueJson.Write(request), cancellationToken);
        return client.Read(response, QueueJson.ReadAttributes);
    }

    public async Task<GetQueueUrlResponse> GetQueueUrlAsync(
        GetQueueUrlRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("GetQueueUrl", QueueJson.Write(request), cancellationToken);
        return client.Read(response, QueueJson.ReadUrl);
    }

    public async Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("ReceiveMessage", ReceivingJson.Write(request), cancellationToken);
        return client.Read(response, ReceivingJson.ReadReceived);
    }

    public async Task<SendMessageResponse> SendMessageAsync(
        SendMessageRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("SendMessage", SendingJson.Write(request), cancellationToken);
        return client.Read(response, SendingJson.ReadSent);
    }

    public async Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("SendMessageBatch", SendingJson.Write(request), cancellationToken);
        return client.Read(response, SendingJson.ReadSentBatch);
    }

    public void Dispose() => client.Dispose();

    private static AwsClientSettings Settings(AWSCredentials? credentials, AmazonSQSConfig config) =>
        new AwsClientSettings
        {
            Credentials = credentials,
            Region = config.RegionEndpoint,
            ServiceUrl = config.ServiceURL,
            MaxErrorRetry = config.MaxErrorRetry,
        }.With(config.Timeout);
}

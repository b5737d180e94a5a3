using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>The client, and a name for a queue of the test's own.</summary>
public abstract class SqsTest(Fauxqs fauxqs) : IDisposable
{
    private protected readonly Fauxqs fauxqs = fauxqs;
    private protected readonly AmazonSQSClient client = new(
        new BasicAWSCredentials("AKID", "secret"),
        new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = Fauxqs.Region }
    );
    private protected readonly string name = $"q{Guid.NewGuid():N}";

    public void Dispose()
    {
        client.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits for it.</summary>
    private protected async Task<Message> NextAsync(QueueAddress queue)
    {
        var received = await client.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queue.Url,
                WaitTimeSeconds = 20,
                MessageSystemAttributeNames = [MessageSystemAttributeName.All],
                MessageAttributeNames = ["All"],
            }
        );
        return Assert.Single(received.Messages ?? []);
    }
}

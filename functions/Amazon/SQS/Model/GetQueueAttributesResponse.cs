using System.Globalization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public sealed class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>Those that were asked for and that the queue has.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Those that can be received; 0 when it was not asked for.</summary>
    public int ApproximateNumberOfMessages => Number(QueueAttributeName.ApproximateNumberOfMessages);

    /// <summary>Those whose delay is not over; 0 when it was not asked for.</summary>
    public int ApproximateNumberOfMessagesDelayed => Number(QueueAttributeName.ApproximateNumberOfMessagesDelayed);

    /// <summary>Those that were received and not deleted; 0 when it was not asked for.</summary>
    public int ApproximateNumberOfMessagesNotVisible =>
        Number(QueueAttributeName.ApproximateNumberOfMessagesNotVisible);

    public string? QueueARN => Attributes?.GetValueOrDefault(QueueAttributeName.QueueArn);

    /// <summary>Seconds; 0 when it was not asked for.</summary>
    public int VisibilityTimeout => Number(QueueAttributeName.VisibilityTimeout);

    private int Number(string name) =>
        int.TryParse(Attributes?.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
}

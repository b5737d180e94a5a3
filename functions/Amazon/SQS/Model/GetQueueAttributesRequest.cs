namespace Amazon.SQS.Model;

public sealed class GetQueueAttributesRequest
{
    /// <summary>Of <see cref="QueueAttributeName"/>.</summary>
    public List<string>? AttributeNames { get; set; }

    public string? QueueUrl { get; set; }
}

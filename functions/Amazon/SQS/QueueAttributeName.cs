using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>The attributes AlertHub knows by name; any other can be made from its string.</summary>
public sealed class QueueAttributeName(string value) : ConstantClass(value)
{
    public static readonly QueueAttributeName All = new("All");
    public static readonly QueueAttributeName ApproximateNumberOfMessages = new("ApproximateNumberOfMessages");
    public static readonly QueueAttributeName ApproximateNumberOfMessagesDelayed = new(
        "ApproximateNumberOfMessagesDelayed"
    );
    public static readonly QueueAttributeName ApproximateNumberOfMessagesNotVisible = new(
        "ApproximateNumberOfMessagesNotVisible"
    );
    public static readonly QueueAttributeName QueueArn = new("QueueArn");
    public static readonly QueueAttributeName RedrivePolicy = new("RedrivePolicy");
    public static readonly QueueAttributeName VisibilityTimeout = new("VisibilityTimeout");

    public static implicit operator QueueAttributeName(string value) => new(value);
}

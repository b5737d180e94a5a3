namespace Amazon.SQS.Model;

public sealed class DeleteMessageBatchResultEntry
{
    public string? Id { get; set; }
}

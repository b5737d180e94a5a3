namespace Amazon.SQS.Model;

public sealed class BatchResultErrorEntry
{
    public string? Code { get; set; }

    public string? Id { get; set; }

    public string? Message { get; set; }

    /// <summary>Sending the same again will not help.</summary>
    public bool? SenderFault { get; set; }
}

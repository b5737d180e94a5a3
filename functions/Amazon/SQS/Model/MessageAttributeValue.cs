namespace Amazon.SQS.Model;

public sealed class MessageAttributeValue
{
    public MemoryStream? BinaryValue { get; set; }

    /// <summary>String, Number or Binary, with a label of one's own behind it if wished: <c>Number.int</c>.</summary>
    public string? DataType { get; set; }

    /// <summary>Of strings and numbers.</summary>
    public string? StringValue { get; set; }
}

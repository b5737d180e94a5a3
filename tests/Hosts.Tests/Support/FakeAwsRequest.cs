namespace Hosts.Tests.Support;

internal sealed record FakeAwsRequest
{
    public required string Method { get; init; }

    public required string Url { get; init; }

    /// <summary>Names in lower case.</summary>
    public required Dictionary<string, string> Headers { get; init; }

    public required string Body { get; init; }
}

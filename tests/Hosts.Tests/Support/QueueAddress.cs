namespace Hosts.Tests.Support;

/// <param name="Url">What SQS's API calls it.</param>
/// <param name="Arn">What a subscription or a redrive policy calls it.</param>
public sealed record QueueAddress(string Url, string Arn);

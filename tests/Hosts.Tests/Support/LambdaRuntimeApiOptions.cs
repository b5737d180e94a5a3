namespace Hosts.Tests.Support;

public sealed record LambdaRuntimeApiOptions
{
    /// <summary>Lambda's: 6 MiB and 100 bytes.</summary>
    public int MaxResponseBytes { get; init; } = 6 * 1024 * 1024 + 100;

    /// <summary>How long an invocation waits for a function that asks for it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

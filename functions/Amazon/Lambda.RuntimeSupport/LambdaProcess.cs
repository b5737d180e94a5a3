namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the loop needs of the process around it. Tests run several loops in one process and give each its own.</summary>
internal sealed class LambdaProcess
{
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public Action<string, string?> SetVariable { get; init; } = Environment.SetEnvironmentVariable;

    /// <summary>Opened for the first log record: a function that logs nothing pays nothing.</summary>
    public Func<Stream> StandardOutput { get; init; } = Console.OpenStandardOutput;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

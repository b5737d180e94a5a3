using System.Diagnostics;
using System.Text;

namespace Hosts.Tests.Support;

/// <summary>What became of an invocation.</summary>
public sealed record LambdaResult
{
    public string RequestId { get; init; } = "";

    /// <summary>Empty when the function failed or answered nothing.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    public string Text => Encoding.UTF8.GetString(Payload.Span);

    public string? ContentType { get; init; }

    /// <summary>Null when the function answered.</summary>
    public LambdaFailure? Error { get; init; }

    /// <summary>From the event's delivery to the answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>A <see cref="Stopwatch"/> timestamp.</summary>
    public long AnsweredAt { get; init; }
}

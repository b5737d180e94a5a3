using System.Text;
using FlowLogs.Incoming;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>A function that a mapping invokes, which answers as scripted, and then nothing, which is a success.</summary>
internal sealed class PlayedFunction
{
    /// <summary>In a script: the function fails.</summary>
    public const string Fails = "fails";

    private readonly Queue<string> script = [];

    /// <summary>Of each invocation the sequence numbers, <c>1 2 3</c>.</summary>
    public List<string> Invocations { get; } = [];

    public ReadOnlyMemory<byte> LastEvent { get; private set; }

    /// <summary>Is told of each invocation before it is answered.</summary>
    public Action? OnInvoked { get; set; }

    public PlayedFunction Answers(params IEnumerable<string> answers)
    {
        foreach (var answer in answers)
        {
            script.Enqueue(answer);
        }

        return this;
    }

    public Task<LambdaResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        LastEvent = payload;
        Invocations.Add(
            string.Join(' ', KinesisEvent.Read(payload.Span)!.Select(static record => record.SequenceNumber))
        );
        OnInvoked?.Invoke();
        return Task.FromResult(
            !script.TryDequeue(out var answer) ? new LambdaResult()
            : answer == Fails ? new LambdaResult { Error = new("Runtime.ExitError", "{}") }
            : new LambdaResult { Payload = Encoding.UTF8.GetBytes(answer) }
        );
    }

    /// <summary>The answer that names one record, or several.</summary>
    public static string Failed(params IEnumerable<string> sequenceNumbers) =>
        $$"""{"batchItemFailures":[{{string.Join(',', sequenceNumbers.Select(static n => $$"""{"itemIdentifier":"{{n}}"}"""))}}]}""";

    /// <summary>Records 1, 2 and so on.</summary>
    public static IEnumerable<StreamedRecord> Records(int count, int first = 1) =>
        Enumerable
            .Range(first, count)
            .Select(static n => new StreamedRecord
            {
                SequenceNumber = $"{n}",
                Data = Encoding.UTF8.GetBytes($"record {n}"),
            });
}

namespace Hosts.Tests.Support;

/// <summary>An invocation between its caller and the function.</summary>
internal sealed class LambdaPending(ReadOnlyMemory<byte> payload, LambdaInvokeOptions options, string requestId)
{
    public ReadOnlyMemory<byte> Payload => payload;

    public LambdaInvokeOptions Options => options;

    public string RequestId => requestId;

    public TaskCompletionSource<LambdaResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Answered { get; set; }

    public long DeliveredAt { get; set; }
}

using System.Buffers;
using System.IO.Pipelines;

namespace AlertHub.Lambda.Http;

/// <summary>Everything written, in one array. A flush sends nothing; the first one starts the answer.</summary>
internal sealed class ResponseBody(Response response) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();
    private int flushed;

    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => bytes.WrittenCount - flushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfComplete();
        return bytes.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        ThrowIfComplete();
        return bytes.GetSpan(sizeHint);
    }

    public override void Advance(int count) => bytes.Advance(count);

    // By its whole name: AlertHub has a FlushResult of its own.
    public override ValueTask<System.IO.Pipelines.FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var starting = response.StartAsync(cancellationToken);
        if (!starting.IsCompletedSuccessfully)
        {
            return AfterAsync(starting);
        }

        flushed = bytes.WrittenCount;
        return default;
    }

    /// <summary>No flush is ever pending.</summary>
    public override void CancelPendingFlush() { }

    public override void Complete(Exception? exception = null) => response.Complete(exception);

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null)
        {
            await response.CompleteAsync();
        }
        else
        {
            response.Complete(exception);
        }
    }

    private async ValueTask<System.IO.Pipelines.FlushResult> AfterAsync(Task starting)
    {
        await starting;
        flushed = bytes.WrittenCount;
        return default;
    }

    private void ThrowIfComplete()
    {
        if (response.IsComplete)
        {
            throw new InvalidOperationException("nothing can be written: the answer is complete");
        }
    }
}

using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlertHub.Lambda.Http;

/// <summary>
/// What an endpoint answers, kept until all of it is there: Lambda takes an answer in one piece. It starts, and its status
/// and headers can change no more, where a server with a connection would have sent them.
/// </summary>
/// <remarks>Asynchronous only where somebody waits: a cold start compiles a dozen methods for each method that is.</remarks>
internal sealed class Response : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private const string Started = "it cannot be changed: the answer has started";

    private readonly ResponseBody body;
    private Stack<Callback>? starting;
    private Stack<Callback>? completed;

    public Response()
    {
        body = new(this);
        Stream = body.AsStream(leaveOpen: true);
    }

    public int StatusCode
    {
        get;
        set
        {
            ThrowIfStarted();
            field = value;
        }
    } = StatusCodes.Status200OK;

    /// <summary>HTTP/2 has none, and API Gateway takes none.</summary>
    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public bool HasStarted { get; private set; }

    /// <summary>The endpoint said that this was all.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why the endpoint gave its answer up; null where it did not.</summary>
    public Exception? Fault { get; private set; }

    public Stream Stream { get; }

    public PipeWriter Writer => body;

    public ReadOnlyMemory<byte> Written => body.Written;

    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => throw new NotSupportedException("set IHttpResponseBodyFeature instead");
    }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        ThrowIfStarted();
        (starting ??= new()).Push(new(callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) =>
        (completed ??= new()).Push(new(callback, state));

    /// <summary>Does what was to be done before it starts, the last that was asked for first.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (starting is not null)
        {
            return AfterCallbacksAsync(starting);
        }

        Start();
        return Task.CompletedTask;
    }

    public async Task CompleteAsync()
    {
        await StartAsync();
        IsComplete = true;
    }

    /// <summary>Does what was to be done after it, the last that was asked for first.</summary>
    /// <param name="failed">Told of each that failed; the others are done all the same.</param>
    public Task EndAsync(Action<Exception> failed) =>
        completed is null ? Task.CompletedTask : EndAsync(completed, failed);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <summary>Nothing goes out early.</summary>
    public void DisableBuffering() { }

    /// <summary>No more is written, and where a fault says why, it is not an answer.</summary>
    internal void Complete(Exception? fault)
    {
        Fault ??= fault;
        IsComplete = fault is null;
    }

    private async Task AfterCallbacksAsync(Stack<Callback> callbacks)
    {
        while (callbacks.TryPop(out var next))
        {
            await next.RunAsync();
        }

        Start();
    }

    private static async Task EndAsync(Stack<Callback> callbacks, Action<Exception> failed)
    {
        while (callbacks.TryPop(out var next))
        {
            try
            {
                await next.RunAsync();
            }
            catch (Exception e)
            {
                failed(e);
            }
        }
    }

    private void Start()
    {
        HasStarted = true;
        if (Headers is HeaderDictionary headers)
        {
            headers.IsReadOnly = true;
        }
    }

    private void ThrowIfStarted()
    {
        if (HasStarted)
        {
            throw new InvalidOperationException(Started);
        }
    }

    private sealed record Callback(Func<object, Task> Run, object State)
    {
        public Task RunAsync() => Run(State);
    }
}

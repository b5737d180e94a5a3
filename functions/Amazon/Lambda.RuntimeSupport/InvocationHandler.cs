using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// What every handler is turned into. In two halves and without async methods of its own: each of those costs a dozen
/// methods to compile at the first invocation.
/// </summary>
/// <param name="start">Runs the handler.</param>
/// <param name="answer">What the completed task of <paramref name="start"/> gave, if it gives anything.</param>
internal sealed class InvocationHandler(Func<Stream, ILambdaContext, Task> start, Func<Task, Stream>? answer = null)
{
    public Task Start(Stream input, ILambdaContext context) => start(input, context);

    public Stream? Answer(Task completed) => answer?.Invoke(completed);
}

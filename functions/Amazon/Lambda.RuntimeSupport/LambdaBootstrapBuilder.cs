using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes the program that takes a function's invocations from Lambda, one after another.</summary>
public sealed class LambdaBootstrapBuilder
{
    private readonly InvocationHandler handler;
    private readonly LambdaBootstrapOptions options = new();
    private LambdaBootstrapInitializer? initializer;
    private LambdaProcess process = new();

    private LambdaBootstrapBuilder(InvocationHandler handler) => this.handler = handler;

    /// <summary>The event's bytes in, the answer's bytes out.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(new InvocationHandler(handler, completed => ((Task<Stream>)completed).Result));

    /// <summary>The event's bytes in, no answer.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) =>
        new(new InvocationHandler(handler));

    /// <summary>An event in, no answer.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(
        Func<TInput, ILambdaContext, Task> handler,
        ILambdaSerializer serializer
    ) => new(new InvocationHandler((input, context) => handler(serializer.Deserialize<TInput>(input), context)));

    /// <summary>An event in, an answer out.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler,
        ILambdaSerializer serializer
    ) =>
        new(
            new InvocationHandler(
                (input, context) => handler(serializer.Deserialize<TInput>(input), context),
                completed =>
                {
                    var output = new MemoryStream();
                    serializer.Serialize(((Task<TOutput>)completed).Result, output);
                    output.Position = 0;
                    return output;
                }
            )
        );

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions>? options = null)
    {
        options?.Invoke(this.options);
        return this;
    }

    public LambdaBootstrap Build() => new(handler, initializer, options.RuntimeApiEndpoint, process);

    /// <summary>For tests, several of which run in one process.</summary>
    internal LambdaBootstrapBuilder In(LambdaProcess process)
    {
        this.process = process;
        return this;
    }
}

using AlertHub.Aws;
using Amazon.Lambda.RuntimeSupport;
using FlowLogs;
using FlowLogs.Commands;

if (args.Length > 0 || string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Names.FunctionVariable)))
{
    using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
    return await Command
        .RunAsync(args, Console.OpenStandardInput(), output, Console.Error, Environment.GetEnvironmentVariable)
        .ConfigureAwait(false);
}

// Composed inside the bootstrap, so that what is missing reaches the Runtime API as an error with its reason.
Handler? handler = null;
await LambdaBootstrapBuilder
    .Create((input, context) => handler!(input, context))
    .UseBootstrapHandler(() =>
    {
        handler = Composition.Compose(Environment.GetEnvironmentVariable);
        return Task.FromResult(true);
    })
    .Build()
    .RunAsync()
    .ConfigureAwait(false);
return 0;

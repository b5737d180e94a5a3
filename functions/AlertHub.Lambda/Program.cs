using AlertHub.Aws;
using AlertHub.Lambda;
using Amazon.Lambda.RuntimeSupport;

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

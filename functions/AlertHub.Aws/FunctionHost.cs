using Amazon.Lambda.RuntimeSupport;

namespace AlertHub.Aws;

/// <summary>Runs a program of several functions as the one that its environment names.</summary>
internal static class FunctionHost
{
    /// <summary>Until Lambda ends the environment.</summary>
    /// <param name="compose">
    /// Wires the function, by the environment's variables. It is called inside the bootstrap, so that what is missing reaches the
    /// Runtime API as an error with its reason.
    /// </param>
    public static async Task RunAsync(Func<Func<string, string?>, Handler> compose)
    {
        Handler? handler = null;
        await LambdaBootstrapBuilder
            .Create((input, context) => handler!(input, context))
            .UseBootstrapHandler(() =>
            {
                handler = compose(Environment.GetEnvironmentVariable);
                return Task.FromResult(true);
            })
            .Build()
            .RunAsync()
            .ConfigureAwait(false);
    }
}

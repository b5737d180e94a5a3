using AlertHub.Api;
using AlertHub.Lambda.Http;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Hosts.Tests.Support;

/// <summary>
/// This assembly as a program, for what can be seen only from outside a process: as a Lambda function, for environment
/// variables, standard output, exit codes; with a store, to be killed. The test runner never comes here.
/// </summary>
internal static class FunctionProgram
{
    public static async Task Main(string[] args)
    {
        if (args is ["store-life", .. var life])
        {
            await StoreProgram.RunAsync(life);
            return;
        }

        if (args is ["store-load", .. var load])
        {
            await StoreProgram.LoadAsync(load);
            return;
        }

        if (args is ["http"])
        {
            await ServeAsync();
            return;
        }

        if (Environment.GetEnvironmentVariable(Box.ExampleFunction.Variable) is { Length: > 0 })
        {
            await Box.ExampleFunction.RunAsync();
            return;
        }

        var builder = LambdaBootstrapBuilder.Create(
            (Stream input, ILambdaContext _) =>
            {
                LambdaLogger.Log(
                    LogLevel.Warning,
                    "traced by {trace}",
                    Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")
                );
                return Task.FromResult(input);
            }
        );
        if (args is ["fails-to-start"])
        {
            builder.UseBootstrapHandler(() => throw new FormatException("'SLACK_WEBHOOK_URL' is not a URL."));
        }

        await builder.Build().RunAsync();
    }

    /// <summary>Endpoints on Lambda's server; <c>/-/ready</c> waits until it is told to stop.</summary>
    private static async Task ServeAsync()
    {
        var server = new LambdaServer(TimeProvider.System);
        await using var app = LambdaWebHost.Create(server);
        Health.Map(app, static stop => Task.Delay(Timeout.InfiniteTimeSpan, stop));
        await app.StartAsync();
        await LambdaBootstrapBuilder.Create(server.HandleAsync).Build().RunAsync();
    }
}

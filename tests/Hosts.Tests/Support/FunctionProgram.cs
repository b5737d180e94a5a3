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
}

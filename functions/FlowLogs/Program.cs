using AlertHub.Aws;
using FlowLogs;
using FlowLogs.Commands;

if (args.Length > 0 || string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Names.FunctionVariable)))
{
    using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
    return await Command
        .RunAsync(args, Console.OpenStandardInput(), output, Console.Error, Environment.GetEnvironmentVariable)
        .ConfigureAwait(false);
}

await FunctionHost.RunAsync(Composition.Compose).ConfigureAwait(false);
return 0;

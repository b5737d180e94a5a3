using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Channels.Secrets;
using Amazon.S3;
using FlowLogs.Backup;
using FlowLogs.Delivery;
using FlowLogs.Functions;
using Microsoft.Extensions.Logging;

namespace FlowLogs;

/// <summary>The functions, each wired once per environment.</summary>
internal static class Composition
{
    /// <summary>Of one try.</summary>
    private static readonly TimeSpan SqsTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Of one try, of objects of some megabytes.</summary>
    private static readonly TimeSpan S3Timeout = TimeSpan.FromSeconds(15);

    /// <exception cref="SettingException">An environment variable is missing or cannot be used.</exception>
    public static Handler Compose(Func<string, string?> variable)
    {
        var time = TimeProvider.System;
        var logs = new LambdaLogs(variable);
        var settings = new FlowSettings(variable);
        switch (variable(Names.FunctionVariable))
        {
            case Names.Stream:
                return new StreamFunction(
                    Sender(settings, variable, time),
                    new(Backup(settings, variable), logs.CreateLogger<Asides>()),
                    Reports(settings, variable, logs, Console.OpenStandardOutput(), time),
                    settings.BackupAfter(),
                    time,
                    logs.CreateLogger<StreamFunction>()
                ).HandleAsync;
            case Names.Replay:
                return new ReplayFunction(Replay(variable, logs, Console.OpenStandardOutput()), time).HandleAsync;
            case Names.Transform:
                return new TransformFunction(
                    settings.Format,
                    settings.Metadata(),
                    settings.Fields(),
                    settings.Choice(),
                    logs.CreateLogger<TransformFunction>()
                ).HandleAsync;
            case var other:
                throw new SettingException(
                    $"{Names.FunctionVariable} is \"{other}\"; set it to {Names.Stream}, {Names.Replay} or {Names.Transform}"
                );
        }
    }

    /// <summary>The way out of the backup, for the function and for a person.</summary>
    /// <param name="variable">Of the environment.</param>
    /// <param name="logs">What is told on the way.</param>
    /// <param name="metrics">Where metrics go.</param>
    /// <param name="folder">A copy of the bucket on this machine, in its place; null for the bucket.</param>
    public static Replaying Replay(
        Func<string, string?> variable,
        ILoggerFactory logs,
        Stream metrics,
        string? folder = null
    )
    {
        var time = TimeProvider.System;
        var settings = new FlowSettings(variable);
        var sender = Sender(settings, variable, time);
        IBackup backup = folder is null ? Backup(settings, variable) : new FolderBackup(folder);
        return new(
            sender,
            backup,
            new(backup, logs.CreateLogger<Asides>()),
            Reports(settings, variable, logs, metrics, time),
            logs.CreateLogger<Replaying>()
        );
    }

    private static Sender Sender(FlowSettings settings, Func<string, string?> variable, TimeProvider time) =>
        new(
            new(settings.Format, settings.Metadata(), settings.Fields(), settings.Choice()),
            new(
                Http(),
                settings.Hec(),
                settings.HecToken(),
                SecretSources.Create(variable, time, () => AwsClients.ParameterStore(variable)),
                time,
                Random.Shared.NextDouble
            )
        );

    /// <summary>A redirect would carry the token elsewhere. Each request has its own timeout.</summary>
    private static HttpClient Http() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                // A load balancer's addresses change.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };

    private static S3Backup Backup(FlowSettings settings, Func<string, string?> variable)
    {
        var config = new AmazonS3Config { Timeout = S3Timeout };
        AwsEnvironment.Place(config, variable, "S3");
        var s3 = AwsEnvironment.Credentials(variable) is { } credentials
            ? new AmazonS3Client(credentials, config)
            : new AmazonS3Client(config);
        return new(s3, settings.Bucket());
    }

    private static Reports Reports(
        FlowSettings settings,
        Func<string, string?> variable,
        ILoggerFactory logs,
        Stream metrics,
        TimeProvider time
    ) =>
        new(
            new(metrics, settings.Stage(), time),
            new(settings.RejectBurst()),
            settings.HubQueue() is { } queue ? new(AwsClients.Queues(variable, SqsTimeout), queue) : null,
            settings.Stage(),
            settings.InterfaceMetrics(),
            time,
            logs.CreateLogger<Reports>()
        );
}

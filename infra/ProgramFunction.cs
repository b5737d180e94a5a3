using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.Destinations;
using Amazon.CDK.AWS.Logs;
using Constructs;
using AssetOptions = Amazon.CDK.AWS.S3.Assets.AssetOptions;
using Cpu = System.Runtime.InteropServices.Architecture;

namespace Infra;

/// <summary>One function of a published program, with its own log group and role.</summary>
/// <remarks>
/// It is a Function, not a construct around one, because SAM CLI names a function after its construct; the logical id is the
/// same name, so that <c>sam local invoke SlackNotifier</c> finds it either way and a template reads well.
/// </remarks>
internal sealed class ProgramFunction : Function
{
    /// <param name="scope">The stack.</param>
    /// <param name="name">One of the program's Names: the function that it runs here.</param>
    /// <param name="deployment">What was chosen for the deployment.</param>
    /// <param name="package">The program, published.</param>
    /// <param name="settings">Environment variables and permissions of this function.</param>
    public ProgramFunction(
        Construct scope,
        string name,
        Deployment deployment,
        FunctionPackage package,
        FunctionSettings settings
    )
        : base(scope, name, Describe(scope, name, deployment, package, settings))
    {
        ((CfnFunction)Node.FindChild("Resource")).OverrideLogicalId(name);
    }

    private static FunctionProps Describe(
        Construct scope,
        string name,
        Deployment deployment,
        FunctionPackage package,
        FunctionSettings settings
    )
    {
        var native = deployment.Packaging == Packaging.Native;
        var logs = new LogGroup(
            scope,
            $"{name}Logs",
            new LogGroupProps { Retention = deployment.LogRetention, RemovalPolicy = RemovalPolicy.DESTROY }
        );
        return new FunctionProps
        {
            Description = settings.Description,
            // This version of CDK does not know dotnet10 by name. Without "::" the handler is the assembly that the runtime
            // executes; provided.al2023 executes the file bootstrap and only passes the handler on.
            Runtime = native ? Runtime.PROVIDED_AL2023 : new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Handler = native ? "bootstrap" : package.Program.Assembly,
            Architecture = deployment.Architecture == Cpu.Arm64 ? Architecture.ARM_64 : Architecture.X86_64,
            Code = Code.FromAsset(package.Folder, new AssetOptions { Exclude = package.Program.LeftOut }),
            MemorySize = settings.MemoryMegabytes ?? deployment.MemoryMegabytes,
            Timeout = Duration.Seconds((settings.Timeout ?? deployment.Timeout).TotalSeconds),
            Environment = new Dictionary<string, string>(settings.Environment)
            {
                [package.Program.FunctionVariable] = name,
            },
            LogGroup = logs,
            LoggingFormat = LoggingFormat.JSON,
            Role = new FunctionRole(scope, $"{name}Role", logs, [.. settings.Permissions]),
            Tracing = deployment.Tracing ? Tracing.ACTIVE : Tracing.DISABLED,
            RecursiveLoop = settings.SendsToItself ? RecursiveLoop.ALLOW : null,
            RetryAttempts = settings.Events?.Retries,
            MaxEventAge = settings.Events is { } events ? Duration.Seconds(events.LongestAge.TotalSeconds) : null,
            OnFailure = settings.Events?.Failures is { } failures ? new SqsDestination(failures) : null,
        };
    }
}

/// <summary>What one function has that the others have not.</summary>
internal sealed record FunctionSettings
{
    public required string Description { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required IReadOnlyList<PolicyStatement> Permissions { get; init; }

    /// <summary>Null for what was chosen for the deployment.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <inheritdoc cref="Timeout"/>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Null where nobody invokes it asynchronously.</summary>
    public AsynchronousEvents? Events { get; init; }

    /// <summary>
    /// Whether it sends messages that lead to itself. Lambda takes that for a runaway after sixteen hops and stops it (Lambda
    /// developer guide, "Recursive loop detection").
    /// </summary>
    public bool SendsToItself { get; init; }
}

/// <summary>What Lambda does with the events that it queues for a function.</summary>
internal sealed record AsynchronousEvents
{
    /// <summary>0 to 2.</summary>
    public required int Retries { get; init; }

    /// <summary>1 minute to 6 hours.</summary>
    public required TimeSpan LongestAge { get; init; }

    /// <summary>Where it puts those that the function failed at; null where nobody misses them.</summary>
    public DeadLetterQueue? Failures { get; init; }
}

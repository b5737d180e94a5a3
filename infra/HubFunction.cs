using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.Destinations;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Cpu = System.Runtime.InteropServices.Architecture;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>One function of the hub's executable, invoked asynchronously, with its own log group, role and dead letters.</summary>
/// <remarks>
/// It is a Function, not a construct around one, because SAM CLI names a function after its construct; the logical id is the
/// same name, so that <c>sam local invoke SlackNotifier</c> finds it either way and a template reads well.
/// </remarks>
internal sealed class HubFunction : Function
{
    /// <param name="scope">The stack.</param>
    /// <param name="name">One of <see cref="Names"/>: the function that the executable runs.</param>
    /// <param name="deployment">What was chosen for the deployment.</param>
    /// <param name="package">Folder of the published function.</param>
    /// <param name="settings">Environment variables and permissions of this function.</param>
    public HubFunction(
        Construct scope,
        string name,
        Deployment deployment,
        string package,
        HubFunctionSettings settings
    )
        : base(scope, name, Describe(scope, name, deployment, package, settings))
    {
        ((CfnFunction)Node.FindChild("Resource")).OverrideLogicalId(name);

        // An alarm may have it as its action, an EventBridge rule as its target, with nothing left to grant.
        var stack = Stack.Of(scope);
        AddPermission(
            "Alarms",
            new Permission
            {
                Principal = new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
                SourceAccount = stack.Account,
            }
        );
        AddPermission(
            "Rules",
            new Permission
            {
                Principal = new ServicePrincipal("events.amazonaws.com"),
                SourceAccount = stack.Account,
                SourceArn = stack.FormatArn(
                    new ArnComponents
                    {
                        Service = "events",
                        Resource = "rule",
                        ResourceName = "*",
                    }
                ),
            }
        );
    }

    private static FunctionProps Describe(
        Construct scope,
        string name,
        Deployment deployment,
        string package,
        HubFunctionSettings settings
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
            Handler = native ? "bootstrap" : "AlertHub.Lambda",
            Architecture = deployment.Architecture == Cpu.Arm64 ? Architecture.ARM_64 : Architecture.X86_64,
            Code = Code.FromAsset(package, FunctionPackage.AssetOptions),
            MemorySize = deployment.MemoryMegabytes,
            Timeout = Duration.Seconds(deployment.Timeout.TotalSeconds),
            Environment = new Dictionary<string, string>(settings.Environment) { [Names.FunctionVariable] = name },
            LogGroup = logs,
            LoggingFormat = LoggingFormat.JSON,
            Role = new FunctionRole(scope, $"{name}Role", logs, [.. settings.Permissions]),
            Tracing = deployment.Tracing ? Tracing.ACTIVE : Tracing.DISABLED,
            // The most that Lambda offers for an asynchronous event; what is then still undelivered is kept with its reason.
            RetryAttempts = 2,
            MaxEventAge = Duration.Hours(6),
            OnFailure = new SqsDestination(settings.Failures),
        };
    }
}

/// <summary>What one function has that the others have not.</summary>
internal sealed record HubFunctionSettings
{
    public required string Description { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where Lambda puts the events that the function failed at.</summary>
    public required DeadLetterQueue Failures { get; init; }
    public required IReadOnlyList<PolicyStatement> Permissions { get; init; }
}

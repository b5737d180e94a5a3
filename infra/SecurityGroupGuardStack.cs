using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Names = SecurityGroupGuard.Names;

namespace Infra;

/// <summary>
/// The guard of security groups: one function sorts events into a queue that keeps each group's order, the other undoes what
/// nobody may. Both are one program; notices go to the hub.
/// </summary>
internal sealed class SecurityGroupGuardStack : Stack
{
    private static readonly TimeSpan GuardTimeout = TimeSpan.FromMinutes(1);

    /// <summary>A reconcile lists all groups of all accounts.</summary>
    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The function counts them, and tells of a change at the last; these are for when it cannot even do that.</summary>
    private const int ReceivesBeyond = 4;

    private readonly Deployment deployment;
    private readonly FunctionPackage package;
    private readonly HubStack hub;
    private readonly KeptTable table;
    private readonly DurableQueue queue;
    private readonly GuardPermissions may;

    public SecurityGroupGuardStack(
        Construct scope,
        string id,
        Deployment deployment,
        FunctionPackage package,
        SecurityGroupGuardDataStack data,
        HubStack hub,
        WatchStack watch
    )
        : base(
            scope,
            id,
            new StackProps
            {
                Description = "Undoes changes of security groups that nobody may make",
                Env = deployment.Hub.Environment,
            }
        )
    {
        (this.deployment, this.package, this.hub, table) = (deployment, package, hub, data.Table);
        queue = new DurableQueue(this, Names.Guard, GuardTimeout, Names.MostReceives + ReceivesBeyond, inOrder: true);
        may = new GuardPermissions(this, deployment);
        var guard = Guard();
        var failures = new DeadLetterQueue(this, $"{Names.Receive}Failures");
        failures.CallIt($"{Names.Receive}Failures");
        var receive = Receive(failures);
        foreach (var function in (ProgramFunction[])[guard, receive])
        {
            function.AddEnvironment(Names.RoleVariable, guard.Role!.RoleArn);
        }

        Listen(guard.Role!.RoleArn, receive, failures);
        GuardAlarms.Add(new OperatorAlarms(this, watch.Operators), deployment, queue, failures, guard, receive);
        Output("EventsFunctionName", "The function that takes events and commands", receive.FunctionName);
        Output("GuardQueueUrl", "Changes that wait to be judged", queue.QueueUrl);
        Output("GuardDeadLettersArn", "Changes that could not be undone", queue.DeadLetters.QueueArn);
        Output("EventsFailuresUrl", "Events that could not be sorted", failures.QueueUrl);
        if (deployment.Guard.Accounts.Count > 0)
        {
            var bus = Open(receive, failures);
            Output(
                "MemberContext",
                "What the stack of another account is deployed with",
                $"-c guard=member -c guardBus={bus.EventBusArn} -c guardRoles={guard.Role.RoleArn},{receive.Role!.RoleArn}"
            );
        }
    }

    private ProgramFunction Guard()
    {
        var function = Function(
            Names.Guard,
            new()
            {
                Description = "Judges changes of security groups and undoes them.",
                Environment = Variables(),
                Permissions =
                [
                    HubPermissions.Consume(queue),
                    HubPermissions.Send(queue.DeadLetters),
                    HubPermissions.Send(hub.Queues.Ingest),
                    GuardPermissions.KeepBaselines(table),
                    may.ReadPolicy(),
                    GuardPermissions.Look(),
                    .. may.Undo(),
                    .. may.ActElsewhere(),
                    GuardPermissions.Never(),
                ],
                Timeout = GuardTimeout,
            }
        );
        _ = new EventSourceMapping(
            this,
            $"{Names.Guard}Mapping",
            new EventSourceMappingProps
            {
                Target = function,
                EventSourceArn = queue.QueueArn,
                // One change at a time: none waits for, or fails with, that of another group.
                BatchSize = 1,
                // EC2 lets an account change groups a few times a second only.
                MaxConcurrency = 10,
                ReportBatchItemFailures = true,
            }
        );
        return function;
    }

    private ProgramFunction Receive(DeadLetterQueue failures) =>
        Function(
            Names.Receive,
            new()
            {
                Description = "Sorts events about security groups by their groups.",
                Environment = Variables(),
                Permissions =
                [
                    HubPermissions.Send(queue),
                    GuardPermissions.LookThroughBaselines(table),
                    GuardPermissions.List(),
                    .. may.ActElsewhere(),
                    GuardPermissions.Never(),
                ],
                Timeout = ReceiveTimeout,
                // The most that Lambda offers.
                Events = new()
                {
                    Retries = 2,
                    LongestAge = TimeSpan.FromHours(6),
                    Failures = failures,
                },
            }
        );

    /// <summary>Rules on the account's default bus, and the schedule.</summary>
    private void Listen(string ownRole, ProgramFunction receive, DeadLetterQueue failures)
    {
        foreach (var happened in GuardEvents.Of(ownRole, deployment.Guard.Config))
        {
            Forward(happened, null, receive, failures);
        }

        _ = new Rule(
            this,
            "Reconcile",
            new RuleProps
            {
                Description = "Compares all security groups with their baselines.",
                Schedule = Schedule.Rate(Duration.Minutes(deployment.Guard.Schedule.TotalMinutes)),
                // The next one comes soon.
                Targets = [new LambdaFunction(receive, new LambdaFunctionProps { RetryAttempts = 2 })],
            }
        );
    }

    private AccountsBus Open(ProgramFunction receive, DeadLetterQueue failures)
    {
        var bus = new AccountsBus(
            this,
            "Members",
            "Changes of security groups in other accounts",
            deployment.Guard.Accounts,
            deployment.Guard.Organization
        );
        Forward(GuardEvents.Forwarded, bus, receive, failures);
        return bus;
    }

    private void Forward(GuardEvent happened, IEventBus? bus, ProgramFunction receive, DeadLetterQueue failures) =>
        _ = new Rule(
            this,
            happened.Id,
            new RuleProps
            {
                Description = happened.Description,
                EventBus = bus,
                EventPattern = happened.Pattern,
                Targets =
                [
                    new LambdaFunction(
                        receive,
                        new LambdaFunctionProps
                        {
                            DeadLetterQueue = failures,
                            // The most that EventBridge offers.
                            MaxEventAge = Duration.Hours(24),
                            RetryAttempts = 185,
                        }
                    ),
                ],
            }
        );

    private ProgramFunction Function(string name, FunctionSettings settings) =>
        new(this, name, deployment, package, settings);

    private Dictionary<string, string> Variables() =>
        new()
        {
            [Names.StageVariable] = deployment.Hub.Stage,
            [Names.TableVariable] = table.TableName,
            [Names.QueueVariable] = queue.QueueUrl,
            [Names.FailuresVariable] = queue.DeadLetters.QueueUrl,
            [Names.HubQueueVariable] = hub.Queues.Ingest.QueueUrl,
            [Names.PolicyVariable] = deployment.Guard.Policy,
            [Names.AccountVariable] = Account,
            [Names.MemberRoleVariable] =
                deployment.Guard.Accounts.Count > 0 ? GuardDeployment.MemberRole(this, deployment.Hub) : "",
        };

    private void Output(string id, string description, string value) =>
        _ = new CfnOutput(this, id, new CfnOutputProps { Description = description, Value = value });
}

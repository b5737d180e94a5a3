using System.Globalization;
using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Aws.Tables;
using Amazon.S3;
using Microsoft.Extensions.Logging;
using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Functions;
using SecurityGroupGuard.Notices;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;
using SecurityGroupGuard.Work;

namespace SecurityGroupGuard;

/// <summary>The two functions, each wired once per environment.</summary>
internal static class Composition
{
    /// <summary>Of one try.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="SettingException">An environment variable is missing or cannot be used.</exception>
    public static Handler Compose(Func<string, string?> variable) =>
        variable(Names.FunctionVariable) switch
        {
            Names.Receive => Receive(variable),
            Names.Guard => Guard(variable),
            var other => throw new SettingException(
                $"{Names.FunctionVariable} is \"{other}\"; set it to {Names.Receive} or {Names.Guard}"
            ),
        };

    private static Handler Receive(Func<string, string?> variable)
    {
        var time = TimeProvider.System;
        var logs = new LambdaLogs(variable);
        return new ReceiveFunction(
            Clients(variable, time),
            Table(variable, time),
            AwsClients.Queues(variable, Timeout),
            Needed(variable, Names.QueueVariable),
            Needed(variable, Names.AccountVariable),
            AwsEnvironment.Region(variable),
            time,
            logs.CreateLogger<ReceiveFunction>()
        ).HandleAsync;
    }

    private static Handler Guard(Func<string, string?> variable)
    {
        var time = TimeProvider.System;
        var logs = new LambdaLogs(variable);
        var sqs = AwsClients.Queues(variable, Timeout);
        var hub = new Hub(new(sqs, Needed(variable, Names.HubQueueVariable)), time);
        var failures = new Failures(sqs, Needed(variable, Names.FailuresVariable));
        var policies = new PolicySource(
            Needed(variable, Names.PolicyVariable),
            AwsClients.ParameterStore(variable, Timeout, retries: 2),
            () => Objects(variable),
            time,
            logs.CreateLogger<PolicySource>()
        );
        var work = new GroupWork(
            Table(variable, time),
            new(Clients(variable, time), time),
            policies,
            hub,
            failures,
            Roles(variable),
            new(Console.OpenStandardOutput(), variable(Names.StageVariable) ?? "", time),
            time,
            logs.CreateLogger<GroupWork>()
        );
        return new GuardFunction(work, hub, failures, time, logs.CreateLogger<GuardFunction>()).HandleAsync;
    }

    /// <summary>As whom the guard works on a group: what that role did is its own.</summary>
    private static Func<GroupId, string> Roles(Func<string, string?> variable)
    {
        var own = Needed(variable, Names.RoleVariable);
        var account = variable(Names.AccountVariable);
        return variable(Names.MemberRoleVariable) is { Length: > 0 } member
            ? group => group.Account == account ? own : $"arn:aws:iam::{group.Account}:role/{member}"
            : _ => own;
    }

    private static AmazonS3Client Objects(Func<string, string?> variable)
    {
        var config = new AmazonS3Config { Timeout = Timeout, ForcePathStyle = true };
        AwsEnvironment.Place(config, variable, "S3");
        return AwsEnvironment.Credentials(variable) is { } credentials ? new(credentials, config) : new(config);
    }

    private static Ec2Clients Clients(Func<string, string?> variable, TimeProvider time) =>
        new(variable, variable(Names.AccountVariable), variable(Names.MemberRoleVariable), time);

    private static GuardTable Table(Func<string, string?> variable, TimeProvider time) =>
        new(
            new(
                DynamoDbClients.Create(variable, Timeout),
                Needed(variable, Names.TableVariable),
                time,
                Random.Shared.NextDouble
            ),
            static () => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)
        );

    private static string Needed(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value
            ? value
            : throw new SettingException($"{name} is not set; the stack sets it");
}

using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Names = SecurityGroupGuard.Names;

namespace Infra;

/// <summary>What tells people that the guard does not do its work: neither it nor the hub has a part in that.</summary>
internal static class GuardAlarms
{
    public static void Add(
        OperatorAlarms alarms,
        Deployment deployment,
        DurableQueue queue,
        DeadLetterQueue failures,
        ProgramFunction guard,
        ProgramFunction receive
    )
    {
        alarms.LeftOver($"{Names.Guard}DeadLettersAlarm", queue.DeadLetters, "Changes that could not be undone");
        alarms.LeftOver($"{Names.Receive}FailuresAlarm", failures, "Events about security groups that nobody sorted");
        alarms.Above(
            Names.FailedMetric,
            new HubMetrics(deployment.Hub.Stage).Own(Names.FailedMetric, "Sum", Duration.Minutes(1)),
            0,
            "A change of a security group should have been undone and was not. See the log group of the function "
                + $"{Names.Guard}."
        );
        alarms.Behind(Names.Guard, queue);
        alarms.Failing(guard);
        alarms.Failing(receive);
        // The schedule alone calls it three times: where nothing does, its rule is off, and the others may be as well.
        alarms.Silent(
            $"{Names.Guard}Silence",
            receive.MetricInvocations(
                new MetricOptions
                {
                    Statistic = "Sum",
                    Period = Duration.Minutes(3 * deployment.Guard.Schedule.TotalMinutes),
                }
            ),
            $"The function {Names.Receive} has not been called in three intervals of its schedule. Was the rule disabled?"
        );
    }
}

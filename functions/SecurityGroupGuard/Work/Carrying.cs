using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Work;

/// <summary>A plan carried out as far as the mode goes, and looked at afterwards.</summary>
internal sealed class Carrying(Ec2Clients clients, TimeProvider time)
{
    /// <summary>EC2 shows for some seconds what was before a change.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMilliseconds(200),
        TimeSpan.FromMilliseconds(400),
        TimeSpan.FromMilliseconds(800),
        TimeSpan.FromMilliseconds(1600),
        TimeSpan.FromMilliseconds(3200),
    ];

    public async Task<SecurityGroup?> DescribeAsync(GroupId group, CancellationToken cancellationToken)
    {
        var calls = new GroupCalls(await clients.ForAsync(group, cancellationToken).ConfigureAwait(false));
        return await calls.DescribeAsync(group, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The group once it is as somebody expects it, or as it is after some seconds.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isSeen">Whether what is described is as expected.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SecurityGroup?> DescribeAsync(
        GroupId group,
        Func<SecurityGroup?, bool> isSeen,
        CancellationToken cancellationToken
    )
    {
        var now = await DescribeAsync(group, cancellationToken).ConfigureAwait(false);
        foreach (var wait in Waits)
        {
            if (isSeen(now))
            {
                break;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            now = await DescribeAsync(group, cancellationToken).ConfigureAwait(false);
        }

        return now;
    }

    /// <param name="group">The group.</param>
    /// <param name="steps">What is to be done.</param>
    /// <param name="mode">How far to go.</param>
    /// <param name="again">Plans anew from what is there: what it still wants was not done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of the steps, and the group after them.</returns>
    public async Task<(IReadOnlyList<Result> Results, SecurityGroup? After)> CarryOutAsync(
        GroupId group,
        IReadOnlyList<Step> steps,
        Mode mode,
        Func<SecurityGroup?, Plan> again,
        CancellationToken cancellationToken
    )
    {
        if (steps.Count == 0 || mode == Mode.Observe)
        {
            return ([.. steps.Select(step => Result(group, step, new Outcome.NotTried()))], null);
        }

        var client = await clients.ForAsync(group, cancellationToken).ConfigureAwait(false);
        var outcomes = await new GroupCalls(client, isDryRun: mode == Mode.DryRun)
            .DoAsync(group, steps, cancellationToken)
            .ConfigureAwait(false);
        if (mode == Mode.DryRun)
        {
            return ([.. steps.Zip(outcomes, (step, outcome) => Result(group, step, outcome))], null);
        }

        var after = await DescribeAsync(
                group,
                now => again(now).Steps.All(step => !IsSaidToBeDone(step)),
                cancellationToken
            )
            .ConfigureAwait(false);
        var left = again(after).Steps.Select(static step => $"{step.GetType().Name} {step.Subject}").ToHashSet();
        return (
            [
                .. steps.Zip(
                    outcomes,
                    (step, outcome) =>
                        Result(
                            group,
                            step,
                            outcome is Outcome.Done && left.Contains($"{step.GetType().Name} {step.Subject}")
                                ? new Outcome.NotSeen()
                                : outcome
                        )
                ),
            ],
            after
        );

        bool IsSaidToBeDone(Step step) =>
            steps
                .Zip(outcomes)
                .Any(each =>
                    each.Second is Outcome.Done
                    && each.First.GetType() == step.GetType()
                    && each.First.Subject == step.Subject
                );
    }

    private static Result Result(GroupId group, Step step, Outcome outcome) =>
        new($"{step}", outcome, CommandLine.Redo(group, step));
}

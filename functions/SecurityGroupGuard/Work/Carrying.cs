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
        return await UntilAsync(() => DescribeAsync(group, cancellationToken), isSeen, cancellationToken)
            .ConfigureAwait(false);
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

    /// <summary>What keeps the interfaces apart that have a group: a step for each.</summary>
    public async Task<IReadOnlyList<Step>> IsolationAsync(
        GroupId group,
        string quarantine,
        CancellationToken cancellationToken
    )
    {
        var calls = new GroupCalls(await clients.ForAsync(group, cancellationToken).ConfigureAwait(false));
        var interfaces = await calls.InterfacesAsync(group, cancellationToken).ConfigureAwait(false);
        return
        [
            .. interfaces.Select(each => new Step.Isolate(each.Id, each.Groups, quarantine)
            {
                Reason = "what was opened for it is forbidden",
            }),
        ];
    }

    /// <summary>Does that as far as the mode goes, and looks whether the interfaces have the group no more.</summary>
    public async Task<IReadOnlyList<Result>> IsolateAsync(
        GroupId group,
        IReadOnlyList<Step> steps,
        Mode mode,
        CancellationToken cancellationToken
    )
    {
        if (steps.Count == 0 || mode == Mode.Observe)
        {
            return [.. steps.Select(step => Result(group, step, new Outcome.NotTried()))];
        }

        var client = await clients.ForAsync(group, cancellationToken).ConfigureAwait(false);
        var calls = new GroupCalls(client, isDryRun: mode == Mode.DryRun);
        var outcomes = await calls.DoAsync(group, steps, cancellationToken).ConfigureAwait(false);
        HashSet<string> done =
        [
            .. steps
                .Zip(outcomes)
                .Where(static each => each.Second is Outcome.Done)
                .Select(static each => each.First.Subject),
        ];
        var still =
            done.Count == 0
                ? []
                : await UntilAsync(StillAsync, static left => left.Count == 0, cancellationToken).ConfigureAwait(false);
        return
        [
            .. steps.Zip(
                outcomes,
                (step, outcome) => Result(group, step, still.Contains(step.Subject) ? new Outcome.NotSeen() : outcome)
            ),
        ];

        async Task<IReadOnlyList<string>> StillAsync() =>
            [
                .. (await calls.InterfacesAsync(group, cancellationToken).ConfigureAwait(false))
                    .Select(static each => each.Id)
                    .Where(done.Contains),
            ];
    }

    /// <summary>What is there once it is as expected, or as it is after some seconds.</summary>
    private async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSeen, CancellationToken cancellationToken)
    {
        var now = await look().ConfigureAwait(false);
        foreach (var wait in Waits)
        {
            if (isSeen(now))
            {
                break;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            now = await look().ConfigureAwait(false);
        }

        return now;
    }

    private static Result Result(GroupId group, Step step, Outcome outcome) =>
        new($"{step}", outcome, CommandLine.Redo(group, step));
}

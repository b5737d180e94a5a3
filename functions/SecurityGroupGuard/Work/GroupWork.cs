using AlertHub.Aws.Logging;
using Microsoft.Extensions.Logging;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Notices;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;

namespace SecurityGroupGuard.Work;

/// <summary>
/// One event for one group, from what it says to what was done and told. It may be ended anywhere and begun again: it looks at
/// what is there, has written down what it begins, and tells before it says that it is finished.
/// </summary>
internal sealed partial class GroupWork(
    GuardTable table,
    Carrying carrying,
    PolicySource policies,
    Hub hub,
    Failures failures,
    Func<GroupId, string> role,
    MetricLog metrics,
    TimeProvider time,
    ILogger<GroupWork> log
)
{
    /// <summary>Younger events may not be seen yet.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Larger ones are not kept; EC2's own limits keep most far below.</summary>
    private const int LargestBody = 200_000;

    private const string NotUndone = "not undone";

    /// <param name="change">What a call did to the group.</param>
    /// <param name="body">The event, as it came.</param>
    /// <param name="cancellationToken">Ends it; it is to be begun again then.</param>
    /// <exception cref="PolicyException">There is nothing to decide by.</exception>
    public async Task ChangedAsync(ChangeEvent change, string body, CancellationToken cancellationToken)
    {
        var begun = await table.LoadAsync(change.Group, KeyOf(change), cancellationToken).ConfigureAwait(false);
        if (begun is { IsFinished: true })
        {
            CameAgain(change.Name, change.Group, change.Id, begun.Outcome);
            return;
        }

        var policy = await policies.GetAsync(cancellationToken).ConfigureAwait(false);
        var record = await table.LoadAsync(change.Group, cancellationToken).ConfigureAwait(false);
        var group = await SeeAsync(change, isBegun: begun is not null, cancellationToken).ConfigureAwait(false);
        var approved = ApprovedTags(record.Baseline);
        var permission = policy.Judge(change, group, approved, role(change.Group));
        Judged(change.Name, change.Group, change.Id, permission.GetType().Name, permission.Reason);
        switch (permission)
        {
            case Permission.Failed:
                metrics.Write(Metric.Count(Names.DeniedMetric, 1));
                await FinishAsync(change, "failed call", cancellationToken).ConfigureAwait(false);
                break;
            case Permission.Own or Permission.OutOfScope:
                await FinishAsync(change, permission.GetType().Name, cancellationToken).ConfigureAwait(false);
                break;
            case Permission.Allowed:
                await AllowAsync(change, record, group, cancellationToken).ConfigureAwait(false);
                break;
            case Permission.BreakGlass need:
                await SaveAsync(
                        (record with { Baseline = BaselineBefore(change, record, group) }).WithGrant(
                            change,
                            need.Until
                        ),
                        record,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await hub.TellAsync(
                        Notice.OfBreakGlass(change, group, need.Reason, need.Until, time.GetUtcNow()),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await FinishAsync(change, "break glass", cancellationToken).ConfigureAwait(false);
                break;
            case Permission.Unauthorised
                when change.Change is Change.Applied && policy.AppliedGroups == AppliedGroups.Ignore:
                await FinishAsync(change, "ignored", cancellationToken).ConfigureAwait(false);
                break;
            default:
                await UndoAsync(change, body, policy, record, group, begun, permission.Reason, cancellationToken)
                    .ConfigureAwait(false);
                break;
        }
    }

    /// <summary>
    /// A group as AWS Config found it: what waited for the values before gets them, and what differs from the baseline is
    /// looked at.
    /// </summary>
    public async Task FoundAsync(ConfigItem item, CancellationToken cancellationToken)
    {
        var record = await table.LoadAsync(item.Group, cancellationToken).ConfigureAwait(false);
        if (item.Before is { } before)
        {
            foreach (var waiting in record.Waiting)
            {
                await RememberAsync(item.Group, waiting, before, cancellationToken).ConfigureAwait(false);
            }
        }

        await CompareAsync(item.Group, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The group as it is becomes its baseline; what waited and differed is forgotten.</summary>
    public async Task ApproveAsync(GroupId id, string by, CancellationToken cancellationToken)
    {
        var record = await table.LoadAsync(id, cancellationToken).ConfigureAwait(false);
        if (await carrying.DescribeAsync(id, cancellationToken).ConfigureAwait(false) is not { } group)
        {
            NotThere(id);
            await SaveAsync(new() { Group = id }, record, cancellationToken).ConfigureAwait(false);
            return;
        }

        var baseline = Baseline.Take(group, by, time.GetUtcNow(), record.Baseline);
        await SaveAsync(new() { Group = id, Baseline = baseline }, record, cancellationToken).ConfigureAwait(false);
        Taken(id, baseline.Version, by, group.Rules.Count);
    }

    private async Task AllowAsync(
        ChangeEvent change,
        GroupRecord record,
        SecurityGroup? group,
        CancellationToken cancellationToken
    )
    {
        metrics.Write(Metric.Count(Names.AllowedMetric, 1));
        var baseline =
            record.Baseline?.After(change, group)
            ?? (
                group is not null && change.Change is Change.Created created
                    ? Baseline.Of(change, created, group)
                    : null
            );
        if (change.Change is Change.Deleted && group is null && record.Revision is not null)
        {
            await SaveAsync(new() { Group = change.Group }, record, cancellationToken).ConfigureAwait(false);
        }
        else if (baseline is not null && baseline != record.Baseline)
        {
            await SaveAsync(record with { Baseline = baseline }, record, cancellationToken).ConfigureAwait(false);
        }

        await FinishAsync(change, "allowed", cancellationToken).ConfigureAwait(false);
    }

    private async Task UndoAsync(
        ChangeEvent change,
        string body,
        Policy policy,
        GroupRecord record,
        SecurityGroup? group,
        EventRecord? begun,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var baseline = BaselineBefore(change, record, group);
        var mode = policy.ModeOf(ApprovedTags(baseline));
        var planner = new Planner(policy, subject => record.IsFought(subject, policy.Fight, change.Id, now));
        var plan = planner.Undo(change, group, baseline);
        var isolation = await IsolationAsync(change, policy, group, plan, begun, cancellationToken)
            .ConfigureAwait(false);
        Step[] steps = [.. plan.Steps, .. isolation];
        string[] texts = [.. steps.Select(static step => $"{step}")];
        var earlier = begun?.Steps.Zip(begun.Redo).Where(step => !texts.Contains(step.First)).ToArray() ?? [];
        if (mode == Mode.Enforce && steps.Length > 0)
        {
            var intent = new EventRecord
            {
                Event = KeyOf(change),
                Steps = [.. earlier.Select(static step => step.First), .. texts],
                Redo =
                [
                    .. earlier.Select(static step => step.Second),
                    .. steps.Select(step => Ec2.CommandLine.Redo(change.Group, step)),
                ],
            };
            await table.SaveAsync(change.Group, intent, now, cancellationToken).ConfigureAwait(false);
        }

        var (results, after) = await carrying
            .CarryOutAsync(
                change.Group,
                plan.Steps,
                mode,
                seen => planner.Undo(change, seen, baseline),
                cancellationToken
            )
            .ConfigureAwait(false);
        var isolated = await carrying
            .IsolateAsync(change.Group, isolation, mode, cancellationToken)
            .ConfigureAwait(false);
        var outcome = new Results(
            [
                .. earlier.Select(static step => new Result(step.First, new Ec2.Outcome.Done(), step.Second)),
                .. results,
                .. isolated,
            ],
            plan.Left
        )
        {
            MustUndo = mode == Mode.Enforce,
        };
        var isWaiting =
            change.Change is Change.Modified && plan.Left.Any(static left => left.Why == LeftReason.Unknown);
        var next = record with
        {
            Baseline = after is not null ? baseline?.Rebound(after) : baseline,
            Waiting =
                isWaiting && !record.Waiting.Contains(KeyOf(change))
                    ? [.. record.Waiting, KeyOf(change)]
                    : record.Waiting,
        };
        await SaveAsync(
                mode == Mode.Enforce ? next.WithUndone(plan.Steps, change.Id, policy.Fight, now) : next,
                record,
                cancellationToken
            )
            .ConfigureAwait(false);
        await TellAsync(change, body, group, reason, mode, outcome, cancellationToken).ConfigureAwait(false);
        await FinishAsync(
                change,
                outcome.IsFailure ? NotUndone
                    : outcome.IsNothing ? "nothing to do"
                    : "handled",
                cancellationToken,
                isWaiting && body.Length <= LargestBody ? body : null
            )
            .ConfigureAwait(false);
    }

    private async Task TellAsync(
        ChangeEvent change,
        string body,
        SecurityGroup? group,
        string reason,
        Mode mode,
        Results outcome,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        foreach (var step in outcome.Steps)
        {
            Did(change.Group, change.Id, step.What, $"{step.Outcome}", Redo(step));
        }

        foreach (var left in outcome.Left)
        {
            LeftAlone(change.Group, change.Id, left.What, left.Why, left.Sentence);
        }

        var notice = Notice.Of(change, group, reason, $"{mode}", outcome, now);
        if (!outcome.IsNothing)
        {
            await hub.TellAsync(notice, cancellationToken).ConfigureAwait(false);
        }

        if (outcome.IsFailure)
        {
            metrics.Write(Metric.Count(Names.FailedMetric, 1));
            await failures
                .PutAsync(change.Group, change.Id, body, notice.Summary, cancellationToken)
                .ConfigureAwait(false);
        }
        else if (outcome.Steps.Any(static step => step.Outcome is Ec2.Outcome.Done))
        {
            metrics.Write(
                Metric.Count(Names.UndoneMetric, 1),
                Metric.Milliseconds(Names.DelayMetric, [(now - change.At).TotalMilliseconds])
            );
        }
    }

    private static string Redo(Result step) =>
        step is { Outcome: Ec2.Outcome.Done, Redo.Length: > 0 } ? step.Redo : "nothing";

    /// <summary>What should be, whatever this event did; null where nobody knows.</summary>
    private Baseline? BaselineBefore(ChangeEvent change, GroupRecord record, SecurityGroup? group) =>
        record.Baseline switch
        {
            null => group is null ? null : Baseline.Derive(change, group, time.GetUtcNow()),
            { } kept when kept.MayHold(change) => kept.Without(change) ?? kept,
            var kept => kept,
        };

    /// <summary>
    /// The group, once it shows what the event says: an event is faster than EC2 at times. What was begun before need not show
    /// it any more. Null for what is no group: a prefix list.
    /// </summary>
    private async Task<SecurityGroup?> SeeAsync(
        ChangeEvent change,
        bool isBegun,
        CancellationToken cancellationToken
    ) =>
        !change.Group.Id.StartsWith("sg-", StringComparison.Ordinal) ? null
        : change.Error is null && !change.IsDryRun && !isBegun && time.GetUtcNow() - change.At < Fresh
            ? await carrying
                .DescribeAsync(change.Group, group => Seen.In(group, change), cancellationToken)
                .ConfigureAwait(false)
        : await carrying.DescribeAsync(change.Group, cancellationToken).ConfigureAwait(false);

    /// <summary>Those of a baseline that somebody took; in one that was derived may be what an event not heard of yet has set.</summary>
    private static Tags ApprovedTags(Baseline? baseline) =>
        baseline is { IsDerived: false } taken ? taken.Group.Tags : Tags.None;

    private async Task<GroupRecord> SaveAsync(
        GroupRecord record,
        GroupRecord before,
        CancellationToken cancellationToken
    ) =>
        await table.SaveAsync(record, before, cancellationToken).ConfigureAwait(false)
        ?? throw new GroupBusyException($"{record.Group} was worked on by somebody else at the same time");

    /// <summary>What failed is not finished: sent again by a person, it is tried again.</summary>
    private Task FinishAsync(
        ChangeEvent change,
        string outcome,
        CancellationToken cancellationToken,
        string? body = null
    ) =>
        table.SaveAsync(
            change.Group,
            new()
            {
                Event = KeyOf(change),
                IsFinished = outcome != NotUndone,
                Outcome = outcome,
                Body = body,
            },
            time.GetUtcNow(),
            cancellationToken
        );

    /// <summary>One call may do several things to a group.</summary>
    private static string KeyOf(ChangeEvent change) => $"{change.Id}#{change.Change.GetType().Name}";

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Call} on {Group} (event {Event}) came again; it was: {Outcome}"
    )]
    private partial void CameAgain(string call, GroupId group, string @event, string outcome);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Call} on {Group} (event {Event}) is {Permission}: {Reason}"
    )]
    private partial void Judged(string call, GroupId group, string @event, string permission, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group} (event {Event}): {Step}: {Outcome}; what takes that back: {Redo}"
    )]
    private partial void Did(GroupId group, string @event, string step, string outcome, string redo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group} (event {Event}): left {What}: {Why}: {Sentence}")]
    private partial void LeftAlone(GroupId group, string @event, string what, LeftReason why, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Group}: baseline {Version} taken by {By}, {Rules} rules")]
    private partial void Taken(GroupId group, long version, string by, int rules);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group}: there is no such group, so no baseline of it")]
    private partial void NotThere(GroupId group);
}

/// <summary>Somebody else changed the record of a group meanwhile; the next try sees it.</summary>
public sealed class GroupBusyException(string message) : Exception(message);

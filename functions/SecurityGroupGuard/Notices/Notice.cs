using System.Globalization;
using System.Text;
using AlertHub.Aws.Notices;
using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Work;

namespace SecurityGroupGuard.Notices;

/// <summary>
/// What the hub is told: an alert as its API takes them. The same event gives the same labels, so that a second telling is the
/// same alert.
/// </summary>
internal sealed record Notice
{
    /// <summary>What was told once is over for the hub then.</summary>
    private static readonly TimeSpan ShortAge = TimeSpan.FromHours(1);

    /// <summary>What somebody has to see to.</summary>
    private static readonly TimeSpan LongAge = TimeSpan.FromDays(1);

    /// <summary>Characters of one annotation.</summary>
    private const int MostShown = 16_000;

    public const string TrackedConnections =
        "Connections that were open are not cut by a rule's removal as long as they are tracked; end them on the instance, or with a network ACL.";

    private const string PutAside =
        "The event is in the guard's failures queue; once the cause is mended, sent again from there it is tried again.";

    public required string Name { get; init; }

    public required bool IsCritical { get; init; }

    public required GroupId Group { get; init; }

    public string? GroupName { get; init; }

    /// <summary>CloudTrail's event, or empty.</summary>
    public string Event { get; init; } = "";

    public required DateTimeOffset At { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Annotations { get; init; }

    /// <summary>An unauthorised change and what became of it.</summary>
    public static Notice Of(
        ChangeEvent change,
        SecurityGroup? group,
        string reason,
        string mode,
        Results results,
        DateTimeOffset now
    )
    {
        var isDone = results.Steps.Any(static step => step.Outcome is Outcome.Done);
        return new()
        {
            Name =
                results.IsFailure ? "SecurityGroupChangeNotUndone"
                : isDone ? "SecurityGroupChangeUndone"
                : "SecurityGroupChangeSeen",
            IsCritical = results.IsFailure,
            Group = change.Group,
            GroupName = group?.Name ?? change.GroupName,
            Event = change.Id,
            At = change.At,
            Summary = $"{Told(change, group)}. {Ending.Of(results, mode)}",
            Annotations =
            [
                .. About(change, now),
                ("policy", reason),
                ("description", Described(results, isPutAside: results.IsFailure)),
                ("undo_command", Redo(results)),
            ],
        };
    }

    /// <summary>A change that stays for a time.</summary>
    public static Notice OfBreakGlass(
        ChangeEvent change,
        SecurityGroup? group,
        string reason,
        DateTimeOffset until,
        DateTimeOffset now
    ) =>
        new()
        {
            Name = "SecurityGroupBreakGlass",
            IsCritical = true,
            Group = change.Group,
            GroupName = group?.Name ?? change.GroupName,
            Event = change.Id,
            At = change.At,
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"{Told(change, group)}. Left in place as an emergency (break-glass) until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            ),
            Annotations = [.. About(change, now), ("policy", reason), ("until", Text(until))],
        };

    /// <summary>A group that is not as its baseline says.</summary>
    public static Notice OfDrift(GroupId id, SecurityGroup? group, Results results, DateTimeOffset now) =>
        new()
        {
            Name = results.IsFailure ? "SecurityGroupDriftNotUndone" : "SecurityGroupDrift",
            IsCritical = results.IsFailure,
            Group = id,
            GroupName = group?.Name,
            At = now,
            Summary =
                $"{Title(id, group?.Name)} is not as its baseline says, and no event told of it. {Ending.Of(results, mode: null)}",
            Annotations = [("description", Described(results, isPutAside: false)), ("undo_command", Redo(results))],
        };

    /// <summary>Something that could not be worked on.</summary>
    public static Notice OfTrouble(GroupId group, string what, string why, DateTimeOffset now) =>
        new()
        {
            Name = "SecurityGroupGuardFailed",
            IsCritical = true,
            Group = group,
            Event = what,
            At = now,
            Summary = $"A change of {group.Id} was not judged, and nothing was undone: {why}",
            Annotations = [("description", PutAside)],
        };

    /// <param name="now">When it is sent.</param>
    public HubAlert ToAlert(DateTimeOffset now) =>
        new()
        {
            Labels =
            [
                ("alertname", Name),
                ("severity", IsCritical ? "critical" : "warning"),
                ("account", Group.Account),
                ("region", Group.Region),
                ("group_id", Group.Id),
                ("event_id", Event),
            ],
            Annotations = [("summary", Summary), ("group_name", GroupName ?? ""), .. Annotations],
            StartsAt = At,
            EndsAt = now + (IsCritical ? LongAge : ShortAge),
        };

    private static IEnumerable<(string, string)> About(ChangeEvent change, DateTimeOffset now)
    {
        var actor = change.Actor;
        return
        [
            ("who", $"{actor}"),
            ("role", actor.IssuerArn ?? ""),
            ("source_identity", actor.SourceIdentity ?? ""),
            ("invoked_by", actor.InvokedBy ?? ""),
            ("access_key", actor.AccessKey ?? ""),
            ("mfa", actor.HasMfa is { } mfa ? (mfa ? "yes" : "no") : ""),
            ("source_address", actor.SourceAddress ?? ""),
            ("user_agent", actor.UserAgent ?? ""),
            ("call", change.Name),
            ("detected_after", string.Create(CultureInfo.InvariantCulture, $"{(now - change.At).TotalSeconds:F1} s")),
        ];
    }

    private static string Described(Results results, bool isPutAside) =>
        Lines([
            .. results.Steps.Select(static step => $"{step.What}: {step.Outcome}"),
            .. results.Left.Select(static left => $"{left.What}: {left.Sentence}"),
            results.Steps.Any(static step => step.Outcome is Outcome.Done && IsClosing(step)) ? TrackedConnections : "",
            Redo(results).Length > 0 ? "The undo command takes back what the guard did." : "",
            isPutAside ? PutAside : "",
        ]);

    private static string Redo(Results results) =>
        Lines(results.Steps.Where(static step => step.Outcome is Outcome.Done).Select(static step => step.Redo));

    private static bool IsClosing(Result step) =>
        step.What.StartsWith("revoke", StringComparison.Ordinal)
        || step.What.StartsWith("modify", StringComparison.Ordinal);

    private static string Told(ChangeEvent change, SecurityGroup? group) =>
        Deed.Of(change, Title(change.Group, group?.Name ?? change.GroupName), group);

    private static string Title(GroupId id, string? name) => string.IsNullOrEmpty(name) ? id.Id : $"{id.Id} ({name})";

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As many as an alert should carry, each whole; the log has all of them.</summary>
    private static string Lines(IEnumerable<string> lines)
    {
        string[] all = [.. lines.Where(static line => line.Length > 0)];
        var text = new StringBuilder();
        foreach (var (place, line) in all.Index())
        {
            if (text.Length + line.Length > MostShown)
            {
                return text.Append(CultureInfo.InvariantCulture, $"\nand {all.Length - place} more, in the guard's log")
                    .ToString();
            }

            text.Append(place > 0 ? "\n" : "").Append(line);
        }

        return text.ToString();
    }
}

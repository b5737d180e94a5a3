using System.Globalization;
using System.Text;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.Support;

/// <summary>What the guard read of an event, as text for Approved/.</summary>
internal static class GuardText
{
    public static string Of(GuardEvent read) =>
        read switch
        {
            GuardEvent.Changes changes => string.Join("\n", changes.Events.Select(Of)),
            GuardEvent.Item item => Of(item.Found),
            GuardEvent.Command command =>
                $"command {command.Name}\n{Lines(command.Arguments.Select(a => $"{a.Key} = {a.Value}"))}",
            GuardEvent.Scheduled => "scheduled\n",
            GuardEvent.Nothing nothing => $"nothing: {nothing.Why}\n",
            _ => throw new ArgumentOutOfRangeException(nameof(read)),
        };

    public static string Of(Change change) =>
        change switch
        {
            Change.Added added => $"added\n{Lines(added.Rules.Select(Of))}",
            Change.Revoked revoked =>
                $"revoked\n{Lines([.. revoked.Rules.Select(Of), .. revoked.Ids.Select(id => $"{id}, of which nothing is told")])}",
            Change.Modified modified =>
                $"modified\n{Lines(modified.Rules.Select(rule => Of(rule.In(Direction.Ingress))))}",
            Change.Described described =>
                $"described\n{Lines(described.Rules.Select(rule => $"{rule.Id}{rule.Traffic} \"{rule.Description}\""))}",
            Change.Created created => $"created {created.Name} in {created.Vpc}\n{Lines([$"tags {created.Tags}"])}",
            Change.Deleted => "deleted\n",
            Change.Tagged tagged => $"tagged\n{Lines([$"{tagged.Tags}"])}",
            Change.Untagged untagged => $"untagged\n{Lines(untagged.Tags.Select(Of))}",
            Change.RulesTagged tagged => $"rules tagged\n{Lines([string.Join(", ", tagged.Ids), $"{tagged.Tags}"])}",
            Change.RulesUntagged untagged =>
                $"rules untagged\n{Lines([string.Join(", ", untagged.Ids), .. untagged.Tags.Select(Of)])}",
            Change.Applied applied => $"applied: {applied.What}\n",
            Change.Unknown unknown => $"unknown: {unknown.Why}\n",
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };

    public static string Of(Actor actor) =>
        string.Join(
            ", ",
            from pair in (IEnumerable<(string Name, object? Value)>)
                [
                    ("type", actor.Type),
                    ("name", actor.Name),
                    ("arn", actor.Arn),
                    ("issuer", actor.IssuerArn),
                    ("account", actor.Account),
                    ("key", actor.AccessKey),
                    ("source identity", actor.SourceIdentity),
                    ("invoked by", actor.InvokedBy),
                    ("on behalf of", actor.OnBehalfOf),
                    ("MFA", actor.HasMfa),
                    ("from", actor.SourceAddress),
                ]
            where pair.Value is not null
            select $"{pair.Name} {pair.Value}"
        );

    private static string Of(ChangeEvent change) =>
        new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{change.Name} at {change.At:O}\n")
            .Append(CultureInfo.InvariantCulture, $"  event   {change.Id}\n")
            .Append(CultureInfo.InvariantCulture, $"  group   {change.Group}")
            .Append(change.GroupName is { } name ? $" named {name}\n" : "\n")
            .Append(CultureInfo.InvariantCulture, $"  by      {change.Actor}\n")
            .Append(CultureInfo.InvariantCulture, $"          {Of(change.Actor)}\n")
            .Append(CultureInfo.InvariantCulture, $"          {change.Actor.UserAgent}\n")
            .Append(change.Error is { } error ? $"  failed  {error}\n" : "")
            .Append(change.IsDryRun ? "  dry run\n" : "")
            .Append(CultureInfo.InvariantCulture, $"  {Of(change.Change)}")
            .ToString();

    private static string Of(ConfigItem item) =>
        $"item of {item.Group} at {item.CapturedAt:O}: {item.Status}\n"
        + (
            item.Now is { } now
                ? $"  now {now.Name} in {now.Vpc}, tags {now.Tags}\n{Lines(now.Rules.Select(Of))}"
                : "  now: not told\n"
        )
        + (item.Before is { } before ? $"  before\n{Lines(before.Select(Of))}" : "  before: not told\n");

    private static string Of(Rule rule) =>
        $"{rule.Id ?? "no id"}  {rule}"
        + (
            rule.Traffic.Peer is Peer.Group { Account: { } account } group
                ? $" of {account} by {group.PeeringConnection}"
                : ""
        )
        + (rule.Tags.Count > 0 ? $"  tags {rule.Tags}" : "");

    private static string Of(KeyValuePair<string, string?> tag) =>
        tag.Value is { } value ? $"{tag.Key}={value}" : $"{tag.Key}, whatever its value";

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"    {line}\n"));
}

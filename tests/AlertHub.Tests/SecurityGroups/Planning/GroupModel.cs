using SecurityGroupGuard.Events;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Planning;

/// <summary>
/// A group as EC2 keeps one, and what people do to it at random. It refuses what EC2 refuses: a second rule of the same traffic,
/// and rules that are not there.
/// </summary>
internal sealed class GroupModel
{
    public static GroupId Id { get; } = new("111122223333", "eu-central-1", "sg-1");

    public static DateTimeOffset Start { get; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly Peer[] Peers =
    [
        new Peer.Addresses(Network.Parse("0.0.0.0/0")!.Value),
        new Peer.Addresses(Network.Parse("10.0.0.0/8")!.Value),
        new Peer.Addresses(Network.Parse("10.1.0.0/16")!.Value),
        new Peer.Addresses(Network.Parse("::/0")!.Value),
        new Peer.Addresses(Network.Parse("fd00::/8")!.Value),
        new Peer.PrefixList("pl-1"),
        new Peer.Group("sg-2"),
        new Peer.Group("sg-3") { Account = "444455556666", PeeringConnection = "pcx-1" },
    ];

    private static readonly (Protocol Protocol, int? From, int? To)[] Ports =
    [
        (Protocol.Tcp, 22, 22),
        (Protocol.Tcp, 0, 65535),
        (Protocol.Tcp, 20, 25),
        (Protocol.Udp, 53, 53),
        (Protocol.Icmp, 8, -1),
        (Protocol.IcmpV6, null, null),
        (Protocol.Parse("47")!.Value, null, null),
        (Protocol.All, null, null),
    ];

    private static readonly string[] Descriptions = ["", "office", "tempörary"];

    private readonly Random random;
    private readonly int variety;
    private int ids;
    private int events;

    /// <param name="random">What happens.</param>
    /// <param name="variety">Of how many kinds of traffic: few meet each other often.</param>
    public GroupModel(Random random, int variety)
    {
        (this.random, this.variety) = (random, variety);
        Group = new() { Id = Id, Tags = Tags.None.With("team", "shop") };
        for (var rule = random.Next(5); rule > 0; rule--)
        {
            Add();
        }
    }

    public SecurityGroup Group { get; private set; }

    /// <summary>Rules are added and revoked only.</summary>
    public bool IsSimple { get; init; }

    /// <summary>Somebody does something; null where EC2 refuses it.</summary>
    public ChangeEvent? Happen()
    {
        Change? change = random.Next(IsSimple ? 3 : 6) switch
        {
            0 or 1 => Add(),
            2 => Revoke(),
            3 or 4 => Modify(),
            _ => Describe(),
        };
        events++;
        return change is null
            ? null
            : new()
            {
                Id = $"event-{events}",
                Name = $"{change.GetType().Name}",
                At = Start.AddSeconds(events),
                Actor = new(),
                Group = Id,
                Change = change,
            };
    }

    /// <summary>As EC2 does what the guard asks for.</summary>
    public void Do(Step step)
    {
        Group = step switch
        {
            Step.Revoke revoke => Group with { Rules = [.. Group.Rules.Where(rule => rule != There(revoke.Rule.Id))] },
            Step.Authorize authorize => With(authorize.Rule with { Id = NewId() }),
            Step.Modify modify => Replace(There(modify.From.Id), modify.To),
            Step.Describe describe => Replace(
                There(describe.Rule.Id),
                There(describe.Rule.Id) with
                {
                    Description = describe.Description,
                }
            ),
            _ => throw new InvalidOperationException($"{step} is not expected here"),
        };
    }

    /// <summary>What rules say, whatever their ids.</summary>
    public static string[] Says(SecurityGroup group) => [.. group.Rules.Select(static rule => $"{rule}").Order()];

    private Change.Added? Add()
    {
        var rule = new Rule
        {
            Id = NewId(),
            Traffic = Some(),
            Description = Descriptions[random.Next(Descriptions.Length)],
        };
        if (Group.Find(rule.Traffic) is not null)
        {
            return null;
        }

        Group = With(rule);
        return new Change.Added([rule]);
    }

    private Change.Revoked? Revoke()
    {
        if (OneRule() is not { } rule)
        {
            return null;
        }

        Group = Group with { Rules = [.. Group.Rules.Where(other => other != rule)] };
        return new Change.Revoked([rule], []);
    }

    private Change.Modified? Modify()
    {
        if (OneRule() is not { } rule)
        {
            return null;
        }

        // EC2 lets nobody change a rule's way.
        var some = Some();
        var modified = rule with
        {
            Traffic = Traffic.Create(rule.Traffic.Direction, some.Protocol, some.From, some.To, some.Peer),
            Description = Descriptions[random.Next(Descriptions.Length)],
        };
        if (Group.Find(modified.Traffic) is { } other && other.Id != rule.Id)
        {
            return null;
        }

        Group = Replace(rule, modified);
        return new Change.Modified([
            new(
                rule.Id!,
                modified.Traffic.Protocol,
                modified.Traffic.From,
                modified.Traffic.To,
                modified.Traffic.Peer,
                modified.Description
            ),
        ]);
    }

    private Change.Described? Describe()
    {
        if (OneRule() is not { } rule)
        {
            return null;
        }

        var description = Descriptions[random.Next(Descriptions.Length)];
        Group = Replace(rule, rule with { Description = description });
        return new Change.Described([
            random.Next(2) == 0 ? new(rule.Id, null, description) : new(null, rule.Traffic, description),
        ]);
    }

    private SecurityGroup With(Rule rule)
    {
        Assert.True(Group.Find(rule.Traffic) is null, $"InvalidPermission.Duplicate: {rule}");
        return Group with { Rules = [.. Group.Rules, rule] };
    }

    private SecurityGroup Replace(Rule rule, Rule by)
    {
        Assert.True(
            Group.Find(by.Traffic) is not { } other || other.Id == rule.Id,
            $"InvalidPermission.Duplicate: {rule} to {by}"
        );
        return Group with { Rules = [.. Group.Rules.Select(each => each == rule ? by : each)] };
    }

    private Rule There(string? id)
    {
        Assert.True(Group.Find(id) is not null, $"InvalidSecurityGroupRuleId.NotFound: {id}");
        return Group.Find(id)!;
    }

    private Rule? OneRule() => Group.Rules.Count == 0 ? null : Group.Rules[random.Next(Group.Rules.Count)];

    private Traffic Some()
    {
        var kind = random.Next(variety);
        var (protocol, from, to) = Ports[kind % Ports.Length];
        return Traffic.Create(
            kind % 3 == 0 ? Direction.Egress : Direction.Ingress,
            protocol,
            from,
            to,
            Peers[kind / Ports.Length % Peers.Length]
        );
    }

    private string NewId() => $"sgr-{++ids}";
}

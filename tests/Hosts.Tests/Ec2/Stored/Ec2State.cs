using System.Collections.Immutable;
using System.Globalization;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>All that EC2 keeps of one account in one Region. A change makes another one.</summary>
internal sealed record Ec2State
{
    public string AccountId { get; init; } = "123456789012";

    public string Region { get; init; } = "eu-central-1";

    /// <summary>Where a group goes that names no VPC, and where what is not there is not missed.</summary>
    public string DefaultVpcId { get; init; } = "vpc-0default00000000";

    /// <summary>Rules of a group in one direction, those for IPv4 and those for IPv6 counted apart.</summary>
    public int RulesPerGroup { get; init; } = 60;

    public ImmutableSortedDictionary<string, StoredGroup> Groups { get; init; } =
        ImmutableSortedDictionary.Create<string, StoredGroup>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, StoredInterface> Interfaces { get; init; } =
        ImmutableSortedDictionary.Create<string, StoredInterface>(StringComparer.Ordinal);

    public ImmutableDictionary<string, PeerGroup> Peers { get; init; } = ImmutableDictionary<string, PeerGroup>.Empty;

    /// <summary>How many entries a prefix list may have: as many rules does it count for.</summary>
    public ImmutableDictionary<string, int> PrefixLists { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Of ids that were given.</summary>
    public long Last { get; init; }

    public string GroupArn(string id) => $"arn:aws:ec2:{Region}:{AccountId}:security-group/{id}";

    public string RuleArn(string id) => $"arn:aws:ec2:{Region}:{AccountId}:security-group-rule/{id}";

    public StoredGroup Group(string id) => Groups.GetValueOrDefault(id) ?? throw Ec2Refusal.GroupNotFound(id);

    public Ec2State With(StoredGroup group) => this with { Groups = Groups.SetItem(group.Id, group) };

    /// <summary>Gives an id that nothing else has: <c>sg</c>, <c>sgr</c> or <c>eni</c> and 17 digits.</summary>
    public Ec2State NewId(string kind, out string id)
    {
        id = string.Create(CultureInfo.InvariantCulture, $"{kind}-0{Last + 1:x16}");
        return this with { Last = Last + 1 };
    }

    /// <summary>A group has more rules, which get their ids here. Nothing is checked.</summary>
    public Ec2State Add(string groupId, IEnumerable<StoredRule> rules, out IReadOnlyList<StoredRule> added)
    {
        var state = this;
        List<StoredRule> given = [];
        foreach (var rule in rules)
        {
            state = state.NewId("sgr", out var id);
            given.Add(rule with { Id = id });
        }

        added = given;
        var group = state.Group(groupId);
        return state.With(group with { Rules = group.Rules.AddRange(given) });
    }
}

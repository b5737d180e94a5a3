using System.Text.Json.Serialization;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;
using GroupTags = SecurityGroupGuard.Rules.Tags;

namespace SecurityGroupGuard.Storage;

/// <summary>A rule as it is stored.</summary>
internal sealed record StoredRule
{
    public string? Id { get; init; }
    public required bool IsEgress { get; init; }
    public required string Protocol { get; init; }
    public required int From { get; init; }
    public required int To { get; init; }

    /// <summary>One of these three.</summary>
    public string? Network { get; init; }
    public string? PrefixList { get; init; }
    public string? Group { get; init; }

    public string? Account { get; init; }
    public string? PeeringConnection { get; init; }
    public string? Description { get; init; }
    public Dictionary<string, string>? Tags { get; init; }

    public static StoredRule Of(Rule rule) =>
        new()
        {
            Id = rule.Id,
            IsEgress = rule.Traffic.Direction == Direction.Egress,
            Protocol = rule.Traffic.Protocol.Name,
            From = rule.Traffic.From,
            To = rule.Traffic.To,
            Network = (rule.Traffic.Peer as Peer.Addresses)?.Network.ToString(),
            PrefixList = (rule.Traffic.Peer as Peer.PrefixList)?.Id,
            Group = (rule.Traffic.Peer as Peer.Group)?.Id,
            Account = (rule.Traffic.Peer as Peer.Group)?.Account,
            PeeringConnection = (rule.Traffic.Peer as Peer.Group)?.PeeringConnection,
            Description = rule.Description.Length > 0 ? rule.Description : null,
            Tags = rule.Tags.Count > 0 ? new(rule.Tags) : null,
        };

    public Rule Read() =>
        new()
        {
            Id = Id,
            Traffic = Traffic.Create(
                IsEgress ? Direction.Egress : Direction.Ingress,
                global::SecurityGroupGuard.Rules.Protocol.Parse(Protocol) ?? throw Broken("protocol", Protocol),
                From,
                To,
                global::SecurityGroupGuard.Rules.Network.Parse(Network) is { } network ? new Peer.Addresses(network)
                    : PrefixList is { } list ? new Peer.PrefixList(list)
                    : Group is { } group
                        ? new Peer.Group(group) { Account = Account, PeeringConnection = PeeringConnection }
                    : throw Broken("peer", Network)
            ),
            Description = Description ?? "",
            Tags = GroupTags.Of(Tags ?? []),
        };

    private static InvalidDataException Broken(string what, string? value) =>
        new($"the table has a rule whose {what} is \"{value}\"");
}

internal sealed record StoredBaseline
{
    public string Name { get; init; } = "";
    public string? Vpc { get; init; }
    public Dictionary<string, string> Tags { get; init; } = [];
    public required List<StoredRule> Rules { get; init; }
    public required DateTimeOffset Since { get; init; }
    public bool IsDerived { get; init; }
    public List<string> Foreign { get; init; } = [];
    public required string By { get; init; }
    public required long Version { get; init; }
    public Dictionary<string, DateTimeOffset> Stamps { get; init; } = [];

    public static StoredBaseline Of(Baseline baseline) =>
        new()
        {
            Name = baseline.Group.Name,
            Vpc = baseline.Group.Vpc,
            Tags = new(baseline.Group.Tags),
            Rules = [.. baseline.Group.Rules.Select(StoredRule.Of)],
            Since = baseline.Since,
            IsDerived = baseline.IsDerived,
            Foreign = [.. baseline.Foreign],
            By = baseline.By,
            Version = baseline.Version,
            Stamps = new(baseline.Stamps),
        };

    public Baseline Read(GroupId group) =>
        new()
        {
            Group = new()
            {
                Id = group,
                Name = Name,
                Vpc = Vpc,
                Tags = GroupTags.Of(Tags),
                Rules = [.. Rules.Select(static rule => rule.Read())],
            },
            Since = Since,
            IsDerived = IsDerived,
            Foreign = Foreign.ToHashSet(StringComparer.Ordinal),
            By = By,
            Version = Version,
            Stamps = Stamps,
        };
}

internal sealed record StoredGroup
{
    public StoredBaseline? Baseline { get; init; }
    public List<Grant> Grants { get; init; } = [];
    public List<Undone> Undone { get; init; } = [];
    public Dictionary<string, DateTimeOffset> Differs { get; init; } = [];
    public List<string> Waiting { get; init; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredGroup))]
[JsonSerializable(typeof(StoredBaseline))]
[JsonSerializable(typeof(EventRecord))]
internal sealed partial class StoredJson : JsonSerializerContext;

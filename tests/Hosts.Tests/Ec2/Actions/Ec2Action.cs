using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>What EC2 can be asked to do.</summary>
internal sealed record Ec2Action
{
    /// <summary>From what there was to what there is and is answered; refuses by <see cref="Ec2Refusal"/>.</summary>
    public required Func<Ec2State, QueryNode, Ec2Outcome> Do { get; init; }

    /// <summary>First parts of the names that it knows, besides those of every action.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary><c>requestParameters</c> of CloudTrail; null for what only reads, which EventBridge does not get.</summary>
    public Func<QueryNode, JsonObject>? Trail { get; init; }

    /// <summary>Newer actions have their answer under its own name in CloudTrail, and so have their requests.</summary>
    public bool IsWrapped { get; init; }

    public bool IsWrite => Trail is not null;
}

/// <summary>What became of it.</summary>
internal sealed record Ec2Outcome(Ec2State State, params IReadOnlyList<XElement> Answer);

using AlertHub.Configuration.Shapes;

namespace SecurityGroupGuard.Policies;

/// <summary>The group that the interfaces of a VPC have instead of their own while they are kept apart.</summary>
internal sealed record Quarantine
{
    public string Vpc { get; init; } = "";

    /// <summary>Of the same VPC, and as closed as its rules are: a group without any lets nothing new in or out.</summary>
    public string Group { get; init; } = "";

    public static Shape<Quarantine> Shape { get; } =
        new Shape<Quarantine>("quarantine", new())
            .Called("an entry of quarantine")
            .Field("vpc", PolicyKinds.Id("vpc"), static q => q.Vpc, static (q, v) => q with { Vpc = v })
            .About("The VPC whose interfaces it is for.")
            .Field("group", PolicyKinds.Id("sg"), static q => q.Group, static (q, v) => q with { Group = v })
            .About("The group of this VPC that they get, alone: one without rules lets nothing new in or out.")
            .Require("vpc", "say for which VPC it is")
            .Require("group", "say which group its interfaces get");
}

using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>By which tag groups are known that an AWS service made, and may change.</summary>
internal sealed record Ownership
{
    /// <summary><c>cloudformation.amazonaws.com</c>.</summary>
    public required string Name { get; init; }

    public required string Tag { get; init; }

    public static Shape<Ownership> Shape { get; } =
        new Shape<Ownership>("service", new() { Name = "", Tag = "" })
            .Called("an entry of services")
            .Field("name", PolicyKinds.ServiceName, static s => s.Name, static (s, v) => s with { Name = v })
            .About("What CloudTrail has under invokedBy, such as cloudformation.amazonaws.com.")
            .Field("tag", PolicyKinds.TagKey, static s => s.Tag, static (s, v) => s with { Tag = v })
            .About("The key of the tag that the service's own groups have, such as aws:cloudformation:stack-id.")
            .Require("name", "say which service, such as cloudformation.amazonaws.com")
            .Require("tag", "say by which tag its groups are known, such as aws:cloudformation:stack-id")
            .Check(
                static (s, place) =>
                {
                    if (s.Tag.Length > 0 && !s.Tag.StartsWith("aws:", StringComparison.Ordinal))
                    {
                        place["tag"]
                            .Warn(
                                $"whoever may tag a group can give it \"{s.Tag}\"; only tags that begin with aws: are set by AWS alone"
                            );
                    }
                }
            );

    public bool Owns(Actor actor, Tags tags) => actor.InvokedBy == Name && tags[Tag] is not null;
}

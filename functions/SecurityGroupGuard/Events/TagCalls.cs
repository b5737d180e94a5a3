using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>Tags given to groups and rules, and taken from them: what exempts a group is a tag.</summary>
internal static class TagCalls
{
    /// <summary>Null where it is another call; none where it was for other resources only.</summary>
    public static IReadOnlyList<ChangeEvent>? Read(CloudTrailRecord call) =>
        (call.Service, call.Name) switch
        {
            ("ec2", "CreateTags") => Each(
                call,
                new Change.Tagged(Given(call)),
                ids => new Change.RulesTagged(ids, Given(call))
            ),
            ("ec2", "DeleteTags") => Each(
                call,
                new Change.Untagged(Taken(call)),
                ids => new Change.RulesUntagged(ids, Taken(call))
            ),
            _ => null,
        };

    private static ChangeEvent[] Each(
        CloudTrailRecord call,
        Change ofGroup,
        Func<IReadOnlyList<string>, Change> ofRules
    )
    {
        string[] rules = [.. call.Request.Ids("sgr-")];
        ChangeEvent[] changes =
        [
            .. call.Request.Ids("sg-").Select(group => call.To(group, ofGroup)),
            // Whose rules they are is not in the event.
            .. rules.Length > 0 ? [call.To(null, ofRules(rules))] : (ChangeEvent[])[],
        ];
        return changes.Length == 0 && call.IsCut ? [call.To(null, call.Unknown())] : changes;
    }

    private static Tags Given(CloudTrailRecord call)
    {
        var tags = call.Request.TagsOf("tagSet");
        return tags.Count > 0 ? tags : call.Request.TagsOf("tag");
    }

    private static Dictionary<string, string?> Taken(CloudTrailRecord call)
    {
        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in call.Request.TagEntries("tagSet").Concat(call.Request.TagEntries("tag")))
        {
            tags[key] = value;
        }

        return tags;
    }
}

using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;
using Tags = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>Tags of groups and rules.</summary>
internal static class Tagging
{
    public static Ec2Outcome Create(Ec2State state, QueryNode query)
    {
        var tags = TagsRead.Of(query["Tag"]);
        return tags.Count == 0
            ? throw Ec2Refusal.Missing("Tag")
            : new(Resources(state, query, old => old.SetItems(tags)), Ec2Xml.Return);
    }

    /// <summary>
    /// A tag with a value goes only if it has that one, one without whatever it has, and where none is named all go but
    /// those that begin with <c>aws:</c>.
    /// </summary>
    public static Ec2Outcome Delete(Ec2State state, QueryNode query)
    {
        var tags = query["Tag"].Items;
        bool Goes(string key, string value) =>
            tags.Count == 0
                ? !key.StartsWith("aws:", StringComparison.Ordinal)
                : tags.Any(tag => tag["Key"].Value == key && (tag["Value"].Value ?? value) == value);
        return new(
            Resources(
                state,
                query,
                old => old.RemoveRange(old.Where(tag => Goes(tag.Key, tag.Value)).Select(static tag => tag.Key))
            ),
            Ec2Xml.Return
        );
    }

    public static Ec2Outcome Describe(Ec2State state, QueryNode query)
    {
        var filters = new Filters(query);
        var all = state
            .Groups.Values.SelectMany(static group =>
                group
                    .Rules.Select(static rule => (rule.Id, Type: "security-group-rule", rule.Tags))
                    .Prepend((group.Id, Type: "security-group", group.Tags))
            )
            .SelectMany(static resource => resource.Tags.Select(tag => (resource.Id, resource.Type, Tag: tag)))
            .Where(each =>
                filters.Match(name =>
                    name switch
                    {
                        "resource-id" => [each.Id],
                        "resource-type" => [each.Type],
                        "key" => [each.Tag.Key],
                        "value" => [each.Tag.Value],
                        _ => Filters.Tagged(name, StoredTags.Of((each.Tag.Key, each.Tag.Value))),
                    }
                )
            )
            .OrderBy(static each => each.Id + " " + each.Tag.Key, StringComparer.Ordinal);
        var page = Page.Of(all, static each => each.Id + " " + each.Tag.Key, query);
        return new(
            state,
            [
                Ec2Xml.Set(
                    "tagSet",
                    page.Items.Select(static each =>
                        (XElement[])
                            [
                                new("resourceId", each.Id),
                                new("resourceType", each.Type),
                                new("key", each.Tag.Key),
                                new("value", each.Tag.Value),
                            ]
                    )
                ),
                .. page.NextToken,
            ]
        );
    }

    private static Ec2State Resources(Ec2State state, QueryNode query, Func<Tags, Tags> change)
    {
        var ids = query["ResourceId"].Values;
        return ids.Count == 0 ? throw Ec2Refusal.Missing("ResourceId") : ids.Aggregate(state, One);

        Ec2State One(Ec2State before, string id)
        {
            if (id.StartsWith("sg-", StringComparison.Ordinal))
            {
                var group = before.Group(GroupIds.Checked(id));
                return before.With(group with { Tags = change(group.Tags) });
            }

            if (!id.StartsWith("sgr-", StringComparison.Ordinal))
            {
                throw new Ec2Refusal("InvalidID", $"The ID '{id}' is not valid");
            }

            var owner =
                before.Groups.Values.FirstOrDefault(each =>
                    each.Rules.Exists(rule => rule.Id == GroupIds.CheckedRule(id))
                ) ?? throw Ec2Refusal.RuleIdNotFound(id);
            var rule = Rules.Find(owner, id);
            return before.With(
                owner with
                {
                    Rules = owner.Rules.Replace(rule, rule with { Tags = change(rule.Tags) }),
                }
            );
        }
    }
}

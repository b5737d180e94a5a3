using Amazon.EC2;
using Amazon.EC2.Model;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;
using Rule = SecurityGroupGuard.Rules.Rule;
using SecurityGroup = SecurityGroupGuard.Rules.SecurityGroup;

namespace SecurityGroupGuard.Ec2;

/// <summary>A group as EC2 has it, and steps carried out on it.</summary>
/// <param name="client">Of the group's account and region.</param>
/// <param name="isDryRun">EC2 is asked whether it would, and nothing changes.</param>
/// <remarks>
/// What EC2 cannot do for the moment is thrown (<see cref="AmazonEC2Exception"/>, or what a connection ends with): nothing is
/// lost, since the next attempt plans anew from what is there then.
/// </remarks>
internal sealed class GroupCalls(IAmazonEC2 client, bool isDryRun = false)
{
    /// <summary>EC2's own limit of one page.</summary>
    private const int PageSize = 1000;

    /// <summary>Null where there is no such group.</summary>
    public async Task<SecurityGroup?> DescribeAsync(GroupId id, CancellationToken cancellationToken)
    {
        Amazon.EC2.Model.SecurityGroup? group;
        try
        {
            var groups = await client
                .DescribeSecurityGroupsAsync(new() { GroupIds = [id.Id] }, cancellationToken)
                .ConfigureAwait(false);
            group = groups.SecurityGroups?.FirstOrDefault();
        }
        catch (AmazonEC2Exception e) when (Ec2Errors.IsGone(e))
        {
            return null;
        }

        return group is null
            ? null
            : new()
            {
                Id = id,
                Name = group.GroupName ?? "",
                Vpc = group.VpcId,
                Tags = RuleShapes.Read(group.Tags),
                Rules = await RulesAsync(id.Id, cancellationToken).ConfigureAwait(false),
            };
    }

    /// <summary>Ids of all groups of the account in the region.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(IAmazonEC2 client, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        string? next = null;
        do
        {
            var page = await client
                .DescribeSecurityGroupsAsync(new() { MaxResults = PageSize, NextToken = next }, cancellationToken)
                .ConfigureAwait(false);
            ids.AddRange((page.SecurityGroups ?? []).Select(static group => group.GroupId).OfType<string>());
            next = page.NextToken;
        } while (!string.IsNullOrEmpty(next));

        return ids;
    }

    /// <summary>
    /// Interfaces of instances that have a group, and all groups of each. Those that AWS manages (of load balancers, databases,
    /// NAT gateways) are no instance's, and EC2 lets nobody else change them.
    /// </summary>
    public async Task<IReadOnlyList<(string Id, IReadOnlyList<string> Groups)>> InterfacesAsync(
        GroupId id,
        CancellationToken cancellationToken
    )
    {
        List<(string, IReadOnlyList<string>)> interfaces = [];
        string? next = null;
        do
        {
            var page = await client
                .DescribeNetworkInterfacesAsync(
                    new()
                    {
                        Filters = [new("group-id", [id.Id])],
                        MaxResults = PageSize,
                        NextToken = next,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            interfaces.AddRange(
                (page.NetworkInterfaces ?? [])
                    .Where(static each => each.RequesterManaged != true && each.Attachment?.InstanceId is not null)
                    .Select(static each =>
                        (
                            each.NetworkInterfaceId,
                            (IReadOnlyList<string>)[.. (each.Groups ?? []).Select(static group => group.GroupId)]
                        )
                    )
            );
            next = page.NextToken;
        } while (!string.IsNullOrEmpty(next));

        return interfaces;
    }

    /// <summary>The id of a group that was called by its name, which EC2 allows in a default VPC; null where there is none.</summary>
    public static async Task<string?> FindAsync(IAmazonEC2 client, string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client
                .DescribeSecurityGroupsAsync(new() { GroupNames = [name] }, cancellationToken)
                .ConfigureAwait(false);
            return found.SecurityGroups?.FirstOrDefault()?.GroupId;
        }
        catch (AmazonEC2Exception e) when (Ec2Errors.IsGone(e))
        {
            return null;
        }
    }

    /// <summary>
    /// Revokes go out together, by the rules' ids; where one of them is gone EC2 refuses all of the call, so that they are
    /// tried one by one then. The other steps are calls of their own.
    /// </summary>
    /// <returns>An outcome for each step, in their order.</returns>
    public async Task<IReadOnlyList<Outcome>> DoAsync(
        GroupId id,
        IReadOnlyList<Step> steps,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new Outcome[steps.Count];
        foreach (var direction in Enum.GetValues<Direction>())
        {
            (int Place, Step.Revoke Step)[] revokes =
            [
                .. steps
                    .Index()
                    .Where(each => each.Item is Step.Revoke revoke && revoke.Rule.Traffic.Direction == direction)
                    .Select(static each => (each.Index, (Step.Revoke)each.Item)),
            ];
            if (revokes.Length == 0)
            {
                continue;
            }

            if (
                revokes.Length > 1
                && await TryTogetherAsync(id, direction, revokes, cancellationToken).ConfigureAwait(false) is { } all
            )
            {
                Array.ForEach(revokes, each => outcomes[each.Place] = all);
                continue;
            }

            foreach (var (place, step) in revokes)
            {
                outcomes[place] = await TryAsync(() => RevokeAsync(id, direction, [step.Rule], cancellationToken))
                    .ConfigureAwait(false);
            }
        }

        foreach (var (place, step) in steps.Index().Where(static each => each.Item is not Step.Revoke))
        {
            outcomes[place] = await TryAsync(() => DoAsync(id, step, cancellationToken)).ConfigureAwait(false);
        }

        return outcomes;
    }

    private Task DoAsync(GroupId id, Step step, CancellationToken cancellationToken) =>
        step switch
        {
            Step.Authorize authorize => AuthorizeAsync(id, authorize.Rule, cancellationToken),
            Step.Modify modify => client.ModifySecurityGroupRulesAsync(
                new()
                {
                    GroupId = id.Id,
                    SecurityGroupRules = [RuleShapes.Update(modify.To)],
                    DryRun = isDryRun,
                },
                cancellationToken
            ),
            Step.Describe describe => DescribeAsync(id, describe, cancellationToken),
            Step.Tag tag => client.CreateTagsAsync(
                new()
                {
                    Resources = [id.Id],
                    Tags = [new(tag.Key, tag.Value)],
                    DryRun = isDryRun,
                },
                cancellationToken
            ),
            Step.Untag untag => client.DeleteTagsAsync(
                new()
                {
                    Resources = [id.Id],
                    Tags = [new() { Key = untag.Key }],
                    DryRun = isDryRun,
                },
                cancellationToken
            ),
            Step.Isolate isolate => client.ModifyNetworkInterfaceAttributeAsync(
                new()
                {
                    NetworkInterfaceId = isolate.Interface,
                    Groups = [isolate.To],
                    DryRun = isDryRun,
                },
                cancellationToken
            ),
            Step.Delete => client.DeleteSecurityGroupAsync(
                new() { GroupId = id.Id, DryRun = isDryRun },
                cancellationToken
            ),
            _ => throw new InvalidOperationException($"{step} is done together with its like"),
        };

    private Task RevokeAsync(
        GroupId id,
        Direction direction,
        IEnumerable<Rule> rules,
        CancellationToken cancellationToken
    )
    {
        List<string> ids = [.. rules.Select(static rule => rule.Id).OfType<string>()];
        return direction == Direction.Ingress
            ? client.RevokeSecurityGroupIngressAsync(
                new()
                {
                    GroupId = id.Id,
                    SecurityGroupRuleIds = ids,
                    DryRun = isDryRun,
                },
                cancellationToken
            )
            : client.RevokeSecurityGroupEgressAsync(
                new()
                {
                    GroupId = id.Id,
                    SecurityGroupRuleIds = ids,
                    DryRun = isDryRun,
                },
                cancellationToken
            );
    }

    private Task AuthorizeAsync(GroupId id, Rule rule, CancellationToken cancellationToken)
    {
        // Those of AWS's own cannot be set by anybody else.
        List<Tag> own =
        [
            .. rule
                .Tags.Where(static tag => !tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                .Select(static tag => new Tag(tag.Key, tag.Value)),
        ];
        List<TagSpecification>? tags =
            own.Count == 0 ? null : [new() { ResourceType = ResourceType.SecurityGroupRule, Tags = own }];
        return rule.Traffic.Direction == Direction.Ingress
            ? client.AuthorizeSecurityGroupIngressAsync(
                new()
                {
                    GroupId = id.Id,
                    IpPermissions = [RuleShapes.Permission(rule)],
                    TagSpecifications = tags,
                    DryRun = isDryRun,
                },
                cancellationToken
            )
            : client.AuthorizeSecurityGroupEgressAsync(
                new()
                {
                    GroupId = id.Id,
                    IpPermissions = [RuleShapes.Permission(rule)],
                    TagSpecifications = tags,
                    DryRun = isDryRun,
                },
                cancellationToken
            );
    }

    private Task DescribeAsync(GroupId id, Step.Describe step, CancellationToken cancellationToken)
    {
        List<SecurityGroupRuleDescription> descriptions =
        [
            new() { SecurityGroupRuleId = step.Rule.Id, Description = step.Description },
        ];
        return step.Rule.Traffic.Direction == Direction.Ingress
            ? client.UpdateSecurityGroupRuleDescriptionsIngressAsync(
                new()
                {
                    GroupId = id.Id,
                    SecurityGroupRuleDescriptions = descriptions,
                    DryRun = isDryRun,
                },
                cancellationToken
            )
            : client.UpdateSecurityGroupRuleDescriptionsEgressAsync(
                new()
                {
                    GroupId = id.Id,
                    SecurityGroupRuleDescriptions = descriptions,
                    DryRun = isDryRun,
                },
                cancellationToken
            );
    }

    /// <summary>Null where one of them kept EC2 from revoking any.</summary>
    private async Task<Outcome?> TryTogetherAsync(
        GroupId id,
        Direction direction,
        IReadOnlyList<(int Place, Step.Revoke Step)> revokes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await RevokeAsync(id, direction, revokes.Select(static each => each.Step.Rule), cancellationToken)
                .ConfigureAwait(false);
            return new Outcome.Done();
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode == Ec2Errors.DryRun)
        {
            return new Outcome.WouldBeDone();
        }
        catch (AmazonEC2Exception e) when (!Ec2Errors.IsPassing(e))
        {
            return null;
        }
    }

    private static async Task<Outcome> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return new Outcome.Done();
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode == Ec2Errors.DryRun)
        {
            return new Outcome.WouldBeDone();
        }
        // Whether it is as it should be is seen when the group is described once more.
        catch (AmazonEC2Exception e) when (Ec2Errors.IsGone(e) || Ec2Errors.IsDuplicate(e))
        {
            return new Outcome.Done();
        }
        catch (AmazonEC2Exception e) when (!Ec2Errors.IsPassing(e))
        {
            return new Outcome.Refused(e.ErrorCode ?? "", e.Message);
        }
    }

    private async Task<IReadOnlyList<Rule>> RulesAsync(string id, CancellationToken cancellationToken)
    {
        List<Rule> rules = [];
        string? next = null;
        do
        {
            var page = await client
                .DescribeSecurityGroupRulesAsync(
                    new()
                    {
                        Filters = [new("group-id", [id])],
                        MaxResults = PageSize,
                        NextToken = next,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            rules.AddRange((page.SecurityGroupRules ?? []).Select(RuleShapes.Read).OfType<Rule>());
            next = page.NextToken;
        } while (!string.IsNullOrEmpty(next));

        return rules;
    }
}

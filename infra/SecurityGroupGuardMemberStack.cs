using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Constructs;
using BusTarget = Amazon.CDK.AWS.Events.Targets.EventBus;
using BusTargetProps = Amazon.CDK.AWS.Events.Targets.EventBusProps;

namespace Infra;

/// <summary>
/// What an account needs for a guard elsewhere to watch over its security groups: the same events, forwarded, and a role to undo
/// changes by.
/// </summary>
internal sealed class SecurityGroupGuardMemberStack : Stack
{
    public SecurityGroupGuardMemberStack(Construct scope, string id, Deployment deployment)
        : base(
            scope,
            id,
            new StackProps
            {
                Description = "Lets a guard of another account undo changes of security groups",
                Env = deployment.Hub.Environment,
            }
        )
    {
        var role = Admit(deployment);
        var target = Forward(deployment.Guard.Bus);
        // By its name: with a reference to it the pattern would be the one thing that changes with the role.
        var ownRole = $"arn:{Partition}:iam::{Account}:role/{GuardDeployment.MemberRole(this, deployment.Hub)}";
        foreach (var happened in GuardEvents.Of(ownRole, deployment.Guard.Config))
        {
            _ = new Rule(
                this,
                happened.Id,
                new RuleProps
                {
                    Description = happened.Description,
                    EventPattern = happened.Pattern,
                    Targets = [target],
                }
            );
        }

        _ = new CfnOutput(
            this,
            "MemberRoleArn",
            new CfnOutputProps { Description = "The guard's role here", Value = role.RoleArn }
        );
    }

    /// <summary>A role for the guard's functions and nobody else.</summary>
    private Role Admit(Deployment deployment)
    {
        var guard = deployment.Guard;
        PrincipalBase principals = new CompositePrincipal([.. guard.Roles.Select(arn => new ArnPrincipal(arn))]);
        if (guard.Organization is { } organization)
        {
            principals = new PrincipalWithConditions(
                principals,
                new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = organization },
                }
            );
        }

        var role = new Role(
            this,
            "MemberRole",
            new RoleProps
            {
                Description = "By which the guard of security groups works in this account",
                // Both accounts must know it before either has it.
                RoleName = GuardDeployment.MemberRole(this, deployment.Hub),
                AssumedBy = principals,
                InlinePolicies = new Dictionary<string, PolicyDocument>
                {
                    ["Guard"] = new(
                        new PolicyDocumentProps
                        {
                            Statements =
                            [
                                GuardPermissions.Look(),
                                .. new GuardPermissions(this, deployment).Undo(),
                                GuardPermissions.Never(),
                            ],
                        }
                    ),
                },
            }
        );
        role.CallIt("MemberRole");
        return role;
    }

    /// <summary>
    /// EventBridge tries for a day. Without dead letters: nobody would look for them here, and the guard's schedule finds what
    /// did not arrive.
    /// </summary>
    private BusTarget Forward(string bus)
    {
        var role = new Role(
            this,
            "ForwardRole",
            new RoleProps
            {
                Description = "By which EventBridge forwards to the guard",
                AssumedBy = new ServicePrincipal("events.amazonaws.com"),
                InlinePolicies = new Dictionary<string, PolicyDocument>
                {
                    ["Forward"] = new(
                        new PolicyDocumentProps
                        {
                            Statements =
                            [
                                new PolicyStatement(
                                    new PolicyStatementProps { Actions = ["events:PutEvents"], Resources = [bus] }
                                ),
                            ],
                        }
                    ),
                },
            }
        );
        role.CallIt("ForwardRole");
        return new BusTarget(
            EventBus.FromEventBusArn(this, "Guard", bus),
            // Immutable: what it may is all above, and CDK adds no policy of its own.
            new BusTargetProps { Role = role.WithoutPolicyUpdates() }
        );
    }
}

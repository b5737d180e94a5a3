using Amazon.CDK;
using Constructs;

namespace Infra;

/// <summary>What the guard keeps: a guard that is removed and deployed again goes on from the same baselines.</summary>
internal sealed class SecurityGroupGuardDataStack : Stack
{
    public SecurityGroupGuardDataStack(Construct scope, string id, HubDeployment deployment)
        : base(
            scope,
            id,
            new StackProps { Description = "What the security-group guard keeps", Env = deployment.Environment }
        ) => Table = new KeptTable(this, "GuardTable", "Baselines of security groups and what became of changes");

    public KeptTable Table { get; }
}

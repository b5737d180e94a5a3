using Amazon.CDK;
using Constructs;

namespace Infra;

/// <summary>
/// Logical ids without CDK's hash, for what a person reads in the template, and so that no move of code replaces what keeps
/// something: CloudFormation takes a resource with another logical id for another resource.
/// </summary>
internal static class LogicalIds
{
    extension(Construct construct)
    {
        public void CallIt(string logicalId) =>
            ((CfnResource)construct.Node.DefaultChild!).OverrideLogicalId(logicalId);
    }
}

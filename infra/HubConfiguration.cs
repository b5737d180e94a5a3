using Amazon.CDK;
using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>
/// Has the function Configure put the files of a folder in force. CloudFormation calls it again only when their text changes, so
/// that what was changed over the API meanwhile stays.
/// </summary>
internal sealed class HubConfiguration : CfnCustomResource
{
    /// <param name="scope">The stack.</param>
    /// <param name="id">Its id.</param>
    /// <param name="function">Configure.</param>
    /// <param name="others">Those that work by it: they are to know all its words before it is in force.</param>
    /// <param name="config">The files.</param>
    public HubConfiguration(
        Construct scope,
        string id,
        ProgramFunction function,
        IEnumerable<ProgramFunction> others,
        ConfigFolder config
    )
        : base(scope, id, new CfnCustomResourceProps { ServiceToken = function.FunctionArn })
    {
        // An answer that gets lost would otherwise hold the deployment for an hour. This version of CDK has no property for it.
        AddPropertyOverride("ServiceTimeout", 300);
        AddPropertyOverride(Names.AlertmanagerProperty, config.Alertmanager);
        if (config.Hub is { } hub)
        {
            AddPropertyOverride(Names.HubProperty, hub);
        }

        if (config.Templates.Count > 0)
        {
            AddPropertyOverride(Names.TemplatesProperty, config.Templates);
        }

        // The policies too, which are in the role or below it: none of them comes after the first call.
        Node.AddDependency([function.Role!, .. others]);
    }
}

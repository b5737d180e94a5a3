using Amazon.CDK;
using Constructs;

namespace Infra;

/// <summary>What the hub keeps. Removing the stack leaves the tables.</summary>
internal sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, HubDeployment deployment)
        : base(scope, id, new StackProps { Description = "What the alert hub keeps", Env = deployment.Environment })
    {
        State = new KeptTable(this, "StateTable", "Groups, alerts and silences");
        Records = new KeptTable(this, "RecordsTable", "Configurations and ids of messages");

        // Here, for both topics of the other stacks: each key costs a dollar a month, and one of these stacks may be removed
        // and come back while a key would be waiting for its deletion.
        AlarmKey = new AlarmKey(this, "AlarmKey");
        AlarmKey.CallIt("AlarmKey");
    }

    public KeptTable State { get; }

    public KeptTable Records { get; }

    public AlarmKey AlarmKey { get; }
}

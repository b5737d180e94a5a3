namespace AlertHub.Lambda;

/// <summary>What the functions and the stacks that deploy them must spell alike. All that infra/ sees of functions/.</summary>
public static class Names
{
    /// <summary>The environment variable that says which function of the executable this environment runs.</summary>
    public const string FunctionVariable = "ALERTHUB_FUNCTION";

    /// <summary>
    /// The environment variable with the Slack incoming webhook: a URL, or a reference
    /// (<c>ssm:/name</c>, <c>env:NAME</c>, <c>file:/path</c>).
    /// </summary>
    public const string SlackWebhookVariable = "SLACK_WEBHOOK_URL";

    /// <summary>Which of several hubs this is: <c>prod</c>. Dimension of its metrics.</summary>
    public const string StageVariable = "ALERTHUB_STAGE";

    /// <summary>Name of the table with groups, alerts and silences.</summary>
    public const string StateTableVariable = "ALERTHUB_STATE_TABLE";

    /// <summary>Name of the table with configurations and ids of messages.</summary>
    public const string RecordsTableVariable = "ALERTHUB_RECORDS_TABLE";

    /// <summary>URL of the queue of groups to flush.</summary>
    public const string FlushQueueVariable = "ALERTHUB_FLUSH_QUEUE_URL";

    /// <summary>URL of the queue of notifications to deliver.</summary>
    public const string DeliverQueueVariable = "ALERTHUB_DELIVER_QUEUE_URL";

    /// <summary>URL of the queue for messages that could not be worked on.</summary>
    public const string QuarantineQueueVariable = "ALERTHUB_QUARANTINE_QUEUE_URL";

    /// <summary>
    /// Path of Parameter Store under which this hub's parameters are: <c>/alerthub</c>. Configurations may refer to those
    /// under <see cref="SecretsFolder"/>, producers' tokens are under <see cref="TokensFolder"/>.
    /// </summary>
    public const string ParametersVariable = "ALERTHUB_PARAMETERS";

    /// <summary>Where people reach the hub; notifications link there.</summary>
    public const string ExternalUrlVariable = "ALERTHUB_EXTERNAL_URL";

    /// <summary>
    /// ARN of the topic whose alarms the sweep checks for those that nothing was heard of; without it all alarms of the
    /// account in its region are checked, which is right where all of them come by EventBridge.
    /// </summary>
    public const string AlarmTopicVariable = "ALERTHUB_ALARM_TOPIC";

    /// <summary>The account that the hub is in: of the metrics of others CloudWatch draws it nothing.</summary>
    public const string AccountVariable = "ALERTHUB_ACCOUNT";

    public const string SecretsFolder = "/secrets";

    public const string TokensFolder = "/tokens";

    /// <summary>SNS (or any other event) in, Slack out.</summary>
    public const string SlackNotifier = "SlackNotifier";

    /// <summary>Alerts from a queue, or any event that is given to it.</summary>
    public const string Ingest = "Ingest";

    /// <summary>All that is asked over HTTP.</summary>
    public const string Api = "Api";

    /// <summary>Decides about groups that are due.</summary>
    public const string Flush = "Flush";

    /// <summary>Delivers notifications.</summary>
    public const string Deliver = "Deliver";

    /// <summary>Finds what got lost, each minute.</summary>
    public const string Sweep = "Sweep";

    /// <summary>Puts the configuration of a deployment into force: a custom resource of CloudFormation.</summary>
    public const string Configure = "Configure";

    /// <summary>Alerts taken in, by their producers' sends. Count.</summary>
    public const string AcceptedMetric = "Accepted";

    /// <summary>Notifications delivered. Count.</summary>
    public const string NotifiedMetric = "Notified";

    /// <summary>Notifications given up. Count.</summary>
    public const string DeadMetric = "Dead";

    /// <summary>Messages put aside because they could not be worked on. Count.</summary>
    public const string QuarantinedMetric = "Quarantined";

    /// <summary>Dead letters that wait for a person, each minute. Count.</summary>
    public const string DeadLettersMetric = "DeadLetters";

    /// <summary>For how long the oldest notification that is not delivered waits, each minute. Seconds; 0 where none waits.</summary>
    public const string OldestUndeliveredMetric = "OldestUndelivered";

    /// <summary>Alerts in groups, each minute. Count.</summary>
    public const string ActiveAlertsMetric = "ActiveAlerts";

    /// <summary>From when a notification had to be sent to when it was. Milliseconds.</summary>
    public const string DelayMetric = "EndToEndDelay";

    /// <summary>1 for each sweep that reached its end: what is missing when the hub has fallen silent. Count.</summary>
    public const string SweptMetric = "Swept";

    /// <summary>Properties of the custom resource: the files' text; its version is answered as the attribute of the last.</summary>
    public const string AlertmanagerProperty = "Alertmanager";

    public const string HubProperty = "Hub";

    /// <summary>An object: names of template files and their text.</summary>
    public const string TemplatesProperty = "Templates";

    public const string VersionAttribute = "Version";
}

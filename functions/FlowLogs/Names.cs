namespace FlowLogs;

/// <summary>What the functions and the stack that deploys them must spell alike.</summary>
public static class Names
{
    /// <summary>The environment variable that says which function of the program this environment runs.</summary>
    public const string FunctionVariable = "FLOW_LOGS_FUNCTION";

    /// <summary>From a Kinesis stream to Splunk.</summary>
    public const string Stream = "FlowLogStream";

    /// <summary>From the backup to Splunk.</summary>
    public const string Replay = "FlowLogReplay";

    /// <summary>For Firehose, which delivers itself.</summary>
    public const string Transform = "FlowLogTransform";

    /// <summary>Scheme, host and port of Splunk's HTTP Event Collector: <c>https://http-inputs-acme.splunkcloud.com</c>.</summary>
    public const string HecUrlVariable = "FLOW_LOGS_HEC_URL";

    /// <summary>Where its token is: <c>ssm:/name</c>.</summary>
    public const string HecTokenVariable = "FLOW_LOGS_HEC_TOKEN";

    /// <summary>Whether to wait for indexer acknowledgement, which the token must have: <c>true</c>; else <c>false</c>.</summary>
    public const string HecAcknowledgeVariable = "FLOW_LOGS_HEC_ACK";

    /// <summary>Whether posts are compressed: <c>true</c> unless it is <c>false</c>.</summary>
    public const string HecGzipVariable = "FLOW_LOGS_HEC_GZIP";

    /// <summary>Posts at once. 1 to 32; 4.</summary>
    public const string HecInFlightVariable = "FLOW_LOGS_HEC_IN_FLIGHT";

    /// <summary>Fields of a record, as AWS writes them: <c>${version} ${account-id} ...</c>; version 2 where it is empty.</summary>
    public const string FormatVariable = "FLOW_LOGS_FORMAT";

    /// <summary>Templates of what Splunk files events under; those of <c>HecMetadata</c> where they are empty.</summary>
    public const string HostVariable = "FLOW_LOGS_HOST";

    public const string SourceVariable = "FLOW_LOGS_SOURCE";

    public const string SourcetypeVariable = "FLOW_LOGS_SOURCETYPE";

    public const string IndexVariable = "FLOW_LOGS_INDEX";

    /// <summary>Records that are delivered, such as <c>action=REJECT</c>; all where it is empty.</summary>
    public const string KeepVariable = "FLOW_LOGS_KEEP";

    /// <summary>Of accepted traffic one record in so many is delivered. 1 to 10,000; 1.</summary>
    public const string SampleVariable = "FLOW_LOGS_SAMPLE";

    /// <summary>
    /// Indexed fields of an event: <c>enriched</c>, with service and direction where the record does not say them, which is the
    /// default; <c>record</c>, without; <c>none</c>, for Splunk's add-on to extract.
    /// </summary>
    public const string FieldsVariable = "FLOW_LOGS_FIELDS";

    /// <summary>Name of the bucket for what Splunk did not take.</summary>
    public const string BucketVariable = "FLOW_LOGS_BUCKET";

    /// <summary>Age at which a record is no longer left in the stream for another try. Seconds, 60 to 86,400; 3,600.</summary>
    public const string BackupAfterVariable = "FLOW_LOGS_BACKUP_AFTER";

    /// <summary>URL of the hub's Ingest queue, which alerts go to; none are raised where it is empty.</summary>
    public const string HubQueueVariable = "FLOW_LOGS_HUB_QUEUE_URL";

    /// <summary>Rejected flows of one source within a minute that raise an alert. 0, for never, to 1,000,000; 1,000.</summary>
    public const string RejectBurstVariable = "FLOW_LOGS_REJECT_BURST";

    /// <summary>Interfaces with metrics of their own, those with the most traffic. 0 to 500; 0.</summary>
    public const string InterfaceMetricsVariable = "FLOW_LOGS_INTERFACE_METRICS";

    /// <summary>Which of several deployments this is: dimension of the metrics.</summary>
    public const string StageVariable = "FLOW_LOGS_STAGE";

    /// <summary>Begins the keys of what is delivered again by itself.</summary>
    public const string UndeliveredPrefix = "undelivered/";

    /// <summary>Begins the keys of what Splunk will not take as it is.</summary>
    public const string RefusedPrefix = "refused/";

    /// <summary>Begins the keys of records that are no log messages.</summary>
    public const string UnreadablePrefix = "unreadable/";

    /// <summary>Begins the keys of invocations that Lambda gave up; it chooses them itself.</summary>
    public const string GivenUpPrefix = "aws/lambda/";

    /// <summary>Begins the keys of what Firehose put aside, where it has the same bucket.</summary>
    public const string FirehosePrefix = "processing-failed/";

    /// <summary>The dimension of metrics of one interface, beside the stage.</summary>
    public const string InterfaceDimension = "Interface";

    /// <summary>Log events that Splunk has. Count.</summary>
    public const string DeliveredMetric = "FlowLogEventsDelivered";

    /// <summary>Log events that are in the backup. Count.</summary>
    public const string BackedUpMetric = "FlowLogEventsBackedUp";

    /// <summary>Records of the stream that are no log messages, and are in the backup whole. Count.</summary>
    public const string UnreadableMetric = "FlowLogRecordsUnreadable";

    /// <summary>Log events out of the backup that Splunk has. Count.</summary>
    public const string ReplayedMetric = "FlowLogEventsReplayed";

    /// <summary>Log events that the filter or sampling left out. Count.</summary>
    public const string LeftOutMetric = "FlowLogEventsLeftOut";

    /// <summary>Lines that are no records of the format; they are delivered. Count.</summary>
    public const string UnparsedMetric = "FlowLogLinesUnparsed";

    /// <summary>Intervals without traffic (<c>NODATA</c>). Count.</summary>
    public const string NoDataMetric = "FlowLogIntervalsNoData";

    /// <summary>Intervals that AWS could not record in full (<c>SKIPDATA</c>). Count.</summary>
    public const string SkipDataMetric = "FlowLogIntervalsSkipped";

    /// <summary>From the end of a flow's interval to its delivery, the longest of an invocation. Seconds.</summary>
    public const string LagMetric = "FlowLogLag";

    /// <summary>The token was not accepted, so that nothing is sent until one is. Count.</summary>
    public const string BreakerMetric = "FlowLogBreakerOpened";

    /// <summary>Traffic of an interface within a minute. Bytes.</summary>
    public const string InterfaceBytesMetric = "FlowLogBytes";

    /// <summary>Rejected flows of an interface within a minute. Count.</summary>
    public const string InterfaceRejectsMetric = "FlowLogRejects";
}

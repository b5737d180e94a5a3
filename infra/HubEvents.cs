namespace Infra;

/// <summary>
/// Events of AWS's services that the hub is told of without anybody asking for them: what a person may have to act on, and what says that
/// it is over. What happens all day (instances, objects, calls, mail) is left out; a rule of one's own to the Ingest queue brings it.
/// </summary>
/// <param name="Id">Of the rule.</param>
/// <param name="Sources">Such as <c>aws.health</c>.</param>
/// <param name="DetailTypes">As they are spelt; each belongs to one of the sources.</param>
internal sealed record HubEvents(string Id, IReadOnlyList<string> Sources, IReadOnlyList<string> DetailTypes)
{
    /// <summary>The pattern of the detail; null where all count.</summary>
    public IDictionary<string, object>? Detail { get; init; }

    /// <summary>A rule for each: its pattern may have 2,048 characters ("Amazon EventBridge quotas").</summary>
    public static IReadOnlyList<HubEvents> All { get; } =
    [
        new(
            "SecurityEvents",
            [
                "aws.guardduty",
                "aws.securityhub",
                "aws.macie",
                "aws.access-analyzer",
                "aws.acm",
                "aws.kms",
                "aws.config",
            ],
            [
                "GuardDuty Finding",
                "GuardDuty Runtime Protection Healthy",
                "GuardDuty Runtime Protection Unhealthy",
                "GuardDuty Malware Protection Resource Status Active",
                "GuardDuty Malware Protection Resource Status Warning",
                "GuardDuty Malware Protection Resource Status Error",
                "GuardDuty Malware Protection Post Scan Action Failed",
                "Security Hub Findings - Custom Action",
                "Macie Finding",
                "Access Analyzer Finding",
                "Internal Access Finding",
                "Unused Access Finding for IAM entities",
                "ACM Certificate Approaching Expiration",
                "ACM Certificate Available",
                "ACM Certificate Expired",
                "ACM Certificate Renewal Action Required",
                "ACM Certificate Revoked",
                "KMS CMK Deletion",
                "KMS Imported Key Material Expiration",
                "Config Rules Compliance Change",
            ]
        ),
        new(
            "OperationEvents",
            [
                "aws.health",
                "aws.ce",
                "aws.trustedadvisor",
                "aws.devops-guru",
                "aws.applicationinsights",
                "aws.arc-zonal-shift",
                "aws.arc-region-switch",
                "aws.networkmanager",
            ],
            [
                "AWS Health Event",
                "AWS Health Abuse Event",
                "Anomaly Detected",
                "Trusted Advisor Check Item Refresh Notification",
                "DevOps Guru New Insight Open",
                "DevOps Guru Insight Severity Upgraded",
                "DevOps Guru Insight Closed",
                "Application Insights Problem Created",
                "Application Insights Problem Detected",
                "Application Insights Problem Updated",
                "Autoshift In Progress",
                "Autoshift Completed",
                "ARC Region Switch Plan Execution",
                "ARC Region Switch Plan Evaluation",
                "Network Manager Status Update",
                "Network Manager Service Advisory",
            ]
        ),
        new(
            "ComputeEvents",
            ["aws.autoscaling", "aws.batch", "aws.ec2", "aws.ecs", "aws.eks"],
            [
                "EC2 Instance Launch Unsuccessful",
                "EC2 Instance Terminate Unsuccessful",
                // What ends the two; an instance that starts is told of by nobody else.
                "EC2 Instance Launch Successful",
                "EC2 Instance Terminate Successful",
                "EC2 Auto Scaling Instance Refresh Failed",
                "EC2 Auto Scaling Instance Refresh Succeeded",
                "Batch Job Queue Blocked",
                "EC2 Spot Instance Interruption Warning",
                "ECS Deployment State Change",
                "EKS Addon Creation Failed",
                "EKS Addon Creation Succeeded",
                "EKS Addon Update Failed",
                "EKS Addon Update Succeeded",
                "EKS Addon Health Degraded",
                "EKS Addon Health Restored",
            ]
        ),
        new(
            "DataEvents",
            ["aws.dms", "aws.datasync", "aws.elasticbeanstalk", "aws.medialive", "aws.ses"],
            [
                "DMS Replication Task State Change",
                "DataSync Agent State Change",
                "Health status change",
                "MediaLive Channel Alert",
                "MediaLive Multiplex Alert",
                "Sending Status Disabled",
                "Sending Status Enabled",
            ]
        ),
        new("BatchJobs", ["aws.batch"], ["Batch Job State Change"]) { Detail = Of("status", "FAILED") },
        new("EcsTasks", ["aws.ecs"], ["ECS Task State Change"])
        {
            Detail = new Dictionary<string, object>
            {
                ["$or"] = new object[]
                {
                    Of("stopCode", "TaskFailedToStart", "SpotInterruption"),
                    // A task that is done has stopped, too.
                    new Dictionary<string, object>
                    {
                        ["stopCode"] = new[] { "EssentialContainerExited" },
                        ["containers"] = new Dictionary<string, object>
                        {
                            ["exitCode"] = new object[] { new Dictionary<string, object> { ["anything-but"] = 0 } },
                        },
                    },
                },
            },
        },
        new("EcsServices", ["aws.ecs"], ["ECS Service Action"])
        {
            Detail = Of(
                "eventName",
                "SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED",
                "SERVICE_DISCOVERY_INSTANCE_UNHEALTHY",
                "SERVICE_TASK_CONFIGURATION_FAILURE",
                "SERVICE_TASK_PLACEMENT_FAILURE",
                "SERVICE_TASK_START_IMPAIRED",
                "SERVICE_STEADY_STATE"
            ),
        },
        new("Executions", ["aws.states"], ["Step Functions Execution Status Change"])
        {
            Detail = Of("status", "FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED"),
        },
        new("Builds", ["aws.codebuild"], ["CodeBuild Build State Change"])
        {
            Detail = Of("build-status", "FAILED", "FAULT", "TIMED_OUT", "SUCCEEDED"),
        },
        new("Pipelines", ["aws.codepipeline"], ["CodePipeline Pipeline Execution State Change"])
        {
            Detail = Of("state", "FAILED", "SUCCEEDED"),
        },
        new("Deployments", ["aws.codedeploy"], ["CodeDeploy Deployment State-change Notification"])
        {
            Detail = Of("state", "FAILURE", "SUCCESS"),
        },
        new("Databases", ["aws.rds"], ["RDS DB Instance Event", "RDS DB Cluster Event"])
        {
            Detail = Of(
                "EventCategories",
                "availability",
                "configuration change",
                "failover",
                "failure",
                "low storage",
                "maintenance",
                "recovery"
            ),
        },
        new("Stacks", ["aws.cloudformation"], ["CloudFormation Stack Status Change"])
        {
            Detail = new Dictionary<string, object>
            {
                ["status-details"] = Of(
                    "status",
                    "CREATE_COMPLETE",
                    "CREATE_FAILED",
                    "DELETE_COMPLETE",
                    "DELETE_FAILED",
                    "ROLLBACK_COMPLETE",
                    "ROLLBACK_FAILED",
                    "ROLLBACK_IN_PROGRESS",
                    "UPDATE_COMPLETE",
                    "UPDATE_FAILED",
                    "UPDATE_ROLLBACK_COMPLETE",
                    "UPDATE_ROLLBACK_FAILED",
                    "UPDATE_ROLLBACK_IN_PROGRESS"
                ),
            },
        },
        new("Backups", ["aws.backup"], ["Backup Job State Change", "Copy Job State Change"])
        {
            Detail = Of("state", "FAILED", "ABORTED", "EXPIRED", "PARTIAL", "COMPLETED"),
        },
        new("Restores", ["aws.backup"], ["Restore Job State Change"])
        {
            Detail = Of("status", "FAILED", "ABORTED", "COMPLETED"),
        },
        new("GlueRuns", ["aws.glue"], ["Glue Job State Change", "Glue Crawler State Change"])
        {
            Detail = Of("state", "FAILED", "TIMEOUT", "ERROR", "SUCCEEDED", "Failed", "Succeeded"),
        },
        new(
            "Canaries",
            ["aws.synthetics"],
            ["Synthetics Canary TestRun Failure", "Synthetics Canary TestRun Successful"]
        ),
        new("SignIns", ["aws.signin"], ["AWS Console Sign In via CloudTrail"])
        {
            Detail = new Dictionary<string, object>
            {
                ["$or"] = new object[]
                {
                    new Dictionary<string, object> { ["userIdentity"] = Of("type", "Root") },
                    new Dictionary<string, object> { ["responseElements"] = Of("ConsoleLogin", "Failure") },
                },
            },
        },
        new("Findings", ["aws.inspector2"], ["Inspector2 Finding"]) { Detail = Of("severity", "CRITICAL", "HIGH") },
    ];

    private static Dictionary<string, object> Of(string member, params string[] values) => new() { [member] = values };
}

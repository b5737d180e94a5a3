using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Sources.Aws.Compute;
using AlertHub.Sources.Aws.Delivery;
using AlertHub.Sources.Aws.Keeping;
using AlertHub.Sources.Aws.Messaging;
using AlertHub.Sources.Aws.Network;
using AlertHub.Sources.Aws.Operating;
using AlertHub.Sources.Aws.Security;
using AlertHub.Sources.Aws.Spending;

namespace AlertHub.Sources.Aws;

/// <summary>All that AWS's services send, but CloudWatch's alarms, which have a source of their own.</summary>
internal static class AwsKinds
{
    /// <summary>In order; the first that knows the message has it.</summary>
    public static IReadOnlyList<AwsKind> All { get; } =
    [
        AccessAnalyzerFinding.Kind,
        AcmCertificate.Kind,
        AlarmConfiguration.Kind,
        AmplifyDeployment.Kind,
        AppRunnerService.Kind,
        ApplicationInsightsProblem.Kind,
        AutoScalingFailure.Kind,
        AutoScalingLifecycle.Kind,
        AutoScalingRefresh.Kind,
        BackupJob.Kind,
        BackupPoint.Kind,
        BatchJob.Kind,
        BatchQueue.Kind,
        BeanstalkEnvironment.Kind,
        BudgetAlert.Kind,
        CloudFormationStack.Kind,
        CloudFormationStackSet.Kind,
        CloudTrailInsight.Kind,
        CloudTrailSignIn.Kind,
        CodeBuildBuild.Kind,
        CodeBuildPhase.Kind,
        CodeCommitChange.Kind,
        CodeDeployDeployment.Kind,
        CodePipelineExecution.Kind,
        CodePipelineStep.Kind,
        ConfigCompliance.Kind,
        ConfigDelivery.Kind,
        ConfigItem.Kind,
        ConnectContact.Kind,
        ConnectRule.Kind,
        CostAnomaly.Kind,
        DataSyncTask.Kind,
        DevOpsGuruInsight.Kind,
        DmsEvent.Kind,
        DnsFirewall.Kind,
        EbsVolume.Kind,
        Ec2Fleet.Kind,
        Ec2Image.Kind,
        Ec2Instance.Kind,
        EcrImage.Kind,
        EcsContainerInstance.Kind,
        EcsDeployment.Kind,
        EcsService.Kind,
        EcsTask.Kind,
        EksAddon.Kind,
        ElastiCacheEvent.Kind,
        EmrCluster.Kind,
        EmrServerlessJob.Kind,
        FreeTierUsage.Kind,
        GlueQuality.Kind,
        GlueRun.Kind,
        GuardDutyCoverage.Kind,
        GuardDutyFinding.Kind,
        GuardDutyProtection.Kind,
        GuardDutyScan.Kind,
        HealthEvent.Kind,
        IncidentRecord.Kind,
        InspectorCoverage.Kind,
        InspectorFinding.Kind,
        InspectorScan.Kind,
        IotAudit.Kind,
        IotViolation.Kind,
        KmsKey.Kind,
        LambdaInvocation.Kind,
        MacieFinding.Kind,
        MediaConvertJob.Kind,
        MediaLiveAlert.Kind,
        NetworkFirewallStatus.Kind,
        NetworkManagerChange.Kind,
        NetworkManagerStatus.Kind,
        OpenSearchEvent.Kind,
        PipeBatch.Kind,
        RdsEvent.Kind,
        RecoveryReadiness.Kind,
        RedshiftEvent.Kind,
        RedshiftStatement.Kind,
        RegionSwitch.Kind,
        S3Object.Kind,
        SageMakerWork.Kind,
        SecurityHubFinding.Kind,
        SecurityHubInsight.Kind,
        SecurityHubOcsf.Kind,
        SesMail.Kind,
        SesStanding.Kind,
        SmsMessage.Kind,
        SnsDelivery.Kind,
        SpotInterruption.Kind,
        SsmChange.Kind,
        SsmCompliance.Kind,
        SsmExecution.Kind,
        SsmOpsItem.Kind,
        StateMachineExecution.Kind,
        StorageGatewayFiles.Kind,
        StorageGatewayHealth.Kind,
        SyntheticsCanary.Kind,
        TrustedAdvisorCheck.Kind,
        ZonalShift.Kind,
        // Any call, where none of the others knows it.
        CloudTrailCall.Kind,
    ];

    public static Reading? Read(Inbound inbound, JsonElement? root)
    {
        var message = AwsMessage.Of(inbound, root);
        foreach (var kind in All)
        {
            if (kind.Read(message) is [_, ..] stories)
            {
                return ToReading(kind, stories, message, inbound);
            }
        }

        return null;
    }

    private static Reading ToReading(
        AwsKind kind,
        IReadOnlyList<AwsStory> stories,
        AwsMessage message,
        Inbound inbound
    ) =>
        new()
        {
            Kind = kind.Name,
            Alerts = [.. stories.Select(story => ToAlert(kind, story, message, inbound))],
            Endings = [.. stories.SelectMany(Endings).Select(story => ToAlert(kind, story, message, inbound))],
            TellsEnds = stories.All(static story => story.Phase != AwsPhase.Happened),
            SpokenAt = stories[0].At ?? message.Event?.Time,
        };

    private static IEnumerable<AwsStory> Endings(AwsStory story) =>
        story.Endings.Select(ending =>
            story with
            {
                Name = ending.Name,
                Severity = ending.Severity,
                Identity = ending.Identity,
                Phase = AwsPhase.Ends,
                Summary = ending.Summary ?? story.Summary,
            }
        );

    private static Alert ToAlert(AwsKind kind, AwsStory story, AwsMessage message, Inbound inbound)
    {
        var now = inbound.ReceivedAt;
        var spokenAt = story.At ?? message.Event?.Time;
        var at = spokenAt < now ? spokenAt.Value : now;
        var account = story.Account ?? message.Event?.Account ?? message.Topic?.Account;
        var region = story.Region ?? message.Event?.Region ?? message.Topic?.Region;
        return new()
        {
            Labels = Labels
                .Of(
                    new Label(Label.AlertName, story.Name),
                    new("severity", story.Severity.ToString().ToLowerInvariant()),
                    // An event of its own is told from all others, and is the same when it is sent again.
                    new(
                        story.Phase == AwsPhase.Happened ? Label.Message : "__identity__",
                        story.Identity ?? Unique(message, inbound)
                    ),
                    new("resource", story.Resource ?? ""),
                    new("account", account ?? ""),
                    new("region", region ?? ""),
                    new("source", kind.Name.Split('-')[0])
                )
                .WithoutEmpty(),
            Annotations = Labels
                .Of([
                    new Label(Annotation.Summary, story.Summary),
                    new("status", story.State ?? ""),
                    new(Annotation.Description, Beyond(story.Summary, story.Description)),
                    new(Annotation.Reason, Unquoted(story.Reason)),
                    new(Annotation.RunbookUrl, story.Runbook ?? ""),
                    .. story.Facts,
                ])
                .WithoutEmpty(),
            StartsAt = at,
            EndsAt = story.Phase == AwsPhase.Ends ? at : null,
            GeneratorUrl = story.ConsolePath is { } path ? AwsConsole.Page(region, path) : null,
        };
    }

    /// <summary>Descriptions like to begin with the title.</summary>
    private static string Beyond(string summary, string? description) =>
        description?.StartsWith(summary, StringComparison.Ordinal) == true
            ? description[summary.Length..].TrimStart()
            : description ?? "";

    /// <summary>Some services quote the error that they pass on.</summary>
    private static string Unquoted(string? reason) =>
        reason is ['"', .. var words, '"'] && !words.Contains('"', StringComparison.Ordinal) ? words : reason ?? "";

    private static string Unique(AwsMessage message, Inbound inbound) => message.Event?.Id ?? inbound.Hash;
}

namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// Jobs, endpoints and pipelines of SageMaker. An endpoint or a pipeline that failed is wrong until it works; each job has
/// a name of its own.
/// </summary>
internal static class SageMakerWork
{
    /// <summary>What each event is of, and how the members are called that have its name, state and ARN.</summary>
    private static readonly Dictionary<string, Work> Works = new(StringComparer.Ordinal)
    {
        ["SageMaker Training Job State Change"] = new("training job", "TrainingJob", "jobs"),
        ["SageMaker Processing Job State Change"] = new("processing job", "ProcessingJob", "processing-jobs"),
        ["SageMaker Transform Job State Change"] = new("transform job", "TransformJob", "transform-jobs"),
        ["SageMaker HyperParameter Tuning Job State Change"] = new(
            "tuning job",
            "HyperParameterTuningJob",
            "hyper-tuning-jobs"
        ),
        ["SageMaker Endpoint State Change"] = new("endpoint", "Endpoint", "endpoints"),
        ["SageMaker Endpoint Deployment State Change"] = new("endpoint", "Endpoint", "endpoints"),
    };

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "sagemaker-work",
            "aws.sagemaker",
            [.. Works.Keys, "SageMaker Model Building Pipeline Execution Status Change"],
            static happened =>
                Works.TryGetValue(happened.DetailType, out var work) ? Tell(happened, work) : Tell(happened)
        );

    private static AwsStory? Tell(AwsEvent happened, Work work)
    {
        var detail = happened.Detail;
        if (detail.Text($"{work.Member}Name") is not { } name || detail.Text($"{work.Member}Status") is not { } status)
        {
            return null;
        }

        // A model monitor's processing job completes even if the model or its data has drifted, and says so as it ends.
        var found = detail.Text("ExitMessage");
        var isViolated = found?.Contains("CompletedWithViolations", StringComparison.Ordinal) == true;
        var isEndpoint = work.Member == "Endpoint";
        var story = AwsStory.Repeated(
            isViolated ? AwsOutcome.Failed : Outcome(status),
            $"SageMaker {work.What}",
            isEndpoint ? detail.Text("EndpointArn") ?? happened.Resource ?? name : null,
            isEndpoint ? AwsSeverity.Critical : AwsSeverity.Warning,
            isViolated
                ? $"Model monitor found violations: {name}"
                : $"{AwsWords.Sentence(work.What)} {name}: {AwsWords.Plain(status)}"
        );
        return story with
        {
            Name = isViolated ? "SageMaker model monitor violations" : story.Name,
            State = isViolated ? found?.Split(':')[0] : status,
            Reason = detail.Text("FailureReason") ?? found,
            Resource = name,
            ConsolePath = $"sagemaker/home#/{work.Page}/{Uri.EscapeDataString(name)}",
        };
    }

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (
            happened.Detail.Text("pipelineArn") is not { } arn
            || happened.Detail.Text("currentPipelineExecutionStatus") is not { } status
        )
        {
            return null;
        }

        var name = AwsWords.Last(arn);
        return AwsStory.Repeated(
            Outcome(status),
            "SageMaker pipeline",
            arn,
            AwsSeverity.Warning,
            $"Pipeline {name}: {AwsWords.Plain(status)}"
        ) with
        {
            State = status,
            Resource = name,
            ConsolePath = "sagemaker/home#/studio",
            Facts = [new("execution", AwsWords.Last(happened.Detail.Text("pipelineExecutionArn")))],
        };
    }

    private static AwsOutcome Outcome(string status) =>
        status switch
        {
            "Failed" or "FAILED" or "UPDATE_ROLLBACK_FAILED" => AwsOutcome.Failed,
            "Completed" or "Succeeded" or "COMPLETED" or "IN_SERVICE" or "InService" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };

    private sealed record Work(string What, string Member, string Page);
}

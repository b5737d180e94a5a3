namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A service of App Runner: an operation that failed is wrong until one succeeds.</summary>
internal static class AppRunnerService
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "apprunner-service",
            "aws.apprunner",
            ["AppRunner Service Status Change", "AppRunner Service Operation Status Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        // Documented as ServiceName, and sent as serviceName by others.
        var detail = happened.Detail;
        if ((detail.Text("serviceName") ?? detail.Text("ServiceName")) is not { } service)
        {
            return null;
        }

        var state =
            detail.Text("operationStatus") ?? detail.Text("currentServiceStatus") ?? detail.Text("CurrentStatus");
        if (state is null)
        {
            return null;
        }

        var text = detail.Text("message") ?? detail.Text("Message");
        return AwsStory.Repeated(
            state.Contains("Failed", StringComparison.OrdinalIgnoreCase) ? AwsOutcome.Failed
                : state.EndsWith("Successfully", StringComparison.Ordinal) ? AwsOutcome.Succeeded
                : AwsOutcome.Neither,
            "App Runner operation",
            $"{happened.Account} {happened.Region} {service}",
            AwsSeverity.Warning,
            $"{service}: {text ?? AwsWords.Plain(state)}"
        ) with
        {
            State = state,
            Resource = service,
            ConsolePath = "apprunner/home#/services",
        };
    }
}

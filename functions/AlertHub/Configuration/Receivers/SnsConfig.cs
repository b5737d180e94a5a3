using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>sns_configs</c>: Publish to a topic, a phone or a mobile endpoint. Limits: message 256 KiB, as SMS 1600
/// characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html).
/// </summary>
public sealed record SnsConfig : Integration
{
    public override string Kind => "sns";

    /// <summary>A template, and so not checked as a URL.</summary>
    public string ApiUrl { get; init; } = "";

    public SigV4Config SigV4 { get; init; } = new();

    public string TopicArn { get; init; } = "";

    public string PhoneNumber { get; init; } = "";

    public string TargetArn { get; init; } = "";

    /// <summary>At most 100 characters, ASCII.</summary>
    public string Subject { get; init; } = """{{ template "sns.default.subject" . }}""";

    /// <summary>At most 256 KiB, as SMS 1600 characters.</summary>
    public string Message { get; init; } = """{{ template "sns.default.message" . }}""";

    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>Without effect here: there is one client.</summary>
    public bool UseAwsHttpClient { get; init; }

    internal static Shape<SnsConfig> Shape { get; } =
        new Shape<SnsConfig>("sns_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.Template, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The endpoint, such as https://sns.us-east-2.amazonaws.com; the region's own if left out.")
            .Field("sigv4", Kinds.Struct(SigV4Config.Shape), static c => c.SigV4, static (c, v) => c with { SigV4 = v })
            .About("How requests are signed.")
            .Always()
            .Field("topic_arn", Kinds.Template, static c => c.TopicArn, static (c, v) => c with { TopicArn = v })
            .About("The topic's ARN.")
            .Field(
                "phone_number",
                Kinds.Template,
                static c => c.PhoneNumber,
                static (c, v) => c with { PhoneNumber = v }
            )
            .About("A phone's number, in E.164 form: +15550100.")
            .Field("target_arn", Kinds.Template, static c => c.TargetArn, static (c, v) => c with { TargetArn = v })
            .About("The ARN of a mobile platform's endpoint.")
            .Field("subject", Kinds.Template, static c => c.Subject, static (c, v) => c with { Subject = v })
            .About("The subject of what the topic sends by e-mail.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The message.")
            .Field(
                "attributes",
                Kinds.TemplateMap,
                static c => c.Attributes,
                static (c, v) => c with { Attributes = v }
            )
            .About("Attributes of the message.")
            .Field(
                "use_aws_http_client",
                Kinds.Bool,
                static c => c.UseAwsHttpClient,
                static (c, v) => c with { UseAwsHttpClient = v }
            )
            .About("Whether the AWS SDK's own HTTP client is used.")
            .Since("0.26")
            .Check(CheckTarget);

    /// <summary>Upstream's test is an exclusive or: all three together pass it.</summary>
    private static void CheckTarget(SnsConfig c, Place place)
    {
        string[] given = [.. new[] { c.TopicArn, c.PhoneNumber, c.TargetArn }.Where(static t => t.Length > 0)];
        if (given.Length is 0 or 2)
        {
            place["topic_arn"].Error("give one of \"topic_arn\", \"phone_number\" and \"target_arn\", and no second");
        }
    }
}

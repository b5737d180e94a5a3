using System.Globalization;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>
/// What CloudFormation's <c>Ref</c> and <c>Fn::GetAtt</c> answer for a resource: known before it is made, since the
/// emulators take the names they are given.
/// </summary>
/// <param name="queues">URL before the name of a queue, as the emulator forms it.</param>
/// <param name="api">Where the HTTP API of a stack is answered.</param>
internal sealed class Physical(string queues, Func<StackResource, Uri> api)
{
    public const string Account = "000000000000";
    public const string Region = Support.Fauxqs.Region;

    /// <summary>Several boxes may share an emulator.</summary>
    private readonly string suffix = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];

    /// <summary>Answers of custom resources, by what they are answers for.</summary>
    private readonly Dictionary<StackResource, (string Id, JsonObject Attributes)> custom = [];

    public void Set(StackResource resource, string id, JsonObject attributes) => custom[resource] = (id, attributes);

    /// <summary>The name that CloudFormation would make up, or the one that is given.</summary>
    public string Name(StackResource resource) =>
        NameProperty(resource.Type) is { } property && resource.Properties[property] is JsonValue name
            ? (string)name!
            : $"{resource.Stack.Name}-{resource.Id}-{suffix}";

    public string Ref(StackResource resource) =>
        resource.Type switch
        {
            "AWS::SQS::Queue" => queues + Name(resource),
            "AWS::SNS::Topic" or "AWS::SNS::Subscription" => Arn(resource),
            "AWS::ApiGatewayV2::Stage" => Name(resource),
            "AWS::ApiGatewayV2::Api" => Name(resource).ToLowerInvariant(),
            _ when resource.IsCustom => Custom(resource).Id,
            _ => Name(resource),
        };

    public string Attribute(StackResource resource, string attribute) =>
        (resource.Type, attribute) switch
        {
            _ when resource.IsCustom => (string?)Custom(resource).Attributes[attribute]
                ?? throw new TemplateException($"{resource} answered no attribute '{attribute}'."),
            (_, "Arn") => Arn(resource),
            ("AWS::SNS::Topic", "TopicArn") => Arn(resource),
            ("AWS::SNS::Topic", "TopicName") or ("AWS::SQS::Queue", "QueueName") => Name(resource),
            ("AWS::SQS::Queue", "QueueUrl") or ("AWS::KMS::Key", "KeyId") or ("AWS::ApiGatewayV2::Api", "ApiId") => Ref(
                resource
            ),
            ("AWS::ApiGatewayV2::Api", "ApiEndpoint") => api(resource).ToString().TrimEnd('/'),
            _ => throw new TemplateException($"{resource} has no attribute '{attribute}' that is played."),
        };

    public string Arn(StackResource resource)
    {
        var name = Name(resource);
        return resource.Type switch
        {
            "AWS::DynamoDB::Table" => Arn("dynamodb", $"table/{name}"),
            "AWS::SQS::Queue" => Arn("sqs", name),
            "AWS::SNS::Topic" => Arn("sns", name),
            "AWS::SNS::Subscription" => Arn("sns", $"subscription:{name}"),
            "AWS::Lambda::Function" => Arn("lambda", $"function:{name}"),
            "AWS::Lambda::EventSourceMapping" => Arn("lambda", $"event-source-mapping:{name}"),
            "AWS::Logs::LogGroup" => Arn("logs", $"log-group:{name}:*"),
            "AWS::Events::Rule" => Arn("events", $"rule/{name}"),
            "AWS::Events::EventBus" => Arn("events", $"event-bus/{name}"),
            "AWS::CloudWatch::Alarm" or "AWS::CloudWatch::CompositeAlarm" => Arn("cloudwatch", $"alarm:{name}"),
            "AWS::KMS::Key" => Arn("kms", $"key/{name}"),
            "AWS::S3::Bucket" => $"arn:aws:s3:::{name}",
            "AWS::IAM::Role" => $"arn:aws:iam::{Account}:role/{name}",
            _ => throw new TemplateException($"{resource} has no ARN that is known here."),
        };
    }

    public static string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Account}:{resource}";

    private (string Id, JsonObject Attributes) Custom(StackResource resource) =>
        custom.TryGetValue(resource, out var answer)
            ? answer
            : throw new TemplateException($"{resource} is wanted before it is deployed.");

    private static string? NameProperty(string type) =>
        type switch
        {
            "AWS::DynamoDB::Table" => "TableName",
            "AWS::SQS::Queue" => "QueueName",
            "AWS::SNS::Topic" => "TopicName",
            "AWS::Lambda::Function" => "FunctionName",
            "AWS::Logs::LogGroup" => "LogGroupName",
            "AWS::IAM::Role" => "RoleName",
            "AWS::Events::EventBus" or "AWS::Events::Rule" or "AWS::SSM::Parameter" => "Name",
            "AWS::CloudWatch::Alarm" => "AlarmName",
            "AWS::CloudWatch::Dashboard" => "DashboardName",
            "AWS::ApiGatewayV2::Stage" => "StageName",
            _ => null,
        };
}

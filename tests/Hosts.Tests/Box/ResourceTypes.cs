using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box;

/// <summary>What a box does about the resources of a template.</summary>
internal static class ResourceTypes
{
    private static readonly HashSet<string> Played =
    [
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::Stage",
        "AWS::DynamoDB::Table",
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::IAM::RolePolicy",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::SSM::Parameter",
    ];

    /// <summary>They change nothing of what a test of the box can see.</summary>
    private static readonly HashSet<string> Idle =
    [
        "AWS::ApiGateway::Account",
        "AWS::CDK::Metadata",
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::Events::EventBusPolicy",
        "AWS::KMS::Alias",
        "AWS::KMS::Key",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Logs::LogGroup",
        "AWS::Logs::MetricFilter",
        "AWS::Logs::ResourcePolicy",
        "AWS::SNS::TopicPolicy",
    ];

    /// <exception cref="TemplateException">Nobody has decided yet what to do about it.</exception>
    public static void Check(StackResource resource)
    {
        if (!resource.IsCustom && !Played.Contains(resource.Type) && !Idle.Contains(resource.Type))
        {
            throw new TemplateException(
                $"{resource} is of a type that the box neither plays nor leaves alone; decide in ResourceTypes."
            );
        }
    }
}

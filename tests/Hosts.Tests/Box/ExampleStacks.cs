using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>Two small stacks written by hand, with one of each kind of thing that the box plays.</summary>
internal sealed class ExampleStacks : IDisposable
{
    private const string Data = """
        {
          "Resources": {
            "Table": {
              "Type": "AWS::DynamoDB::Table",
              "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [
                  { "AttributeName": "pk", "AttributeType": "S" },
                  { "AttributeName": "sk", "AttributeType": "S" }
                ],
                "KeySchema": [
                  { "AttributeName": "pk", "KeyType": "HASH" },
                  { "AttributeName": "sk", "KeyType": "RANGE" }
                ],
                "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true }
              }
            }
          },
          "Outputs": {
            "Name": { "Value": { "Ref": "Table" }, "Export": { "Name": "Data:Table" } },
            "Arn": { "Value": { "Fn::GetAtt": ["Table", "Arn"] }, "Export": { "Name": "Data:TableArn" } }
          }
        }
        """;

    private const string Hub = """
        {
          "Resources": {
            "Dead": { "Type": "AWS::SQS::Queue" },
            "Work": {
              "Type": "AWS::SQS::Queue",
              "Properties": {
                "VisibilityTimeout": 60,
                "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 2 }
              }
            },
            "WorkPolicy": {
              "Type": "AWS::SQS::QueuePolicy",
              "Properties": {
                "Queues": [{ "Ref": "Work" }],
                "PolicyDocument": {
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": "sqs:SendMessage",
                      "Principal": { "Service": "sns.amazonaws.com" },
                      "Resource": { "Fn::GetAtt": ["Work", "Arn"] },
                      "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "Topic" } } }
                    },
                    {
                      "Effect": "Allow",
                      "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"],
                      "Principal": { "Service": "events.amazonaws.com" },
                      "Resource": { "Fn::GetAtt": ["Work", "Arn"] }
                    }
                  ]
                }
              }
            },
            "Topic": { "Type": "AWS::SNS::Topic" },
            "Subscription": {
              "Type": "AWS::SNS::Subscription",
              "Properties": {
                "TopicArn": { "Ref": "Topic" },
                "Protocol": "sqs",
                "Endpoint": { "Fn::GetAtt": ["Work", "Arn"] },
                "RawMessageDelivery": true
              }
            },
            "Role": {
              "Type": "AWS::IAM::Role",
              "Properties": {
                "Policies": [
                  {
                    "PolicyName": "Function",
                    "PolicyDocument": {
                      "Statement": [
                        {
                          "Effect": "Allow",
                          "Action": ["dynamodb:PutItem", "dynamodb:GetItem"],
                          "Resource": { "Fn::ImportValue": "Data:TableArn" }
                        },
                        { "Effect": "Allow", "Action": "ssm:GetParametersByPath", "Resource": "arn:aws:ssm:*:*:parameter/hub" }
                      ]
                    }
                  }
                ]
              }
            },
            "Queues": {
              "Type": "AWS::IAM::Policy",
              "Properties": {
                "PolicyName": "Queues",
                "Roles": [{ "Ref": "Role" }],
                "PolicyDocument": {
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"],
                      "Resource": { "Fn::GetAtt": ["Work", "Arn"] }
                    }
                  ]
                }
              }
            },
            "Worker": {
              "Type": "AWS::Lambda::Function",
              "Properties": {
                "Runtime": "dotnet10",
                "Handler": "Hosts.Tests",
                "MemorySize": 512,
                "Timeout": 20,
                "Role": { "Fn::GetAtt": ["Role", "Arn"] },
                "Environment": {
                  "Variables": {
                    "BOX_EXAMPLE": "worker",
                    "BOX_TABLE": { "Fn::ImportValue": "Data:Table" },
                    "BOX_QUEUE_URL": { "Ref": "Work" }
                  }
                }
              }
            },
            "Source": {
              "Type": "AWS::Lambda::EventSourceMapping",
              "Properties": {
                "EventSourceArn": { "Fn::GetAtt": ["Work", "Arn"] },
                "FunctionName": { "Ref": "Worker" },
                "BatchSize": 10,
                "FunctionResponseTypes": ["ReportBatchItemFailures"]
              }
            },
            "Minute": {
              "Type": "AWS::Events::Rule",
              "Properties": {
                "ScheduleExpression": "rate(1 minute)",
                "State": "ENABLED",
                "Targets": [{ "Id": "T", "Arn": { "Fn::GetAtt": ["Worker", "Arn"] } }]
              }
            },
            "Alarms": {
              "Type": "AWS::Events::Rule",
              "Properties": {
                "EventPattern": { "source": ["aws.cloudwatch"], "detail-type": [{ "prefix": "CloudWatch Alarm" }] },
                "Targets": [{ "Id": "T", "Arn": { "Fn::GetAtt": ["Work", "Arn"] }, "Input": "by event" }]
              }
            },
            "ByRules": {
              "Type": "AWS::Lambda::Permission",
              "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Fn::GetAtt": ["Worker", "Arn"] },
                "Principal": "events.amazonaws.com",
                "SourceArn": { "Fn::GetAtt": ["Minute", "Arn"] }
              }
            },
            "ByApi": {
              "Type": "AWS::Lambda::Permission",
              "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Fn::GetAtt": ["Worker", "Arn"] },
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {
                  "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*"
                }
              }
            },
            "Api": { "Type": "AWS::ApiGatewayV2::Api", "Properties": { "ProtocolType": "HTTP" } },
            "Integration": {
              "Type": "AWS::ApiGatewayV2::Integration",
              "Properties": {
                "ApiId": { "Ref": "Api" },
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": { "Fn::GetAtt": ["Worker", "Arn"] },
                "PayloadFormatVersion": "2.0"
              }
            },
            "Route": {
              "Type": "AWS::ApiGatewayV2::Route",
              "Properties": {
                "ApiId": { "Ref": "Api" },
                "RouteKey": "ANY /{path+}",
                "Target": { "Fn::Join": ["/", ["integrations", { "Ref": "Integration" }]] }
              }
            },
            "Stage": {
              "Type": "AWS::ApiGatewayV2::Stage",
              "Properties": { "ApiId": { "Ref": "Api" }, "StageName": "$default", "AutoDeploy": true }
            },
            "Config": {
              "Type": "Custom::Config",
              "Properties": { "ServiceToken": { "Fn::GetAtt": ["Worker", "Arn"] }, "Number": 1 }
            }
          },
          "Outputs": { "TopicArn": { "Value": { "Ref": "Topic" } } }
        }
        """;

    private readonly TemporaryFolder folder = new();

    /// <param name="change">Of the second template's resources, before it is written.</param>
    public ExampleStacks(Action<JsonObject>? change = null)
    {
        var hub = JsonNode.Parse(Hub)!;
        var resources = (JsonObject)hub["Resources"]!;
        resources["Worker"]!["Metadata"] = new JsonObject { ["aws:asset:path"] = AppContext.BaseDirectory };
        change?.Invoke(resources);
        File.WriteAllText(folder.File("Data.template.json"), Data);
        File.WriteAllText(folder.File("Hub.template.json"), hub.ToJsonString());
    }

    public string Folder => folder.Path;

    public void Dispose() => folder.Dispose();
}

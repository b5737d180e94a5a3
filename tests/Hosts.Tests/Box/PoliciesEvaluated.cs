using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box;

/// <summary>Policies allow what IAM would allow.</summary>
public sealed class PoliciesEvaluated
{
    private const string Table = "arn:aws:dynamodb:eu-central-1:000000000000:table/t";

    private static readonly Dictionary<string, string> Secure = new() { ["aws:securetransport"] = "true" };

    [Theory]
    [InlineData("""{"Action":"sqs:SendMessage","Resource":"arn:q"}""", "sqs:SendMessage", "arn:q", true)]
    [InlineData("""{"Action":"SQS:sendmessage","Resource":"arn:q"}""", "sqs:SendMessage", "arn:q", true)]
    [InlineData("""{"Action":"sqs:SendMessage","Resource":"arn:Q"}""", "sqs:SendMessage", "arn:q", false)]
    [InlineData(
        """{"Action":["sqs:Get*","sqs:S?ndMessage"],"Resource":["arn:p","*"]}""",
        "sqs:SendMessage",
        "arn:q",
        true
    )]
    [InlineData("""{"Action":"sqs:ReceiveMessage","Resource":"*"}""", "sqs:SendMessage", "arn:q", false)]
    [InlineData(
        """{"Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true}}}""",
        "sqs:SendMessage",
        "arn:q",
        true
    )]
    [InlineData(
        """{"Action":"*","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"ssm.eu-central-1.amazonaws.com"}}}""",
        "sqs:SendMessage",
        "arn:q",
        false
    )]
    public void A_statement_covers_an_action_on_a_resource(string allow, string action, string resource, bool allowed)
    {
        Assert.Equal(allowed, Role(allow).Allows(action, resource, Secure));
    }

    [Fact]
    public void A_Deny_stands_above_every_Allow()
    {
        var role = Role(
            """{"Action":"sqs:*","Resource":"*"}""",
            """{"Effect":"Deny","Action":"sqs:DeleteQueue","Resource":"*"}"""
        );

        Assert.True(role.Allows("sqs:SendMessage", "arn:q", Secure));
        Assert.False(role.Allows("sqs:DeleteQueue", "arn:q", Secure));
    }

    [Fact]
    public void What_is_allowed_and_never_done_is_reported()
    {
        var role = Role(
            """{"Action":["sqs:SendMessage","sqs:DeleteMessage"],"Resource":["arn:q","arn:p"]}""",
            """{"Action":"ssm:GetParameter","Resource":"arn:s"}""",
            """{"Action":"logs:PutLogEvents","Resource":"arn:l"}"""
        );

        role.Allows("sqs:SendMessage", "arn:q", Secure);

        Assert.Equal(
            ["sqs:DeleteMessage on arn:q, arn:p", "anything on arn:p", "ssm:GetParameter on arn:s"],
            role.Unused
        );
    }

    [Theory]
    [InlineData("""{"NotAction":"sqs:*","Resource":"*"}""", "'NotAction' of a statement is not played")]
    [InlineData("""{"Action":"sqs:*","NotResource":"*"}""", "'NotResource' of a statement is not played")]
    [InlineData(
        """{"Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}""",
        "operator 'IpAddress' is not played"
    )]
    [InlineData(
        """{"Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/a":"b"}}}""",
        "key 'aws:PrincipalTag/a' is not played"
    )]
    public void What_cannot_be_evaluated_is_named(string allow, string problem)
    {
        var refusal = Assert.Throws<TemplateException>(() => Role(allow));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dynamodb", "PutItem", """{"TableName":"t"}""", $"dynamodb:PutItem {Table}")]
    [InlineData("dynamodb", "Query", """{"TableName":"t","IndexName":"i"}""", $"dynamodb:Query {Table}/index/i")]
    [InlineData(
        "dynamodb",
        "BatchWriteItem",
        """{"RequestItems":{"t":[],"arn:aws:dynamodb:eu-central-1:000000000000:table/t":[]}}""",
        $"dynamodb:BatchWriteItem {Table}; dynamodb:BatchWriteItem {Table}"
    )]
    [InlineData(
        "dynamodb",
        "TransactWriteItems",
        """{"TransactItems":[{"Put":{"TableName":"t"}},{"ConditionCheck":{"TableName":"t"}}]}""",
        $"dynamodb:PutItem {Table}; dynamodb:ConditionCheckItem {Table}"
    )]
    [InlineData(
        "sqs",
        "SendMessageBatch",
        """{"QueueUrl":"http://host/000000000000/q"}""",
        "sqs:SendMessage arn:aws:sqs:eu-central-1:000000000000:q"
    )]
    [InlineData(
        "sqs",
        "DeleteMessageBatch",
        """{"QueueUrl":"http://host/000000000000/q"}""",
        "sqs:DeleteMessage arn:aws:sqs:eu-central-1:000000000000:q"
    )]
    [InlineData(
        "sqs",
        "GetQueueUrl",
        """{"QueueName":"q"}""",
        "sqs:GetQueueUrl arn:aws:sqs:eu-central-1:000000000000:q"
    )]
    [InlineData(
        "ssm",
        "GetParameter",
        """{"Name":"/hub/a"}""",
        "ssm:GetParameter arn:aws:ssm:eu-central-1:000000000000:parameter/hub/a"
    )]
    [InlineData(
        "ssm",
        "GetParametersByPath",
        """{"Path":"/hub/"}""",
        "ssm:GetParametersByPath arn:aws:ssm:eu-central-1:000000000000:parameter/hub/"
    )]
    [InlineData(
        "monitoring",
        "DescribeAlarms",
        "{}",
        "cloudwatch:DescribeAlarms arn:aws:cloudwatch:eu-central-1:000000000000:alarm:*"
    )]
    public void A_request_asks_for_actions_on_resources(string service, string operation, string body, string asks)
    {
        var call = AwsCall.Read(
            $"AWS4-HMAC-SHA256 Credential=AKID/20261128/eu-central-1/{service}/aws4_request, SignedHeaders=host, Signature=0",
            $"Any_20120810.{operation}",
            (JsonObject)JsonNode.Parse(body)!
        );

        Assert.Equal("AKID", call.AccessKey);
        Assert.Equal(asks, string.Join("; ", call.Asks.Select(static ask => $"{ask.Action} {ask.Resource}")));
    }

    private static RolePolicy Role(params string[] statements) =>
        new(
            "role",
            [
                .. statements.Select(statement =>
                {
                    var json = (JsonObject)JsonNode.Parse(statement)!;
                    json["Effect"] ??= "Allow";
                    return new PolicyStatement(json, "here");
                }),
            ]
        );
}

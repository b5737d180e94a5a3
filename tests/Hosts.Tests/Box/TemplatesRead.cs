using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box;

/// <summary>Templates say what CloudFormation would make of them.</summary>
public sealed class TemplatesRead
{
    private const string Data = """
        {
          "Resources": { "Table": { "Type": "AWS::DynamoDB::Table" } },
          "Outputs": {
            "TableName": { "Value": { "Ref": "Table" }, "Export": { "Name": { "Fn::Sub": "${AWS::StackName}:Table" } } },
            "Other": { "Value": "not exported" }
          }
        }
        """;

    private const string Hub = """
        {
          "Parameters": {
            "BootstrapVersion": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/version" },
            "Stage": { "Type": "String", "Default": "test" },
            "Needed": { "Type": "String" }
          },
          "Mappings": { "Sizes": { "test": { "memory": 256 } } },
          "Conditions": {
            "IsTest": { "Fn::Equals": [{ "Ref": "Stage" }, "test"] },
            "IsNot": { "Fn::Not": [{ "Condition": "IsTest" }] },
            "Either": { "Fn::Or": [{ "Condition": "IsNot" }, { "Condition": "IsTest" }] },
            "Both": { "Fn::And": [{ "Condition": "IsNot" }, { "Condition": "IsTest" }] }
          },
          "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work" } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alarms" } },
            "Role": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "role" } },
            "Api": { "Type": "AWS::ApiGatewayV2::Api" },
            "Only": { "Type": "AWS::SNS::Topic", "Condition": "IsNot" },
            "Config": { "Type": "Custom::Config" }
          }
        }
        """;

    public static TheoryData<string, string> Values { get; } =
        new()
        {
            { "\"plain\"", "\"plain\"" },
            { "7", "7" },
            { """{"Ref":"Queue"}""", "\"http://queues/work\"" },
            { """{"Fn::GetAtt":["Queue","Arn"]}""", "\"arn:aws:sqs:eu-central-1:000000000000:work\"" },
            { """{"Fn::GetAtt":"Queue.QueueName"}""", "\"work\"" },
            { """{"Ref":"Topic"}""", "\"arn:aws:sns:eu-central-1:000000000000:alarms\"" },
            { """{"Fn::GetAtt":["Role","Arn"]}""", "\"arn:aws:iam::000000000000:role/role\"" },
            { """{"Fn::GetAtt":["Api","ApiEndpoint"]}""", "\"http://api\"" },
            {
                """{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ssm:",{"Ref":"AWS::Region"},":",{"Ref":"AWS::AccountId"}]]}""",
                "\"arn:aws:ssm:eu-central-1:000000000000\""
            },
            {
                """{"Fn::Sub":"${AWS::StackName} ${!kept} ${Queue.Arn}"}""",
                "\"Hub ${kept} arn:aws:sqs:eu-central-1:000000000000:work\""
            },
            { """{"Fn::Sub":["${a}-${Stage}",{"a":{"Ref":"AWS::URLSuffix"}}]}""", "\"amazonaws.com-test\"" },
            { """{"Fn::Select":["1",{"Fn::Split":["/","a/b/c"]}]}""", "\"b\"" },
            { """{"Fn::If":["IsTest","yes","no"]}""", "\"yes\"" },
            { """{"Fn::If":["Both","yes",{"Fn::If":["Either","either","no"]}]}""", "\"either\"" },
            { """{"a":{"Ref":"AWS::NoValue"},"b":[1,{"Ref":"AWS::NoValue"}]}""", """{"b":[1]}""" },
            { """{"Fn::FindInMap":["Sizes",{"Ref":"Stage"},"memory"]}""", "256" },
            { """{"Ref":"BootstrapVersion"}""", "\"/cdk-bootstrap/version\"" },
            { """{"Fn::ImportValue":"Data:Table"}""", "\"Data-Table\"" },
            { """{"Fn::GetAtt":["Config","Version"]}""", "\"3\"" },
            { """{"Ref":"Config"}""", "\"config-id\"" },
        };

    public static TheoryData<string, string> Refused { get; } =
        new()
        {
            { """{"Ref":"Nothing"}""", "refers to 'Nothing', which is not there" },
            { """{"Ref":"AWS::NotificationARNs"}""", "'AWS::NotificationARNs' is not known" },
            { """{"Ref":"Needed"}""", "'Needed' has no default and was not given" },
            { """{"Fn::Cidr":["10.0.0.0/8",1,8]}""", "'Fn::Cidr' is not played" },
            { """{"Fn::GetAtt":["Queue","Depth"]}""", "no attribute 'Depth'" },
            { """{"Fn::GetAtt":["Config","Nothing"]}""", "answered no attribute 'Nothing'" },
            { """{"Fn::ImportValue":"Data:Other"}""", "no stack exports 'Data:Other'" },
            { """{"Fn::If":["Unknown",1,2]}""", "no condition 'Unknown'" },
            { "\"{{resolve:ssm:/name}}\"", "dynamic references are not played" },
            { """{"Fn::Select":["3",["a"]]}""", "Fn::Select: 3 of 1" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_what_CloudFormation_makes_of_it(string written, string value)
    {
        var (values, hub) = Read();

        Assert.StartsWith(
            value.TrimEnd('"'),
            values.Of(hub, JsonNode.Parse(written), "here")!.ToJsonString(Relaxed),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_known_is_named(string written, string problem)
    {
        var (values, hub) = Read();

        var refusal = Assert.Throws<TemplateException>(() => values.Of(hub, JsonNode.Parse(written), "Hub/here"));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_whose_condition_does_not_hold_is_not_made()
    {
        var (values, hub) = Read();

        Assert.Equal(["Only"], hub.Resources.Where(resource => !values.Holds(resource)).Select(r => r.Id));
    }

    [Fact]
    public void A_parameter_that_is_given_stands_before_its_default()
    {
        var (values, hub) = Read(new Dictionary<string, string> { ["Stage"] = "prod" });

        Assert.Equal("prod", (string?)values.Of(hub, JsonNode.Parse("""{"Ref":"Stage"}"""), "here"));
        Assert.Contains(hub.Resources, resource => resource.Id == "Only" && values.Holds(resource));
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static (TemplateValues, StackTemplate) Read(IReadOnlyDictionary<string, string>? parameters = null)
    {
        StackTemplate data = new("Data", "", (JsonObject)JsonNode.Parse(Data)!);
        StackTemplate hub = new("Hub", "", (JsonObject)JsonNode.Parse(Hub)!);
        Physical physical = new("http://queues/", static _ => new("http://api"));
        physical.Set(hub.Find("Config")!, "config-id", new() { ["Version"] = "3" });
        return (new([data, hub], physical, parameters), hub);
    }
}

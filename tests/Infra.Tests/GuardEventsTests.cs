using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;
using Hosts.Tests.Box.Sources;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>Which events reach the guard: the rules' patterns against events as AWS sends them.</summary>
[Collection(nameof(Synthesis))]
public sealed partial class GuardEventsTests(Synthesis synthesis)
{
    /// <summary>The longest name that a role may have, with a path.</summary>
    private static readonly string OwnRole = $"arn:aws-us-gov:iam::111122223333:role/guards/{new string('r', 64)}";

    public static TheoryData<string> Calls =>
        new(
            Directory
                .GetFiles(Repository.File("events", "cloudtrail"))
                .Select(file => Path.GetFileName(file))
                // A message of a queue, not an event of EventBridge.
                .Where(file => file != "in-a-queue.json")
        );

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_is_heard_of_once_whoever_made_it_but_the_guard(string file)
    {
        foreach (var stack in synthesis.Guards.Concat(synthesis.Members))
        {
            var call = Event("cloudtrail", file);
            Assert.Single(Hearing(stack, call));

            // A user of IAM has no session, and a role that is called almost like the guard's is another one.
            var identity = call["detail"]!["userIdentity"]!.AsObject();
            identity.Remove("sessionContext");
            Assert.Single(Hearing(stack, call));
            identity["sessionContext"] = IssuedBy($"{OwnRole}2");
            Assert.Single(Hearing(stack, call));

            identity["sessionContext"] = IssuedBy(OwnRole);
            Assert.Empty(Hearing(stack, call));
        }
    }

    [Fact]
    public void Root_is_heard_though_its_session_has_no_issuer()
    {
        var call = Event("cloudtrail", "authorize-ingress-by-name.json");

        Assert.Equal("Root", (string?)call["detail"]!["userIdentity"]!["type"]);
        Assert.Equal(["GroupCalls"], Hearing(synthesis.Guard, call));
    }

    // What nobody forwards the program cannot judge, and what it cannot read nobody need forward.
    [Fact]
    public void The_rules_name_the_calls_that_the_program_reads_and_no_others()
    {
        var read =
            from file in (string[])["RuleCalls.cs", "TagCalls.cs", "AppliedCalls.cs"]
            let code = File.ReadAllText(Repository.File("functions", "SecurityGroupGuard", "Events", file))
            from match in Case().Matches(code)
            from name in Name().Matches(match.Groups["names"].Value)
            select $"aws.{match.Groups["service"].Value} {name.Groups[1].Value}";
        foreach (var stack in (SynthesizedTemplate[])[synthesis.Guard, synthesis.Member])
        {
            var named =
                from pattern in Patterns(stack)
                from name in pattern.Value["detail"]!["eventName"]?.AsArray() ?? []
                let call = name as JsonValue ?? name!["prefix"]
                select (Sources: pattern.Value["source"]!.AsArray(), Name: (string)call!);
            var wanted = read.ToHashSet();

            Assert.All(
                wanted,
                call =>
                    Assert.Contains(
                        named,
                        rule =>
                            rule.Name == call.Split(' ')[1] && rule.Sources.Any(s => (string?)s == call.Split(' ')[0])
                    )
            );
            Assert.All(
                named,
                rule => Assert.Contains(rule.Sources, source => wanted.Contains($"{source} {rule.Name}"))
            );
        }
    }

    [Theory]
    [InlineData("AuthorizeSecurityGroupIngress", "aws.rds")]
    [InlineData("DescribeSecurityGroups", "aws.ec2")]
    [InlineData("UpdateFunctionCode20150331v2", "aws.lambda")]
    [InlineData("PutObject", "aws.s3")]
    public void Other_calls_are_not_heard(string name, string source)
    {
        var call = Event("cloudtrail", "authorize-ingress.json");
        call["source"] = source;
        call["detail"]!["eventName"] = name;

        Assert.Empty(Hearing(synthesis.Guard, call));
    }

    [Theory]
    [InlineData("item-change.json")]
    [InlineData("group-discovered.json")]
    [InlineData("group-deleted.json")]
    public void Config_tells_of_groups_where_that_is_wanted(string file)
    {
        var item = Event("config", file);
        Assert.Equal(["ConfigItems"], Hearing(synthesis.Guard, item));
        Assert.Equal(["ConfigItems"], Hearing(synthesis.Member, item));
        Assert.Empty(Hearing(synthesis.ChosenMember, item));
        // From members, who choose themselves.
        Assert.Equal(["MemberEvents"], Hearing(synthesis.ChosenGuard, item, members: true));
        Assert.Empty(Hearing(synthesis.ChosenGuard, item));

        item["detail"]!["configurationItem"]!["resourceType"] = "AWS::EC2::Instance";
        Assert.Empty(Hearing(synthesis.Guard, item));
    }

    [Fact]
    public void A_group_too_large_for_Config_is_heard_of_by_its_summary()
    {
        var item = Event("config", "item-change.json");
        var detail = item["detail"]!.AsObject();
        detail["configurationItemSummary"] = new JsonObject
        {
            ["resourceType"] = "AWS::EC2::SecurityGroup",
            ["resourceId"] = "sg-0123456789abcdef0",
        };
        detail.Remove("configurationItem");

        Assert.Equal(["ConfigSummaries"], Hearing(synthesis.Guard, item));
    }

    // The quota of EventBridge.
    [Fact]
    public void No_pattern_has_more_than_2048_characters() =>
        Assert.All(
            synthesis.Guards.Concat(synthesis.Members).SelectMany(stack => Patterns(stack)),
            pattern => Assert.InRange(pattern.Value.ToJsonString().Length, 1, 2048)
        );

    private static IEnumerable<string> Hearing(SynthesizedTemplate stack, JsonObject message, bool members = false) =>
        Patterns(stack, members)
            .Where(rule => EventPattern.Matches(rule.Value, message, rule.Key))
            .Select(rule => Number().Replace(rule.Key, ""));

    private static Dictionary<string, JsonObject> Patterns(SynthesizedTemplate stack, bool members = false) =>
        stack
            .Resources("AWS::Events::Rule")
            .Where(rule =>
                rule.Value["Properties"]!["EventPattern"] is not null
                && rule.Value["Properties"]!["EventBusName"] is not null == members
            )
            .ToDictionary(rule => rule.Key, rule => Resolved(rule.Value["Properties"]!["EventPattern"])!.AsObject());

    /// <summary>The one thing that a pattern refers to is the role.</summary>
    private static JsonNode? Resolved(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } call when call.First().Key is "Fn::GetAtt" or "Fn::Join" => OwnRole,
            // Where account and region were chosen.
            JsonValue text when text.ToString().StartsWith("arn:", StringComparison.Ordinal) => OwnRole,
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Resolved(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Resolved)]),
            _ => node?.DeepClone(),
        };

    private static JsonObject IssuedBy(string role) => new() { ["sessionIssuer"] = new JsonObject { ["arn"] = role } };

    private static JsonObject Event(string folder, string file) =>
        JsonNode.Parse(File.ReadAllText(Repository.File("events", folder, file)))!.AsObject();

    [GeneratedRegex("""\("(?<service>[a-z0-9]+)", (?<names>[^)]*\)?(?: when name\.StartsWith\("\w+")?)""")]
    private static partial Regex Case();

    [GeneratedRegex("\"([A-Z]\\w+)\"")]
    private static partial Regex Name();

    // CDK's hash.
    [GeneratedRegex("[0-9A-F]{8}$")]
    private static partial Regex Number();
}

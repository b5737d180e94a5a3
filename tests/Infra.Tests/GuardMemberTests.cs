using System.Text.Json.Nodes;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>A guard and the other accounts that it watches over.</summary>
[Collection(nameof(Synthesis))]
public sealed class GuardMemberTests(Synthesis synthesis)
{
    private const string MemberRole = "SecurityGroupGuardMember-${AWS::Region}";

    [Fact]
    public void The_chosen_accounts_have_a_bus_of_their_own_and_nobody_else_may_use_it()
    {
        Assert.Empty(synthesis.Guard.Resources("AWS::Events::EventBus"));

        var policy = synthesis.ChosenGuard.Only("AWS::Events::EventBusPolicy");
        var statement = policy["Statement"]!;
        Assert.Equal("${MembersBus}", Flat(policy["EventBusName"]));
        Assert.Equal("events:PutEvents", (string?)statement["Action"]);
        Assert.Equal("${MembersBus.Arn}", Flat(statement["Resource"]));
        Assert.Equal(
            [
                "arn:${AWS::Partition}:iam::111122223333:root",
                $"arn:${{AWS::Partition}}:iam::{Synthesis.OtherAccount}:root",
            ],
            statement["Principal"]!["AWS"]!.AsArray().Select(Flat)
        );
        Assert.Equal("o-a1b2c3d4e5", (string?)statement["Condition"]!["StringEquals"]!["aws:PrincipalOrgID"]);
    }

    [Fact]
    public void The_guard_may_be_the_members_role_in_those_accounts_only()
    {
        Assert.DoesNotContain(
            synthesis.Guard.IdentityStatements(),
            statement => Flat(statement.Statement["Action"]) == "sts:AssumeRole"
        );
        var assuming = synthesis
            .ChosenGuard.IdentityStatements()
            .Where(statement => Flat(statement.Statement["Action"]) == "sts:AssumeRole")
            .ToList();
        Assert.Equal(2, assuming.Count);
        Assert.All(
            assuming,
            statement =>
                Assert.Equal(
                    [
                        $"arn:${{AWS::Partition}}:iam::111122223333:role/{MemberRole}-test",
                        $"arn:${{AWS::Partition}}:iam::{Synthesis.OtherAccount}:role/{MemberRole}-test",
                    ],
                    SynthesizedTemplate.List(statement.Statement["Resource"]).Select(Flat)
                )
        );
    }

    [Fact]
    public void A_member_is_one_stack_and_says_what_the_guard_calls_its_role()
    {
        Assert.Equal(MemberRole, Flat(Role(synthesis.Member)["RoleName"]));
        Assert.Equal($"{MemberRole}-test", Flat(Role(synthesis.ChosenMember)["RoleName"]));
        foreach (var member in synthesis.Members)
        {
            Assert.Single(Directory.GetFiles(member.Folder, "*.template.json"));
            Assert.Empty(member.ProgramFunctions());
        }
    }

    [Fact]
    public void Nobody_but_the_guards_functions_may_be_that_role()
    {
        foreach (var member in synthesis.Members)
        {
            var statements = SynthesizedTemplate.Statements(Role(member)["AssumeRolePolicyDocument"]!).ToList();
            Assert.Equal(
                [Synthesis.EventsRole, Synthesis.GuardRole],
                statements
                    .SelectMany(statement => SynthesizedTemplate.List(statement["Principal"]!["AWS"]))
                    .Select(Flat)
                    .Order(StringComparer.Ordinal)
            );
            Assert.All(
                statements,
                statement =>
                {
                    Assert.Equal("sts:AssumeRole", Flat(statement["Action"]));
                    Assert.Single(statement["Principal"]!.AsObject());
                    Assert.Equal(
                        member == synthesis.Member ? null : "o-a1b2c3d4e5",
                        (string?)statement["Condition"]?["StringEquals"]!["aws:PrincipalOrgID"]
                    );
                }
            );
        }
    }

    [Fact]
    public void A_member_forwards_to_the_guards_bus_and_may_put_events_nowhere_else()
    {
        foreach (var member in synthesis.Members)
        {
            var bus = Synthesis.GuardBus.Replace(Synthesis.Region, "${AWS::Region}", StringComparison.Ordinal);
            Assert.All(
                member.Resources("AWS::Events::Rule").Values.Select(rule => rule["Properties"]!),
                rule =>
                {
                    var target = Assert.Single(rule["Targets"]!.AsArray())!;
                    Assert.Equal(bus, Flat(target["Arn"]));
                    Assert.Equal("${ForwardRole.Arn}", Flat(target["RoleArn"]));
                    Assert.False(target.AsObject().ContainsKey("InputTransformer"));
                    Assert.Null(rule["EventBusName"]);
                }
            );
            var forward = Assert
                .Single(member.IdentityStatements(), statement => statement.Id == "ForwardRole")
                .Statement;
            Assert.Equal(("events:PutEvents", bus), (Flat(forward["Action"]), Flat(forward["Resource"])));
            Assert.Empty(member.Resources("AWS::IAM::Policy"));
        }
    }

    [Fact]
    public void The_guards_stack_says_what_a_member_is_deployed_with()
    {
        Assert.DoesNotContain("MemberContext", Outputs(synthesis.Guard).Select(output => output.Key));
        Assert.Matches(
            @"^-c guard=member -c guardBus=\$\{MembersBus\.Arn\} -c guardRoles=\$\{SecurityGroupGuardRole\w+\.Arn\},\$\{SecurityGroupEventsRole\w+\.Arn\}$",
            Flat(Outputs(synthesis.ChosenGuard)["MemberContext"]!["Value"])
        );
    }

    private static JsonObject Role(SynthesizedTemplate member) =>
        member.Resources("AWS::IAM::Role")["MemberRole"]["Properties"]!.AsObject();

    private static JsonObject Outputs(SynthesizedTemplate stack) => stack.Json["Outputs"]!.AsObject();

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}

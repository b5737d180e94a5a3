using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>What each role of the guard may do and never may, as a table that somebody has read.</summary>
[Collection(nameof(Synthesis))]
public sealed class GuardPermissionsTests(Synthesis synthesis)
{
    [Theory]
    [InlineData(false, "guard-permissions.txt")]
    [InlineData(true, "guard-permissions-chosen.txt")]
    public void Each_role_may_do_this_and_no_more(bool chosen, string table) =>
        Approved.Matches(
            $"Infra/{table}",
            string.Join(
                '\n',
                (chosen ? synthesis.ChosenGuard : synthesis.Guard)
                    .PermissionLines()
                    .Concat((chosen ? synthesis.ChosenMember : synthesis.Member).PermissionLines())
            )
        );

    [Fact]
    public void A_guard_changes_neither_itself_nor_its_orders_whatever_else_it_may()
    {
        foreach (var stack in synthesis.Guards.Concat(synthesis.Members))
        {
            var denied = stack.IdentityStatements().Where(s => (string?)s.Statement["Effect"] == "Deny").ToList();
            Assert.Equal(
                stack.Resources("AWS::Lambda::Function") is { Count: > 0 } functions ? functions.Count : 1,
                denied.Count
            );
            foreach (var (_, statement) in denied)
            {
                Assert.Equal("*", Flat(statement["Resource"]));
                Assert.False(statement.ContainsKey("Condition"));
                var actions = SynthesizedTemplate.List(statement["Action"]).Select(Flat).ToList();
                Assert.All(
                    (string[])
                        [
                            "lambda:*",
                            "iam:*",
                            "events:*",
                            "cloudformation:*",
                            "cloudtrail:*",
                            "config:*",
                            "sqs:PurgeQueue",
                            "sqs:SetQueueAttributes",
                            "dynamodb:DeleteTable",
                            "dynamodb:UpdateTimeToLive",
                            "ssm:PutParameter",
                            "s3:Put*",
                        ],
                    action => Assert.Contains(action, actions)
                );
                // What it is for.
                Assert.DoesNotContain(actions, action => action.StartsWith("ec2:", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Nothing_that_is_allowed_is_denied_as_well()
    {
        foreach (var stack in synthesis.Guards.Concat(synthesis.Members))
        {
            foreach (var role in stack.IdentityStatements().GroupBy(statement => statement.Id))
            {
                var denied = Actions(role, "Deny").ToList();
                Assert.DoesNotContain(
                    Actions(role, "Allow"),
                    action =>
                        denied.Exists(pattern =>
                            System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, action)
                        )
                );
            }
        }
    }

    // DeleteTags without keys takes all tags, and "for all values of" none holds.
    [Fact]
    public void Tags_are_only_those_that_the_policy_decides_by()
    {
        Assert.Empty(Tagging(synthesis.Guard));
        Assert.Empty(Tagging(synthesis.Member));
        foreach (var stack in (SynthesizedTemplate[])[synthesis.ChosenGuard, synthesis.ChosenMember])
        {
            var condition = Assert.Single(Tagging(stack))["Condition"]!;
            Assert.Equal(
                """["guarded","change-ticket"]""",
                condition["ForAllValues:StringEquals"]!["aws:TagKeys"]!.ToJsonString()
            );
            Assert.Equal("false", (string?)condition["Null"]!["aws:TagKeys"]);
        }

        static IEnumerable<JsonObject> Tagging(SynthesizedTemplate stack) =>
            from statement in stack.IdentityStatements()
            where
                SynthesizedTemplate.List(statement.Statement["Action"]).Any(action => Flat(action) == "ec2:DeleteTags")
            select statement.Statement;
    }

    private static IEnumerable<string> Actions(IEnumerable<(string, JsonObject Statement)> role, string effect) =>
        role.Where(statement => (string?)statement.Statement["Effect"] == effect)
            .SelectMany(statement => SynthesizedTemplate.List(statement.Statement["Action"]).Select(Flat));

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}

using System.Text.Json.Nodes;
using AlertHub.Tests.Configuration;
using AlertHub.Tests.Support;
using FsCheck.Fluent;
using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Policies;

/// <summary>The JSON schema for editors: made of the shape, and never stricter than the reader.</summary>
public sealed class PolicySchema
{
    private static readonly string Text = EditorSchemas.Text(Policy.Shape, "policy");

    private static readonly string Example = File.ReadAllText(
        Repository.File("functions", "SecurityGroupGuard", "policy.example.yml")
    );

    [Fact]
    public void It_is_the_one_that_the_shape_makes() =>
        Approved.Matches("../../../functions/SecurityGroupGuard/Policies/policy.schema.json", Text);

    [Fact]
    public void Every_key_is_described() =>
        Assert.Empty(
            from definition in JsonNode.Parse(Text)!["$defs"]!.AsObject()
            from property in definition.Value!["properties"]!.AsObject()
            where property.Value!["description"] is null
            select $"{definition.Key}.{property.Key}"
        );

    [Fact]
    public void It_accepts_the_example() => Assert.Empty(Objections(Example));

    [Fact]
    public void What_it_refuses_the_reader_refuses()
    {
        var accepted = 0;
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue).Select(static seed => MutatedTree.Of(Example, seed)),
            text =>
            {
                if (Policy.Read(text, "changed.yml").Policy is not null)
                {
                    accepted++;
                    Assert.Empty(Objections(text));
                }
            },
            tests: 1000
        );
        Assert.True(accepted > 100, $"{accepted} accepted");
    }

    private static IReadOnlyList<string> Objections(string text) =>
        JsonSchema.Parse(Text).Check(EditorSchemas.Json(text));
}

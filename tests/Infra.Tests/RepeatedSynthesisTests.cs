using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>What has not changed is not deployed: <c>cdk diff</c> of an unchanged tree is empty.</summary>
[Collection(nameof(Synthesis))]
public sealed class RepeatedSynthesisTests(Synthesis synthesis)
{
    [Theory]
    [InlineData("nothing", 4)]
    [InlineData("all", 8)]
    [InlineData("member", 1)]
    public void Two_syntheses_are_the_same_to_the_letter(string chosen, int stacks)
    {
        Dictionary<string, object> Context() =>
            chosen switch
            {
                "all" => synthesis.ChosenContext,
                "member" => Synthesis.MemberContext,
                _ => [],
            };
        var first = Files(synthesis.Assemble(Context()).Synth().Directory);
        var second = Files(synthesis.Assemble(Context()).Synth().Directory);

        Assert.Equal(stacks, first.Keys.Count(file => file.EndsWith(".template.json", StringComparison.Ordinal)));
        Assert.Equal(first, second);
    }

    private static SortedDictionary<string, string> Files(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*.json")
                .Where(file => !file.EndsWith("tree.json", StringComparison.Ordinal))
                .ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
            StringComparer.Ordinal
        );
}

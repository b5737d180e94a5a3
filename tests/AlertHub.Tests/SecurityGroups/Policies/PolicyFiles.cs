using AlertHub.Configuration;
using AlertHub.Tests.Support;
using FsCheck.Fluent;
using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Policies;

/// <summary>What may stand in a policy.</summary>
public sealed class PolicyFiles
{
    private static readonly string Example = File.ReadAllText(
        Repository.File("functions", "SecurityGroupGuard", "policy.example.yml")
    );

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("guard-policies.txt", '¦')];

    [Fact]
    public void The_mode_is_all_that_must_be_said()
    {
        var policy = PolicyText.Read("mode: observe");

        Assert.Equal(Mode.Observe, policy.Mode);
        Assert.Null(policy.ExemptTag);
        Assert.Empty(policy.Allow);
        Assert.Empty(policy.Services);
        Assert.Empty(policy.Approved);
        Assert.Equal(RevokedRules.Restore, policy.RevokedRules);
        Assert.Equal(CreatedGroups.Alert, policy.CreatedGroups);
        Assert.Equal(AppliedGroups.Alert, policy.AppliedGroups);
        Assert.Equal(new Fight { Undos = 3, Within = TimeSpan.FromMinutes(15) }, policy.Fight);
        Assert.Equal(new Reconcile { Grace = TimeSpan.FromMinutes(15), Drift = Drift.Alert }, policy.Reconcile);
        Assert.Equal(
            TimeSpan.FromHours(4),
            PolicyText
                .Read("{mode: observe, break_glass: [{principal: 'arn:aws:iam::*:role/break-glass'}]}")
                .BreakGlass[0]
                .For
        );
    }

    [Fact]
    public void The_example_is_a_policy_and_forbids_what_is_forbidden_anyway()
    {
        var policy = PolicyText.Read(Example);

        Assert.Equal(Mode.Observe, policy.Mode);
        Assert.Equivalent(new Policy().Forbidden, policy.Forbidden);
        Assert.Equal(new Policy().Fight, policy.Fight);
        Assert.Equal(new Policy().Reconcile, policy.Reconcile);
    }

    /// <summary>So that whoever copies it sees all there is.</summary>
    [Fact]
    public void The_example_has_every_key() =>
        Assert.All(Policy.Shape.Keys, static key => Assert.Contains($"\n{key}:", Example, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Table))]
    public void What_cannot_be_meant_is_said_where_it_stands(string[] row)
    {
        var (policy, problems) = Policy.Read(row[0].Replace("\\n", "\n", StringComparison.Ordinal), "p");

        Assert.Equal(row[1..], problems.Select(static p => $"{p}"["p:".Length..]));
        Assert.Equal(problems.Any(static p => p.IsError), policy is null);
    }

    [Fact]
    public void Any_text_is_a_policy_or_has_a_problem() =>
        Properties.ForAll(ArbMap.Default.ArbFor<string>(), static text => IsRead(text ?? ""), tests: 1000);

    [Fact]
    public void A_damaged_policy_is_a_policy_or_has_a_problem()
    {
        var (kept, refused) = (0, 0);
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            seed => _ = IsRead(MutatedTree.Of(Example, seed)) ? kept++ : refused++,
            tests: 1500
        );
        Properties.ForAll(
            from at in Gen.Choose(0, Example.Length)
            from length in Gen.Choose(0, 9)
            from instead in Properties.Text
            select Example[..at] + instead + Example[Math.Min(Example.Length, at + length)..],
            static text => IsRead(text),
            tests: 500
        );
        Assert.True(kept > 100 && refused > 100, $"{kept} kept, {refused} refused");
    }

    private static bool IsRead(string text)
    {
        var (policy, problems) = Policy.Read(text, "policy.yml");
        Assert.Equal(policy is null, problems.Any(static p => p.Severity == Severity.Error));
        return policy is not null;
    }
}

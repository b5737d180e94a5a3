using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>What may be chosen about the guard; single values are in Cases/contexts.txt.</summary>
public sealed class GuardDeploymentTests
{
    [Fact]
    public void Nothing_is_deployed_that_was_not_chosen_and_nothing_else_need_be()
    {
        var (deployment, _) = Some.Deployment();

        Assert.Equal(GuardPart.Nothing, deployment!.Guard.Part);
        Assert.Equal([FunctionProgram.Hub], Stacks.Programs(deployment));
        Assert.Equal("ssm:/alerthub/security-group-policy", deployment.Guard.Policy);
        Assert.True(deployment.Guard.Config);
        Assert.Equal(TimeSpan.FromMinutes(15), deployment.Guard.Schedule);
        Assert.Null(deployment.Guard.Tag);
        Assert.Null(deployment.Guard.Organization);
        Assert.Empty(deployment.Guard.TagKeys);
        Assert.Empty(deployment.Guard.Accounts);
    }

    [Fact]
    public void The_policy_is_below_the_path_of_its_hub() =>
        Assert.Equal(
            "ssm:/team/alerts/security-group-policy",
            GuardDeployment.Read(new ContextValues(_ => null), "/team/alerts").Policy
        );

    [Fact]
    public void A_guard_needs_both_programs_and_a_member_none()
    {
        Assert.Equal(
            [FunctionProgram.Hub, FunctionProgram.Guard],
            Stacks.Programs(Some.Deployment(("guard", true)).Deployment!)
        );
        Assert.Empty(
            Stacks.Programs(
                Some.Deployment(
                    ("guard", "member"),
                    ("guardBus", Synthesis.GuardBus),
                    ("guardRoles", Synthesis.GuardRole)
                ).Deployment!
            )
        );
    }

    [Fact]
    public void A_tag_has_a_key_and_a_value() =>
        Assert.Equal(
            KeyValuePair.Create("team:guarded", "yes=no"),
            Some.Deployment(("guardTag", "team:guarded=yes=no")).Deployment!.Guard.Tag
        );

    // Keys that differ in their case only are two keys.
    [Fact]
    public void Keys_of_tags_are_told_apart_by_their_case() =>
        Assert.Equal(
            ["Ticket", "ticket"],
            Some.Deployment(("guardTagKeys", "Ticket,ticket")).Deployment!.Guard.TagKeys
        );

    [Fact]
    public void More_accounts_than_a_policy_has_room_for_are_refused()
    {
        Assert.Empty(Some.Deployment(("guardAccounts", Accounts(50))).Problems);
        Assert.Equal(
            [
                "Context \"guardAccounts\": a role's policy has room for 50 accounts; deploy another stage for the others.",
            ],
            Some.Deployment(("guardAccounts", Accounts(51))).Problems
        );

        static string Accounts(int count) =>
            string.Join(',', Enumerable.Range(0, count).Select(number => $"{number:d12}"));
    }
}

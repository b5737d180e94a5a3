using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Policies;

internal static class PolicyText
{
    /// <summary>A policy of which nothing is to be said.</summary>
    public static Policy Read(string text)
    {
        var (policy, problems) = Policy.Read(text, "policy.yml");
        Assert.Empty(problems);
        return Assert.IsType<Policy>(policy);
    }
}

using AlertHub.Configuration;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration;

/// <summary>infra/config, which a deployment on AWS puts in force where no other folder is named.</summary>
public sealed class DeployedConfiguration
{
    [Fact]
    public void Nothing_is_to_be_said_against_it()
    {
        var verdict = Verdict.Of(
            Read("alertmanager.yml"),
            Read("hub.yml"),
            glob => new(glob, [], Objection: null),
            static secret => secret is SecretReference.Parameter ? null : "it stands in the file"
        );

        Assert.Empty(verdict.Problems);
        Assert.Equal("slack", Assert.Single(verdict.Config!.Receivers).Name);
    }

    private static ConfigFile Read(string name) =>
        new(name, File.ReadAllBytes(Repository.File("infra", "config", name)));
}

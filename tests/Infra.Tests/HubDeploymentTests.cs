using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

public sealed class HubDeploymentTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("infra-config-");

    public static TheoryData<string, string, string> Contexts
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var columns in Repository.Cases("contexts.txt"))
            {
                data.Add(columns[0], columns[1], columns[2]);
            }

            return data;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Contexts))]
    public void A_value_is_taken_or_refused_in_words(string key, string value, string words)
    {
        var (deployment, problems) = Some.Deployment((key, value));

        if (words.Length == 0)
        {
            Assert.Empty(problems);
            Assert.NotNull(deployment);
            return;
        }

        Assert.Null(deployment);
        Assert.Equal($"Context \"{key}\": {words}.", Assert.Single(problems));
    }

    [Fact]
    public void Nothing_need_be_chosen()
    {
        var hub = Some.Deployment().Deployment!.Hub;

        Assert.Equal(("prod", "", "/alerthub"), (hub.Stage, hub.Suffix, hub.Parameters));
        Assert.Null(hub.Account);
        Assert.Null(hub.Region);
        Assert.Null(hub.ExternalUrl);
        Assert.True(hub.Alarms);
        Assert.Empty(hub.Topics);
        Assert.Empty(hub.Accounts);
        Assert.Equal((100, 200), (hub.RequestRate, hub.RequestBurst));
        Assert.Contains("receiver: slack", hub.Config.Alertmanager, StringComparison.Ordinal);
        Assert.Contains("autosilence:", hub.Config.Hub, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_has_stacks_and_parameters_of_its_own()
    {
        Write("alertmanager.yml", "url: ssm:/alerthub-test/secrets/hook");
        var hub = Some.Deployment(("stage", "test"), ("config", folder.FullName)).Deployment!.Hub;

        Assert.Equal(("-test", "/alerthub-test"), (hub.Suffix, hub.Parameters));
    }

    // The functions of the stage may not read them, and nobody would notice before the first alert.
    [Fact]
    public void A_configuration_that_refers_to_parameters_of_another_hub_is_refused() =>
        Assert.Equal(
            [
                $"Context \"config\": alertmanager.yml of \"{Repository.File("infra/config")}\" refers to "
                    + "\"ssm:/alerthub/secrets/slack-webhook-url\", and this hub may read below /alerthub-test/secrets/ only; "
                    + "change the reference, or name its path with -c parameters.",
            ],
            Some.Deployment(("stage", "test")).Problems
        );

    [Fact]
    public void A_configuration_that_CloudFormation_cannot_carry_is_refused()
    {
        Write("alertmanager.yml", new string('#', ConfigFolder.LongestBytes + 1));

        Assert.StartsWith(
            $"Context \"config\": the files of \"{folder.FullName}\" have 102401 bytes, and CloudFormation carries no more than "
                + "102400; deploy a shorter one, and put this one in force over the API (PUT /hub/config)",
            Assert.Single(Some.Deployment(("config", folder.FullName)).Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_template_that_would_be_left_behind_is_refused()
    {
        Write("alertmanager.yml", "a");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "more"));
        Write("more/a.tmpl", "a");

        Assert.StartsWith(
            $"Context \"config\": \"{folder.FullName}\" has templates in folders of its own",
            Assert.Single(Some.Deployment(("config", folder.FullName)).Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_configuration_is_the_same_wherever_Git_put_it()
    {
        Write("alertmanager.yml", "a\r\nb\n");
        Write("z.tmpl", "z\r\n");
        Write("a.tmpl", "a");
        Write("B.tmpl", "b");
        Write("notes.txt", "no template");
        var config = Some.Deployment(("config", folder.FullName)).Deployment!.Hub.Config;

        Assert.Equal("a\nb\n", config.Alertmanager);
        Assert.Null(config.Hub);
        Assert.Equal(
            [new("B.tmpl", "b"), new("a.tmpl", "a"), new("z.tmpl", "z\n")],
            config.Templates.Select(template => KeyValuePair.Create(template.Key, template.Value))
        );
    }

    [Fact]
    public void Whether_a_topic_is_in_the_hubs_region_is_known()
    {
        const string Near = "arn:aws:sns:eu-west-1:111122223333:near";
        const string Far = "arn:aws:sns:us-east-1:111122223333:far";

        Assert.Equal(
            [new(Near, IsNear: true, "sns.amazonaws.com"), new(Far, IsNear: false, "sns.amazonaws.com")],
            Some.Deployment(("region", "eu-west-1"), ("topics", $"{Near}, {Far}")).Deployment!.Hub.Topics
        );
    }

    [Theory]
    [InlineData("eu-west-1", "ap-east-1", "sns.ap-east-1.amazonaws.com")]
    [InlineData("eu-south-2", "us-east-1", "sns.eu-south-2.amazonaws.com")]
    [InlineData("eu-south-2", "ap-east-1", "sns.eu-south-2.amazonaws.com")]
    [InlineData("eu-south-2", "eu-south-2", "sns.amazonaws.com")]
    [InlineData("eu-west-1", "us-west-2", "sns.amazonaws.com")]
    public void A_topic_sends_under_the_name_of_a_region_that_accounts_opt_in_to(
        string hub,
        string topic,
        string sender
    )
    {
        var found = Some.Deployment(("region", hub), ("topics", $"arn:aws:sns:{topic}:111122223333:alarms"));

        Assert.Equal(sender, Assert.Single(found.Deployment!.Hub.Topics).Sender);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
}

using System.Runtime.InteropServices;
using Amazon.CDK.AWS.Logs;
using Infra.Tests.Support;

namespace Infra.Tests;

public sealed class DeploymentTests
{
    [Fact]
    public void Nothing_need_be_chosen()
    {
        var (deployment, problems) = Some.Deployment();

        Assert.Empty(problems);
        Assert.Equal(Packaging.Managed, deployment!.Packaging);
        Assert.Equal(512, deployment.MemoryMegabytes);
        Assert.Equal(TimeSpan.FromSeconds(30), deployment.Timeout);
        Assert.Equal(RetentionDays.ONE_MONTH, deployment.LogRetention);
        Assert.False(deployment.Tracing);
        Assert.Empty(deployment.Emails);
        Assert.Equal("/alerthub/slack-webhook-url", deployment.SlackWebhookParameter);
        Assert.Equal("PHP 8.4 running on 64bit Amazon Linux 2023", deployment.Platform);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var (deployment, problems) = Some.Deployment(
            ("packaging", "nativ"),
            ("architecture", "x86"),
            ("memory", "lots"),
            ("timeout", 901d),
            ("logRetention", "0"),
            ("tracing", "yes"),
            ("emails", "ana@example.org,rui"),
            ("slackWebhook", "slack"),
            ("platform", "PHP 8.4")
        );

        Assert.Null(deployment);
        Assert.Equal(
            [
                "Context \"packaging\": \"nativ\" is not one of managed, native.",
                "Context \"architecture\": \"x86\" is not one of arm64, x64.",
                "Context \"memory\": \"lots\" is not 128 to 10240 megabytes.",
                "Context \"timeout\": \"901\" is not 5 to 900 seconds.",
                "Context \"logRetention\": \"0\" is not one of 1, 3, 7, 14, 30, 90, 180, 365.",
                "Context \"tracing\": \"yes\" is not one of true, false.",
                "Context \"emails\": \"rui\" is not an e-mail address; write for example -c emails=a@x.org,b@y.org.",
                "Context \"slackWebhook\": write ssm: and the name of a parameter, for example ssm:/alerthub/slack-webhook-url.",
                "Context \"platform\": \"PHP 8.4\" is neither a PHP branch (\"PHP 8.4 running on 64bit Amazon Linux 2023\") nor "
                    + "the ARN of a platform version (arn:aws:elasticbeanstalk:...::platform/PHP .../4.13.7).",
            ],
            problems
        );
    }

    [Fact]
    public void A_list_where_text_is_wanted_is_a_problem() =>
        Assert.Equal(
            ["Context \"emails\": write text, not a list or an object."],
            Some.Deployment(("emails", new object[] { "ana@example.org" })).Problems
        );

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/verysecret")]
    [InlineData("http://localhost/verysecret")]
    [InlineData("verysecret")]
    [InlineData("ssm:verysecret")]
    [InlineData("ssm:/aws/verysecret")]
    [InlineData("ssm:/a b/verysecret")]
    [InlineData("env:verysecret")]
    [InlineData("")]
    public void A_webhook_that_is_no_parameter_reference_is_refused_and_not_repeated(string webhook)
    {
        var (deployment, problems) = Some.Deployment(("slackWebhook", webhook));

        Assert.Null(deployment);
        Assert.DoesNotContain("verysecret", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains("ssm:/alerthub/slack-webhook-url", problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ana@example.org,rui@example.org")]
    [InlineData(" ana@example.org; rui@example.org ")]
    [InlineData("ana@example.org rui@example.org,ANA@example.org")]
    public void E_mail_addresses_are_a_list(string emails) =>
        Assert.Equal(["ana@example.org", "rui@example.org"], Some.Deployment(("emails", emails)).Deployment!.Emails);

    [Theory]
    [InlineData(Architecture.X64, Architecture.X64)]
    [InlineData(Architecture.Arm64, Architecture.Arm64)]
    [InlineData(Architecture.X86, Architecture.X64)]
    public void The_processor_is_the_machines_so_that_it_can_run_the_function(
        Architecture machine,
        Architecture function
    ) => Assert.Equal(function, Some.DeploymentOn(machine, linux: false).Deployment!.Architecture);

    [Fact]
    public void A_portable_function_may_run_on_another_processor() =>
        Assert.Equal(Architecture.Arm64, Some.Deployment(("architecture", "arm64")).Deployment!.Architecture);

    [Fact]
    public void A_native_function_cannot_be_built_for_another_processor() =>
        Assert.Equal(
            [
                "Context \"architecture\": native code is built for the machine at hand (X64); leave it out, or synthesize on "
                    + "the other.",
            ],
            Some.Deployment(("packaging", "native"), ("architecture", "arm64")).Problems
        );

    [Fact]
    public void A_native_function_cannot_be_built_on_another_system() =>
        Assert.Equal(
            ["Context \"packaging\": native code for Lambda is built on Linux; leave it out, or synthesize on Linux."],
            Some.DeploymentOn(Architecture.Arm64, linux: false, ("packaging", "native")).Problems
        );

    [Fact]
    public void A_platform_version_may_be_pinned() =>
        Assert.Equal(Some.PlatformArn, Some.Deployment(("platform", Some.PlatformArn)).Deployment!.Platform);
}

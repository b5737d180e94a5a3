using System.Runtime.InteropServices;
using AlertHub.Tests.Support;
using Amazon.CDK;

namespace Infra.Tests.Support;

internal static class Some
{
    public const string PlatformArn =
        "arn:aws:elasticbeanstalk:eu-west-1::platform/PHP 8.4 running on 64bit Amazon Linux 2023/4.13.7";

    /// <summary>An app with the context that the cdk command adds, and this.</summary>
    public static App App(Dictionary<string, object>? context = null) =>
        new(
            new AppProps
            {
                AnalyticsReporting = false,
                PostCliContext = new Dictionary<string, object>(context ?? [])
                {
                    ["aws:cdk:enable-asset-metadata"] = true,
                    ["aws:cdk:enable-path-metadata"] = true,
                },
            }
        );

    /// <summary>Reads a deployment on an x64 machine with Linux.</summary>
    public static (Deployment? Deployment, IReadOnlyList<string> Problems) Deployment(
        params (string Key, object Value)[] context
    ) => DeploymentOn(Architecture.X64, linux: true, context);

    public static (Deployment? Deployment, IReadOnlyList<string> Problems) DeploymentOn(
        Architecture machine,
        bool linux,
        params (string Key, object Value)[] context
    )
    {
        var values = context.ToDictionary(pair => pair.Key, pair => pair.Value);
        return Infra.Deployment.Read(values.GetValueOrDefault, Repository.Root, machine, linux);
    }
}

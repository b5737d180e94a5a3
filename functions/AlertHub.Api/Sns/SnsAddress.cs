using System.Diagnostics.CodeAnalysis;

namespace AlertHub.Api.Sns;

/// <summary>
/// The addresses in a message that we may call: SNS's own in the region of the message's topic, over TLS. The rule of
/// the AWS SDKs (sns.*.amazonaws.com) is wider, and hosts of other services fit it: sns.s3-us-west-2.amazonaws.com is a
/// bucket that anybody may own.
/// </summary>
internal static class SnsAddress
{
    public static bool IsCertificate(string text, string topicArn, [NotNullWhen(true)] out Uri? url) =>
        IsOfSns(text, topicArn, out url)
        && url.Query.Length == 0
        && url.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal);

    public static bool IsOfSns(string? text, string topicArn, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && url.Scheme == Uri.UriSchemeHttps
        && url is { IsDefaultPort: true, UserInfo: "", Fragment: "" }
        && url.Host == Host(topicArn);

    private static string? Host(string topicArn) =>
        topicArn.Split(':') switch
        {
            ["arn", "aws" or "aws-us-gov", "sns", { Length: > 0 } region, ..] => $"sns.{region}.amazonaws.com",
            ["arn", "aws-cn", "sns", { Length: > 0 } region, ..] => $"sns.{region}.amazonaws.com.cn",
            _ => null,
        };
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AlertHub.Api.Sns;

/// <summary>
/// The addresses in a message that we may call: SNS's own, over TLS, in the partition of the message's topic. The host
/// rule is the AWS SDKs' own (aws-sdk-net Message.cs, aws-js-sns-message-validator).
/// </summary>
internal static partial class SnsAddress
{
    public static bool IsCertificate(string text, string topicArn, [NotNullWhen(true)] out Uri? url) =>
        IsOfSns(text, topicArn, out url)
        && url.Query.Length == 0
        && url.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal);

    public static bool IsOfSns(string? text, string topicArn, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && url.Scheme == Uri.UriSchemeHttps
        && url is { IsDefaultPort: true, UserInfo: "", Fragment: "" }
        && Host().Match(url.Host) is { Success: true } host
        && topicArn.Split(':') is ["arn", var partition, "sns", ..]
        && partition is "aws" or "aws-us-gov" or "aws-cn"
        && host.Groups[1].Success == (partition == "aws-cn");

    [GeneratedRegex(@"\Asns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}

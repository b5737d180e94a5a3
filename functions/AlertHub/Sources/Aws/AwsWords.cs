using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws;

/// <summary>Words of the services as people would write them.</summary>
internal static partial class AwsWords
{
    private const int MostNamed = 3;

    /// <summary>Words that are read letter by letter.</summary>
    private static readonly HashSet<string> Letters = new(StringComparer.OrdinalIgnoreCase)
    {
        "API",
        "AZ",
        "CPU",
        "DB",
        "DNS",
        "EC2",
        "ECS",
        "EKS",
        "FIS",
        "IAM",
        "ID",
        "IP",
        "KMS",
        "MFA",
        "S3",
        "SNS",
        "SQS",
        "VPC",
    };

    /// <summary>
    /// <c>ROLLBACK_IN_PROGRESS</c> is rollback in progress, <c>CacheNodesRebooted</c> cache nodes rebooted, <c>DBInstance</c> DB
    /// instance.
    /// </summary>
    public static string Plain(string word) =>
        string.Join(
            ' ',
            Border()
                .Replace(word, " ")
                .Split(['_', '-', ' '])
                .Select(static part => Letters.Contains(part) ? part.ToUpperInvariant() : part.ToLowerInvariant())
        );

    /// <summary><c>a, b, c and 2 more</c>; empty where there are none.</summary>
    public static string Several(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNamed))
        + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");

    /// <summary>With a capital letter at the beginning.</summary>
    public static string Sentence(string words) =>
        words.Length == 0 ? words : $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    /// <summary><c>1 day</c>, <c>2 days</c>.</summary>
    public static string Count(string number, string what) => $"{number} {what}{(number == "1" ? "" : "s")}";

    /// <inheritdoc cref="Count(string, string)"/>
    public static string Count(int number, string what) => Count(number.ToString(CultureInfo.InvariantCulture), what);

    /// <summary>Behind a colon, where there is any: <c>: no capacity</c>.</summary>
    public static string Behind(string? why) => why is null ? "" : $": {why}";

    /// <summary>
    /// What people call the thing by that an ARN or a path ends in; what is none stays as it is, and is empty where there is none.
    /// Load balancers have an id behind their name.
    /// </summary>
    public static string Last(string? name) =>
        name?.TrimEnd('/').Split('/', ':') switch
        {
            null => "",
            [.., "loadbalancer", "app" or "net" or "gwy", var balancer, _] => balancer,
            [.., var last] => last,
            [] => "",
        };

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Border();
}

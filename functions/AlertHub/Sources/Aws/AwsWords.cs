namespace AlertHub.Sources.Aws;

/// <summary>AWS's words as people read them.</summary>
internal static class AwsWords
{
    private const int MostNamed = 3;

    /// <summary><c>TIMED_OUT</c> is timed out.</summary>
    public static string Plain(string word) => word.ToLowerInvariant().Replace('_', ' ');

    /// <summary>
    /// What people call the thing by that an ARN ends in, or whose name has parts; what is none stays as it is. Load
    /// balancers have an id behind their name.
    /// </summary>
    public static string Last(string name) =>
        name.TrimEnd('/').Split('/', ':') is [.., "loadbalancer", "app" or "net" or "gwy", var balancer, _]
            ? balancer
            : name.TrimEnd('/').Split('/', ':')[^1];

    /// <summary><c>a, b, c and 2 more</c>; empty where there are none.</summary>
    public static string Several(IReadOnlyCollection<string> names) =>
        $"{string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}";

    /// <summary><c>1 day</c>, <c>2 days</c>.</summary>
    public static string Count(string number, string what) => $"{number} {what}{(number == "1" ? "" : "s")}";
}

using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace AlertHub.Tests.Support;

/// <summary>
/// Routing trees and label sets of few names and values, so that they meet: with missing and empty labels, regular
/// expressions, continue, several levels, and now and then many siblings.
/// </summary>
internal sealed class GeneratedRoutes(int seed)
{
    private static readonly string[] Names = ["team", "severity", "a", "b"];
    private static readonly string[] Values = ["", "x", "y", "z", "x y", "page", "warn"];
    private static readonly string[] Patterns =
    [
        "x|y",
        "page|warn|x",
        "(x|y|z)",
        "x",
        "",
        "x|",
        ".*",
        ".+",
        "x.*",
        "[xyz]",
        "(?:pa|wa)(?:ge|rn)",
        "x y|page",
        "^x$",
        "[^x]*",
    ];

    private readonly Random random = new(seed);
    private int made;

    /// <summary>Every route has a receiver of its own: <c>r0</c> is the root's.</summary>
    public RouteConfig Tree() => Route(depth: 0);

    public Labels Alert() =>
        Labels.Of(
            Names.Where(_ => random.Next(4) > 0).Select(name => new Label(name, Values[random.Next(1, Values.Length)]))
        );

    private RouteConfig Route(int depth)
    {
        var name = $"r{made++}";
        var many = random.Next(6) == 0 ? random.Next(8, 24) : random.Next(0, 5);
        return new()
        {
            Receiver = name,
            Continue = depth > 0 && random.Next(10) < 4,
            Match = depth > 0 && random.Next(8) == 0 ? [Matcher(MatchOperator.Equal)] : [],
            MatchRe = depth > 0 && random.Next(8) == 0 ? [Matcher(MatchOperator.Regex)] : [],
            Matchers =
                depth == 0
                    ? []
                    : [.. Enumerable.Range(0, random.Next(8) == 0 ? 0 : random.Next(1, 3)).Select(_ => Any())],
            Routes =
                depth == 3 || made > 60
                    ? []
                    : [.. Enumerable.Range(0, depth == 0 ? Math.Max(many, 2) : many).Select(_ => Route(depth + 1))],
        };
    }

    private Matcher Any() =>
        Matcher(
            random.Next(10) switch
            {
                < 5 => MatchOperator.Equal,
                < 8 => MatchOperator.Regex,
                8 => MatchOperator.NotEqual,
                _ => MatchOperator.NotRegex,
            }
        );

    private Matcher Matcher(MatchOperator matchOperator)
    {
        var from = matchOperator is MatchOperator.Regex or MatchOperator.NotRegex ? Patterns : Values;
        return AlertHub.Matching.Matcher.Create(
                Names[random.Next(Names.Length)],
                matchOperator,
                from[random.Next(from.Length)],
                out var objection
            ) ?? throw new InvalidOperationException(objection);
    }
}

using AlertHub.Matching;
using AlertHub.Routing;

namespace AlertHub.Configuration;

/// <summary>How hub.yml calls the routes of alertmanager.yml.</summary>
public static class RouteKey
{
    /// <summary>Each route's key, or its id where siblings share a key.</summary>
    public static IReadOnlyDictionary<RouteNode, string> Of(RoutingTree tree)
    {
        var byKey = tree.Routes.ToLookup(static route => route.Key);
        return tree.Routes.ToDictionary(
            static route => route,
            route => byKey[route.Key].Skip(1).Any() ? route.Id : route.Key
        );
    }

    /// <summary>As YAML, to be pasted: a key begins like a mapping and is full of double quotes.</summary>
    public static string Quote(string key) =>
        key.Any(char.IsControl)
            ? $"\"{string.Concat(key.Select(static c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? $"\\u{(int)c:X4}" : $"{c}"))}\""
            : $"'{key.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The key of a route that was probably meant by what is no key of any.</summary>
    internal static string? Meant(string written, IReadOnlyList<RouteNode> routes)
    {
        var steps = Steps(written);
        if (steps is not null && routes.FirstOrDefault(route => Same(steps, Steps(route))) is { } same)
        {
            return same.Key;
        }

        if (Suggestion.Nearest(written, routes.Select(static route => route.Key)) is { } near)
        {
            return near;
        }

        return steps is null ? null : WithOneOtherValue(steps, routes)?.Key;
    }

    /// <summary>The route that differs in a single value; of several, one that has something in common.</summary>
    private static RouteNode? WithOneOtherValue(List<Condition[]> steps, IReadOnlyList<RouteNode> routes)
    {
        RouteNode[] near = [.. routes.Where(route => OtherValues(steps, Steps(route)) == 1)];
        return near.Length == 1 || steps.Sum(static step => step.Length) > 1 ? near.FirstOrDefault() : null;
    }

    /// <summary>How many values differ; null where more than values differs.</summary>
    private static int? OtherValues(List<Condition[]> written, List<Condition[]> route)
    {
        var (a, b) = (written.Select(ByName), route.Select(ByName));
        return
            written.Count == route.Count
            && a.Zip(b).All(static pair => pair.First.Select(Names).SequenceEqual(pair.Second.Select(Names)))
            ? a.SelectMany(static step => step)
                .Zip(b.SelectMany(static step => step))
                .Count(static pair => pair.First.Value != pair.Second.Value)
            : null;

        static IEnumerable<Condition> ByName(Condition[] step) =>
            step.OrderBy(static condition => condition.Name, StringComparer.Ordinal);

        static (string, MatchOperator) Names(Condition condition) => (condition.Name, condition.Operator);
    }

    private static bool Same(List<Condition[]> written, List<Condition[]> route) =>
        written.Count == route.Count
        && written.Zip(route).All(static pair => pair.First.ToHashSet().SetEquals(pair.Second));

    private static List<Condition[]> Steps(RouteNode route) =>
        [.. route.Parent is null ? [] : Steps(route.Parent), [.. route.Matchers.Select(Condition.Of)]];

    /// <summary>What a key says, however it is spaced and ordered; positions and the end of a group key say nothing here.</summary>
    private static List<Condition[]>? Steps(string key)
    {
        var steps = new List<Condition[]>();
        var rest = key.AsSpan();
        while (rest.StartsWith("{"))
        {
            var length = Closed(rest);
            if (MatcherSyntax.Parse(rest[..length].ToString(), out _) is not { } matchers)
            {
                return null;
            }

            steps.Add([.. matchers.Select(Condition.Of)]);
            rest = rest[length..];
            rest = rest.StartsWith(":") ? "" : rest.TrimStart("/0123456789");
        }

        return steps.Count > 0 && rest.IsEmpty ? steps : null;
    }

    /// <summary>The length of the part in braces at the beginning.</summary>
    private static int Closed(ReadOnlySpan<char> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == '}' && !quoted)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    /// <summary>A matcher to be compared, its regular expression as people write it.</summary>
    private readonly record struct Condition(string Name, MatchOperator Operator, string Value)
    {
        private const string Before = "^(?:";
        private const string After = ")$";

        public static Condition Of(Matcher matcher) =>
            new(
                matcher.Name,
                matcher.Operator,
                matcher.Operator is MatchOperator.Regex or MatchOperator.NotRegex
                && matcher.Value.StartsWith(Before, StringComparison.Ordinal)
                && matcher.Value.EndsWith(After, StringComparison.Ordinal)
                    ? matcher.Value[Before.Length..^After.Length]
                    : matcher.Value
            );
    }
}

using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace AlertHub.Tests.Support;

/// <summary>A row of Cases/group-keys.txt.</summary>
internal sealed class GroupKeyCase
{
    private const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private GroupKeyCase(string[] row)
    {
        string[] columns = [.. row.Select(column => column.Replace('¦', '|').Replace('␤', '\n'))];
        Steps =
        [
            .. columns[0].Length == 0
                ? []
                : columns[0].Split('/', StringSplitOptions.TrimEntries).Select(step => step.Split(';', Tidy)),
        ];
        GroupBy = columns[1].Split(';', Tidy);
        Alert = Labels.Of(
            columns[2]
                .Split(';', Tidy)
                .Select(label => label.Split('=', 2))
                .Select(parts => new Label(parts[0], parts[1]))
        );
        Key = columns[3];
    }

    public static IEnumerable<GroupKeyCase> All =>
        Repository.Cases("group-keys.txt").Select(row => new GroupKeyCase(row));

    /// <summary>The matchers of each route from below the root on, as written.</summary>
    public IReadOnlyList<string[]> Steps { get; }

    public IReadOnlyList<string> GroupBy { get; }

    public Labels Alert { get; }

    /// <summary>Begins with <c>!</c> where the alert does not come to the last step.</summary>
    public string Key { get; }

    public bool IsReached => !Key.StartsWith('!');

    public RouteConfig Route(string receiver) =>
        Steps
            .Reverse()
            .Aggregate(
                (RouteConfig?)null,
                (below, matchers) =>
                    new()
                    {
                        Receiver = receiver,
                        GroupBy = GroupBy,
                        Match = Under("match ", matchers),
                        MatchRe = Under("match_re ", matchers),
                        Matchers =
                        [
                            .. matchers.Where(m => !m.StartsWith("match", StringComparison.Ordinal)).Select(ToMatcher),
                        ],
                        Routes = below is null ? [] : [below],
                    }
            )
        ?? new() { Receiver = receiver, GroupBy = GroupBy };

    private static Matcher[] Under(string key, string[] matchers) =>
        [.. matchers.Where(m => m.StartsWith(key, StringComparison.Ordinal)).Select(m => ToMatcher(m[key.Length..]))];

    private static Matcher ToMatcher(string text)
    {
        var at = text.IndexOfAny(['=', '!']);
        var (matchOperator, length) = text[at..] switch
        {
            ['=', '~', ..] => (MatchOperator.Regex, 2),
            ['!', '~', ..] => (MatchOperator.NotRegex, 2),
            ['!', ..] => (MatchOperator.NotEqual, 2),
            _ => (MatchOperator.Equal, 1),
        };
        return Matcher.Create(text[..at], matchOperator, text[(at + length)..], out var objection)
            ?? throw new FormatException(objection);
    }
}

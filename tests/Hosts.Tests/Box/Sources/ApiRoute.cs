namespace Hosts.Tests.Box.Sources;

/// <summary>A route of an HTTP API and the function behind it.</summary>
/// <param name="Key">As in <c>POST /api/v2/alerts</c>, <c>ANY /{proxy+}</c>, <c>$default</c>.</param>
/// <param name="FunctionArn">Of its integration.</param>
/// <param name="Timeout">Of its integration.</param>
internal sealed record ApiRoute(string Key, string FunctionArn, TimeSpan Timeout)
{
    private const string Default = "$default";

    /// <summary>The route of a request: a full path before a greedy one, a method before ANY, $default last.</summary>
    /// <returns>Null where there is none; else with its path's variables.</returns>
    public static (ApiRoute Route, IReadOnlyDictionary<string, string> Variables)? Find(
        IEnumerable<ApiRoute> routes,
        string method,
        string path
    ) =>
        (
            from route in routes
            let variables = route.Match(method, path)
            where variables is not null
            orderby route.Key == Default, route.Key.Contains("+}", StringComparison.Ordinal), route.Key.Count(
                static letter => letter == '{'
            ), -route.Key.Length, route.Key.StartsWith("ANY ", StringComparison.Ordinal)
            select ((ApiRoute, IReadOnlyDictionary<string, string>)?)(route, variables)
        ).FirstOrDefault();

    private Dictionary<string, string>? Match(string method, string path)
    {
        Dictionary<string, string> variables = [];
        if (Key == Default)
        {
            return variables;
        }

        var (wantedMethod, wantedPath) = Key.Split(' ') is [var m, var p] ? (m, p) : ("", "");
        if (wantedMethod != "ANY" && wantedMethod != method)
        {
            return null;
        }

        var wanted = wantedPath.Trim('/').Split('/');
        var given = path.Trim('/').Split('/');
        for (var i = 0; i < wanted.Length; i++)
        {
            switch (wanted[i])
            {
                case ['{', .. var name, '+', '}'] when i < given.Length && given[i].Length > 0:
                    variables[name] = string.Join('/', given[i..]);
                    return variables;
                case ['{', .. var name, '}'] when i < given.Length && given[i].Length > 0:
                    variables[name] = given[i];
                    break;
                case var literal when i < given.Length && literal == given[i]:
                    break;
                default:
                    return null;
            }
        }

        return wanted.Length == given.Length ? variables : null;
    }
}

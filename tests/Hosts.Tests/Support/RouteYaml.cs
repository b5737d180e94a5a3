using System.Text;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace Hosts.Tests.Support;

/// <summary>A routing tree as alertmanager.yml has it, for the real programs; written here so that it is no word of what is tested.</summary>
internal static class RouteYaml
{
    /// <summary>A whole configuration whose receivers do nothing.</summary>
    public static string Of(RouteConfig root, Func<string, string>? receiver = null)
    {
        var (text, names) = (new StringBuilder("route:\n"), new SortedSet<string>(StringComparer.Ordinal));
        Write(root, "  ");
        text.Append("receivers:\n");
        foreach (var name in names)
        {
            text.Append("- name: ").Append(name).Append('\n').Append(receiver?.Invoke(name));
        }

        return text.ToString();

        void Write(RouteConfig route, string indent)
        {
            names.Add(route.Receiver!);
            text.Append(indent).Append("receiver: ").Append(route.Receiver).Append('\n');
            text.Append(indent).Append("continue: ").Append(route.Continue ? "true" : "false").Append('\n');
            if (route.GroupBy is { } labels)
            {
                List("group_by", labels);
            }

            Map("match", route.Match);
            Map("match_re", route.MatchRe);
            List("matchers", route.Matchers.Select(matcher => matcher.ToString()));
            if (route.Routes.Count > 0)
            {
                text.Append(indent).Append("routes:\n");
                foreach (var child in route.Routes)
                {
                    text.Append(indent).Append("-\n");
                    Write(child, indent + "  ");
                }
            }

            void Map(string key, IReadOnlyList<Matcher> matchers)
            {
                if (matchers.Count > 0)
                {
                    text.Append(indent).Append(key).Append(":\n");
                    foreach (var matcher in matchers)
                    {
                        text.Append(indent).Append("  ").Append(matcher.Name).Append(": ");
                        text.Append(Quoted(matcher.Value)).Append('\n');
                    }
                }
            }

            void List(string key, IEnumerable<string> values) =>
                text.Append(indent).Append(key).Append(": [").AppendJoin(", ", values.Select(Quoted)).Append("]\n");
        }
    }

    public static string Quoted(string text) =>
        '"'
        + text.Replace("\\", "\\\\")
            .Replace("\"", "\\\"")
            .Replace("\n", "\\n")
            .Replace("\t", "\\t")
            .Replace("\u200b", "\\u200b")
            .Replace("\u00a0", "\\u00a0")
        + '"';
}

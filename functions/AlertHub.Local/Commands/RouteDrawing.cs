using System.Text;
using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Local.Commands;

/// <summary>The routing tree as a drawing: a line for each route, with its line in the file and who is told.</summary>
internal static class RouteDrawing
{
    /// <summary>Beyond this, receivers stand where they can instead of in a column.</summary>
    private const int WidestColumn = 60;

    public static string Of(RoutingTree tree, IReadOnlyList<NamedRoute> names)
    {
        var nameOf = names.ToLookup(static named => named.Route, static named => named.Name);
        var rows = new List<(RouteNode Route, string Left)>();
        Add(tree.Root, "", "");

        var digits = Math.Max(4, rows.Max(static row => $"{row.Route.Line}".Length));
        var column = Width(rows.Select(static row => row.Left.Length));
        var receivers = Width(rows.Select(static row => row.Route.Options.Receiver.Length));
        var text = new StringBuilder("line".PadLeft(digits)).Append('\n');
        foreach (var (route, left) in rows)
        {
            string[] notes =
            [
                .. nameOf[route.Id].Select(static name => $"\"{name}\""),
                .. RouteWords.Differences(route),
            ];
            var line =
                $"{$"{route.Line}".PadLeft(digits)}  {left.PadRight(column)}  -> {route.Options.Receiver.PadRight(receivers)}  {string.Join("; ", notes)}";
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();

        void Add(RouteNode route, string indent, string branch)
        {
            rows.Add((route, indent + branch + RouteWords.Conditions(route)));
            var below = branch switch
            {
                "" => indent,
                "├─ " => indent + "│  ",
                _ => indent + "   ",
            };
            for (var i = 0; i < route.Children.Count; i++)
            {
                Add(route.Children[i], below, i == route.Children.Count - 1 ? "└─ " : "├─ ");
            }
        }
    }

    private static int Width(IEnumerable<int> lengths) =>
        lengths.Where(static length => length <= WidestColumn).DefaultIfEmpty(0).Max();
}

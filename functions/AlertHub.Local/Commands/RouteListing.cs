using System.Globalization;
using System.Text;
using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Local.Commands;

/// <summary>The routes by their keys, to be copied into hub.yml.</summary>
internal static class RouteListing
{
    public static string Of(RoutingTree tree, IReadOnlyList<NamedRoute> names)
    {
        var nameOf = names.ToLookup(static named => named.Route, static named => named.Name);
        var keys = RouteKey.Of(tree);
        var digits = Math.Max(4, tree.Routes.Max(static route => $"{route.Line}".Length));
        var text = new StringBuilder();
        text.Append("line".PadLeft(digits)).Append("  route\n");
        foreach (var route in tree.Routes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{$"{route.Line}".PadLeft(digits)}  ");
            text.Append(RouteKey.Quote(keys[route]));
            text.Append(string.Concat(nameOf[route.Id].Select(static name => $"  \"{name}\""))).Append('\n');
        }

        return text.ToString();
    }
}

using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>Nothing in a template is passed over because nobody has thought of it.</summary>
internal static class Properties
{
    /// <param name="properties">Of a resource, or of a part of it.</param>
    /// <param name="where">For the error.</param>
    /// <param name="known">Those that are played, and those that change nothing here.</param>
    /// <exception cref="TemplateException">It has another.</exception>
    public static void Check(JsonNode? properties, string where, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in properties as JsonObject ?? [])
        {
            if (!known.Contains(name))
            {
                throw new TemplateException($"{where}: the property '{name}' is not played.");
            }
        }
    }
}

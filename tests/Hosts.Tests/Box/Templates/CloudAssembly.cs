using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>What <c>cdk synth</c> wrote: the templates of all stacks.</summary>
internal static class CloudAssembly
{
    private const string Suffix = ".template.json";

    /// <summary>
    /// Stacks in the order in which they deploy: as the manifest says; by name where there is none, as in a folder of
    /// templates written by hand.
    /// </summary>
    public static IReadOnlyList<StackTemplate> Read(string folder)
    {
        List<StackTemplate> stacks = [];
        Read(folder, stacks);
        return stacks is []
            ? throw new TemplateException($"There is no template in \"{folder}\"; run cdk synth first.")
            : stacks;
    }

    private static void Read(string folder, List<StackTemplate> stacks)
    {
        var manifest = Path.Combine(folder, "manifest.json");
        if (!File.Exists(manifest))
        {
            foreach (var file in Directory.EnumerateFiles(folder, $"*{Suffix}").Order(StringComparer.Ordinal))
            {
                stacks.Add(new(Path.GetFileName(file)[..^Suffix.Length], folder, Parse(file)));
            }

            return;
        }

        var artifacts = (JsonObject)Parse(manifest)["artifacts"]!;
        HashSet<string> done = [];
        foreach (var (id, _) in artifacts)
        {
            Add(id);
        }

        void Add(string id)
        {
            if (!done.Add(id) || artifacts[id] is not JsonObject artifact)
            {
                return;
            }

            foreach (var needed in artifact["dependencies"] as JsonArray ?? [])
            {
                Add((string)needed!);
            }

            switch ((string?)artifact["type"])
            {
                case "aws:cloudformation:stack":
                    var properties = artifact["properties"]!;
                    stacks.Add(
                        new(
                            (string?)properties["stackName"] ?? id,
                            folder,
                            Parse(Path.Combine(folder, (string)properties["templateFile"]!))
                        )
                    );
                    break;
                case "cdk:cloud-assembly":
                    Read(Path.Combine(folder, (string)artifact["properties"]!["directoryName"]!), stacks);
                    break;
            }
        }
    }

    private static JsonObject Parse(string file) => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;
}

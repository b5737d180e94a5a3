using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>The template of one stack.</summary>
internal sealed class StackTemplate
{
    private readonly JsonObject json;

    /// <param name="name">The stack's.</param>
    /// <param name="folder">In which its assets lie.</param>
    /// <param name="json">The whole template.</param>
    public StackTemplate(string name, string folder, JsonObject json)
    {
        this.json = json;
        Name = name;
        Folder = folder;
        Resources =
        [
            .. Section("Resources")
                .Select(resource => new StackResource(
                    this,
                    resource.Key,
                    resource.Value as JsonObject
                        ?? throw new TemplateException($"{name}/{resource.Key} is no object but {resource.Value}.")
                )),
        ];
        if (json["Transform"] is { } transform)
        {
            throw new TemplateException($"{name} has the transform {transform}, which is not played.");
        }
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>All, also those whose condition does not hold.</summary>
    public IReadOnlyList<StackResource> Resources { get; }

    public StackResource? Find(string id) => Resources.FirstOrDefault(resource => resource.Id == id);

    /// <summary><c>Parameters</c>, <c>Outputs</c> and the like; empty where there is none.</summary>
    public JsonObject Section(string name) => json[name] as JsonObject ?? [];

    public override string ToString() => Name;
}

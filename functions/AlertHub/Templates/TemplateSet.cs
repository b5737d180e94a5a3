using System.Collections.Immutable;
using AlertHub.Templates.Evaluation;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates;

/// <summary>Templates that can call each other, as Go's Template with its associates. Immutable: adding makes another set.</summary>
internal sealed class TemplateSet
{
    private readonly ImmutableDictionary<string, TemplateTree> trees;

    private TemplateSet(TemplateFunctions functions, ImmutableDictionary<string, TemplateTree> trees) =>
        (Functions, this.trees) = (functions, trees);

    public TemplateFunctions Functions { get; }

    public IReadOnlyDictionary<string, TemplateTree> Trees => trees;

    public static TemplateSet Empty(TemplateFunctions functions) =>
        new(functions, ImmutableDictionary.Create<string, TemplateTree>(StringComparer.Ordinal));

    public TemplateTree? Find(string name) => trees.GetValueOrDefault(name);

    /// <summary>This tree under its name, whatever stood there: for those who rewrite trees.</summary>
    public TemplateSet With(TemplateTree tree) => new(Functions, trees.SetItem(tree.Name, tree));

    /// <summary>
    /// The set with what a text defines, and with the text itself under <paramref name="name"/>; or null and why not. A later definition
    /// replaces an earlier one, unless it is blank.
    /// </summary>
    public TemplateSet? Parse(string name, string text, out TemplateFault? fault)
    {
        var parsed = Parser.Read(new(name, text), Functions, out fault);
        if (parsed is null)
        {
            return null;
        }

        var builder = trees.ToBuilder();
        foreach (var tree in parsed)
        {
            if (!tree.IsBlank || !trees.ContainsKey(tree.Name))
            {
                builder[tree.Name] = tree;
            }
        }

        return new(Functions, builder.ToImmutable());
    }

    /// <summary>What a template of the set makes of the data, or null and why not.</summary>
    public string? Render(
        string name,
        object? data,
        TemplateEnvironment environment,
        out TemplateFault? fault,
        TemplateLimits? limits = null
    )
    {
        if (Find(name) is not { } tree)
        {
            fault = new() { Template = name, Reason = "there is no such template" };
            return null;
        }

        var rendering = new Rendering(this, environment, limits ?? TemplateLimits.Default);
        new Walker(rendering).Run(tree, data);
        fault = rendering.Fault;
        return rendering.HasFailed ? null : Utf8.Seal(rendering.Output.ToString());
    }

    /// <summary>What a text makes of the data that stands in the configuration: it sees the set and may define its own.</summary>
    public string? RenderText(
        string text,
        object? data,
        TemplateEnvironment environment,
        out TemplateFault? fault,
        TemplateLimits? limits = null
    ) => Parse("", text, out fault)?.Render("", data, environment, out fault, limits);
}

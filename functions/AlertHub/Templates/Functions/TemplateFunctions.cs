using System.Collections.Frozen;

namespace AlertHub.Templates.Functions;

/// <summary>The functions that a set of templates knows; a template that names another is refused.</summary>
internal sealed class TemplateFunctions
{
    private readonly FrozenDictionary<string, TemplateFunction> functions;

    /// <summary>Go's own functions and these; of two with one name the later stands.</summary>
    public TemplateFunctions(params IEnumerable<TemplateFunction> functions)
    {
        var last = new Dictionary<string, TemplateFunction>(StringComparer.Ordinal);
        foreach (var function in Builtin.All.Concat(functions))
        {
            last[function.Name] = function;
        }

        this.functions = last.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public TemplateFunction? Find(string name) => functions.GetValueOrDefault(name);

    public IEnumerable<string> Names => functions.Keys;
}

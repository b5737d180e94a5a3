using AlertHub.Templates.Values;

namespace AlertHub.Templates.Functions;

/// <summary>
/// Returns a value of a template (see <see cref="GoValue"/>) or a <see cref="CallError"/>. Its cost must be in
/// proportion to its arguments and its result: those are what the step limit counts. What it takes beyond them it
/// reports with <see cref="TemplateCall.Spend"/>.
/// </summary>
internal delegate object? TemplateBody(scoped in TemplateCall call);

/// <summary>A function or method that templates call by name.</summary>
internal sealed class TemplateFunction(string name, IReadOnlyList<GoType> parameters, TemplateBody body)
{
    public string Name => name;

    /// <summary>The fixed parameters. A plain value of another type is an error of the caller, as in Go.</summary>
    public IReadOnlyList<GoType> Parameters { get; } = [.. parameters];

    /// <summary>The type of each of the further arguments, or null where the function takes no more.</summary>
    public GoType? Rest { get; init; }

    public TemplateBody Body => body;

    /// <summary>
    /// Of <c>and</c> and <c>or</c>: the truth at which they return the argument and do not look at the next.
    /// </summary>
    public bool? StopsAt { get; init; }

    public GoType? Parameter(int index) => index < Parameters.Count ? Parameters[index] : Rest;
}

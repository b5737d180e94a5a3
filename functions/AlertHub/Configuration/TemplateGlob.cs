namespace AlertHub.Configuration;

/// <summary>An entry under <c>templates</c>, the files found for it, and what went wrong with that, if anything, as a sentence.</summary>
public sealed record TemplateGlob(string Glob, IReadOnlyList<ConfigFile> Files, string? Objection)
{
    /// <summary>That no file is called so is no error: Alertmanager goes without.</summary>
    public bool IsMissing { get; init; }
}

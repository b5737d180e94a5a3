namespace AlertHub.Templates.Parsing;

/// <summary>A text with templates and the name it was given: a file's name, or empty for one in the configuration.</summary>
internal sealed record TemplateSource(string Name, string Text);

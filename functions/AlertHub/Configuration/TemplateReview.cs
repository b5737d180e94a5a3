using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>What is to be said of an option that is a template, before it is used.</summary>
public delegate IReadOnlyList<TemplateRemark> TemplateReview(TemplateOption option);

/// <summary>What a template in a configuration is for.</summary>
public enum TemplateUse
{
    Text,

    /// <summary>A page, in which values are escaped.</summary>
    Page,

    /// <summary>A label of a route, which is rendered before there is a notification.</summary>
    RouteLabel,
}

/// <summary>An option that is a template, and where its value begins.</summary>
public sealed record TemplateOption(string File, Mark At, string Text)
{
    public TemplateUse Use { get; init; }
}

/// <summary>Something that will make a template fail, and where to look.</summary>
public sealed record TemplateRemark(string File, Mark At, string Message)
{
    /// <summary>The text is no template at all.</summary>
    public bool IsSyntax { get; init; }
}

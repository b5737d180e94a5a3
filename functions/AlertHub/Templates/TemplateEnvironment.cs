using AlertHub.Alerts;

namespace AlertHub.Templates;

/// <summary>What functions may know beside their arguments.</summary>
internal sealed record TemplateEnvironment
{
    public required DateTimeOffset Now { get; init; }

    public Labels RouteLabels { get; init; } = Labels.Empty;
}

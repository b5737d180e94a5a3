using AlertHub.Templates.Parsing;

namespace AlertHub.Templates;

/// <summary>Why a template could not be parsed or rendered, and where.</summary>
internal sealed record TemplateFault
{
    /// <summary>The name under which the text was parsed; empty for a text that stands in the configuration.</summary>
    public required string Template { get; init; }

    /// <summary>From 1; 0 where the fault has no place in a text.</summary>
    public int Line { get; init; }

    /// <summary>Of a fault while rendering: bytes before it in its line, as Go counts.</summary>
    public int? Column { get; init; }

    /// <summary>Of a fault found before rendering: what its author must look at, which Go's line may lie behind.</summary>
    public Position? At { get; init; }

    /// <summary>Of a fault while rendering: the template that was executed and the expression in it.</summary>
    public (string Template, string Expression)? Executing { get; init; }

    public required string Reason { get; init; }

    /// <summary>In Go's shape: <c>template: slack.tmpl:3:7: executing "title" at &lt;.Foo&gt;: reason</c>.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? Template : $"{Template}:{Line}";
        return Executing is { } executing
            ? $"template: {place}:{Column}: executing \"{executing.Template}\" at <{executing.Expression}>: {Reason}"
            : $"template: {place}: {Reason}";
    }
}

using System.Text.Json;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>jira_configs</c>: an issue that is created, updated, closed and opened again. Limits: summary 255
/// characters, description 32767 (https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/).
/// </summary>
public sealed record JiraConfig : Integration
{
    public override string Kind => "jira";

    /// <summary>Null: <c>global.jira_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    public string ApiType { get; init; } = "auto";

    public string Project { get; init; } = "";

    /// <summary>At most 255 characters, one line.</summary>
    public JiraField Summary { get; init; } = new("""{{ template "jira.default.summary" . }}""");

    /// <summary>At most 32767 characters.</summary>
    public JiraField Description { get; init; } = new("""{{ template "jira.default.description" . }}""");

    /// <summary>A label holds no space.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Empty: Jira's own default.</summary>
    public string Priority { get; init; } = """{{ template "jira.default.priority" . }}""";

    public string IssueType { get; init; } = "";

    public string ReopenTransition { get; init; } = "";

    public string ResolveTransition { get; init; } = "";

    public string WontFixResolution { get; init; } = "";

    /// <summary>Counted in whole minutes.</summary>
    public TimeSpan ReopenDuration { get; init; }

    public IReadOnlyList<KeyValuePair<string, JsonElement?>> Fields { get; init; } = [];

    internal static Shape<JiraConfig> Shape { get; } =
        new Shape<JiraConfig>("jira_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The API's address, such as https://company.atlassian.net/rest/api/2/.")
            .Field(
                "api_type",
                Kinds.OneOf("auto", "cloud", "datacenter"),
                static c => c.ApiType,
                static (c, v) => c with { ApiType = v }
            )
            .About("\"cloud\", \"datacenter\", or \"auto\" to tell by the host's name.")
            .Field("project", Kinds.Template, static c => c.Project, static (c, v) => c with { Project = v })
            .About("The key of the project that takes the issues.")
            .Field(
                "summary",
                JiraField.Kind("""{{ template "jira.default.summary" . }}"""),
                static c => c.Summary,
                static (c, v) => c with { Summary = v }
            )
            .About("The issue's summary: a template, or a mapping of template and enable_update.")
            .Field(
                "description",
                JiraField.Kind("""{{ template "jira.default.description" . }}"""),
                static c => c.Description,
                static (c, v) => c with { Description = v }
            )
            .About("The issue's description: a template, or a mapping of template and enable_update.")
            .Field("labels", Kinds.List(Kinds.Template), static c => c.Labels, static (c, v) => c with { Labels = v })
            .About("Labels that a new issue gets.")
            .Field("priority", Kinds.Template, static c => c.Priority, static (c, v) => c with { Priority = v })
            .About("The name of the issue's priority.")
            .Field("issue_type", Kinds.Template, static c => c.IssueType, static (c, v) => c with { IssueType = v })
            .About("The name of the issue's type, such as Bug.")
            .Field(
                "reopen_transition",
                Kinds.Text,
                static c => c.ReopenTransition,
                static (c, v) => c with { ReopenTransition = v }
            )
            .About("The name of the transition that opens a closed issue again.")
            .Field(
                "resolve_transition",
                Kinds.Text,
                static c => c.ResolveTransition,
                static (c, v) => c with { ResolveTransition = v }
            )
            .About("The name of the transition that closes an issue when its alerts end.")
            .Field(
                "wont_fix_resolution",
                Kinds.Text,
                static c => c.WontFixResolution,
                static (c, v) => c with { WontFixResolution = v }
            )
            .About("Issues with this resolution are left alone when their alerts fire again.")
            .Field(
                "reopen_duration",
                Kinds.Duration,
                static c => c.ReopenDuration,
                static (c, v) => c with { ReopenDuration = v }
            )
            .About("A closed issue younger than this is opened again, an older one gets a successor.")
            .Field("fields", Kinds.Map(Kinds.Json), static c => c.Fields, static (c, v) => c with { Fields = v })
            .About("Further fields of the issue by their id; texts anywhere inside are templates.")
            .Require("project", "an issue needs the key of the project it goes to")
            .Require("issue_type", "an issue needs a type, such as Bug")
            .Require("api_type", "give auto, cloud or datacenter, or leave it out");

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var inherited = this with { ApiUrl = ApiUrl ?? global.JiraApiUrl };
        place.RequireOwnOrGlobal(inherited.ApiUrl is not null, "api_url", "jira_api_url");
        return inherited;
    }
}

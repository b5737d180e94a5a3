using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>One who answers: named by one of id, name and user name.</summary>
public sealed record OpsGenieResponder
{
    private static readonly string[] Types = ["team", "teams", "user", "escalation", "schedule"];

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Username { get; init; } = "";

    public string Type { get; init; } = "";

    internal static Shape<OpsGenieResponder> Shape { get; } =
        new Shape<OpsGenieResponder>("opsgenie_responder", new())
            .Field("id", Kinds.Template, static c => c.Id, static (c, v) => c with { Id = v })
            .About("The responder's id.")
            .Field("name", Kinds.Template, static c => c.Name, static (c, v) => c with { Name = v })
            .About("Its name; for \"teams\" several, separated by commas.")
            .Field("username", Kinds.Template, static c => c.Username, static (c, v) => c with { Username = v })
            .About("A user's name, which is an e-mail address.")
            .Field("type", Kinds.Text, static c => c.Type, static (c, v) => c with { Type = v })
            .About("team, teams, user, escalation or schedule.")
            .Check(CheckName)
            .Check(CheckType);

    private static void CheckName(OpsGenieResponder r, Place place)
    {
        if (r is { Id: "", Name: "", Username: "" })
        {
            place["name"].Error("say who is to answer: give one of \"id\", \"name\" and \"username\"");
        }
    }

    private static void CheckType(OpsGenieResponder r, Place place)
    {
        if (r.Type.Contains("{{", StringComparison.Ordinal))
        {
            var type = place["type"];
            foreach (var remark in type.Reading.Review(type, r.Type))
            {
                if (remark.IsSyntax)
                {
                    type.Error($"the template does not parse: {remark.Message}");
                }
                else
                {
                    type.Reading.Warn(
                        remark,
                        type.Path,
                        $"the template will fail when this is reached: {remark.Message}"
                    );
                }
            }
        }
        else if (!Types.Contains(r.Type, StringComparer.OrdinalIgnoreCase))
        {
            place["type"]
                .Error($"\"{r.Type}\" is not one of {string.Join(", ", Types)}{Suggestion.For(r.Type, Types)}");
        }
    }
}

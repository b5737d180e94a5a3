using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A button: with a URL a link, with a name a question to the app (https://api.slack.com/legacy/interactive-message-field-guide).</summary>
public sealed record SlackAction
{
    public string Type { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>If given, name, value and confirm are dropped.</summary>
    public string Url { get; init; } = "";

    public string Style { get; init; } = "";

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";

    public SlackConfirmation? Confirm { get; init; }

    internal static Shape<SlackAction> Shape { get; } =
        new Shape<SlackAction>("slack_action", new())
            .Field("type", Kinds.Template, static c => c.Type, static (c, v) => c with { Type = v })
            .About("\"button\".")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("What the button says.")
            .Field("url", Kinds.Template, static c => c.Url, static (c, v) => c with { Url = v })
            .About("Where it leads.")
            .Field("style", Kinds.Template, static c => c.Style, static (c, v) => c with { Style = v })
            .About("default, primary or danger.")
            .Field("name", Kinds.Template, static c => c.Name, static (c, v) => c with { Name = v })
            .About("The button's name, told to the app.")
            .Field("value", Kinds.Template, static c => c.Value, static (c, v) => c with { Value = v })
            .About("Told to the app with the name.")
            .Field("confirm", SlackConfirmation.Shape, static c => c.Confirm, static (c, v) => c with { Confirm = v })
            .About("A question to answer before the press counts.")
            .Check(CheckDoing)
            .Require("type", "an action needs a type: button")
            .Require("text", "an action needs a text, which the button shows")
            .Then(static (a, _) => a.Url.Length > 0 ? a with { Name = "", Value = "", Confirm = null } : a);

    private static void CheckDoing(SlackAction a, Place place)
    {
        if (a is { Url: "", Name: "" })
        {
            place["url"].Error("an action needs \"url\" (a link) or \"name\" (a question to the app)");
        }
    }
}

using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A question to answer before the press of a button counts.</summary>
public sealed record SlackConfirmation
{
    public string Text { get; init; } = "";

    public string Title { get; init; } = "";

    public string OkText { get; init; } = "";

    public string DismissText { get; init; } = "";

    internal static Shape<SlackConfirmation> Shape { get; } =
        new Shape<SlackConfirmation>("slack_confirm", new())
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The question.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The heading above it.")
            .Field("ok_text", Kinds.Template, static c => c.OkText, static (c, v) => c with { OkText = v })
            .About("What the button says that confirms.")
            .Field(
                "dismiss_text",
                Kinds.Template,
                static c => c.DismissText,
                static (c, v) => c with { DismissText = v }
            )
            .About("What the button says that does not.")
            .Require("text", "a confirmation needs a text, which asks the question");
}

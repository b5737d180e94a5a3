using AlertHub.Configuration.Shapes;
using AlertHub.Matching;

namespace AlertHub.Configuration;

/// <summary>An alert that matches is silenced as soon as it begins to fire, for a time.</summary>
public sealed record AutosilenceRule
{
    public required string Name { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<Matcher> Matchers { get; init; } = [];

    /// <summary>How long the silence lasts.</summary>
    public TimeSpan Duration { get; init; }

    public string Comment { get; init; } = "";

    public string CreatedBy { get; init; } = "alerthub";

    /// <summary>The silence mutes what has the alert's values of these labels.</summary>
    public IReadOnlyList<string> Equal { get; init; } = [Alerts.Label.AlertName, "instance"];

    internal static Shape<AutosilenceRule> Shape { get; } =
        new Shape<AutosilenceRule>("autosilence", new() { Name = "" })
            .Called("a rule of autosilence")
            .Field("name", Kinds.Text, static r => r.Name, static (r, v) => r with { Name = v })
            .About("The name, of your choice; it stands in the comment of the silences, unless the rule has one.")
            .Field("matchers", Kinds.Matchers, static r => r.Matchers, static (r, v) => r with { Matchers = v })
            .About("What alerts must be like to be silenced when they begin to fire.")
            .Field("duration", Kinds.Duration, static r => r.Duration, static (r, v) => r with { Duration = v })
            .About("How long the silence lasts.")
            .Field("comment", Kinds.Text, static r => r.Comment, static (r, v) => r with { Comment = v })
            .About("The comment of the silences.")
            .Field("created_by", Kinds.Text, static r => r.CreatedBy, static (r, v) => r with { CreatedBy = v })
            .About("Who is said to have made them.")
            .Field("equal", Kinds.TextList, static r => r.Equal, static (r, v) => r with { Equal = v })
            .About("Labels by which a silence is made: it mutes what has the alert's values of all of them.")
            .Require("name", "a rule needs a name")
            .Require("matchers", "say which alerts are meant, such as [maintenance=\"true\"]")
            .Require("duration", "say how long the silence lasts, such as 4h")
            .Check(
                static (r, place) =>
                {
                    Kinds.CheckLabelNames(r.Equal, place["equal"]);
                    if (r.Equal.Count == 0)
                    {
                        place["equal"].Error("without a label the silence would mute every alert; name at least one");
                    }

                    if (r.Matchers.Count > 0 && r.Matchers.All(static m => m.Matches(null)))
                    {
                        place["matchers"]
                            .Error(
                                "all of them hold for alerts without these labels, so nearly every alert would be silenced; ask for a value"
                            );
                    }
                }
            );
}

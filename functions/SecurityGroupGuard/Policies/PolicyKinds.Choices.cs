using System.Text.Json.Nodes;
using AlertHub.Configuration;
using AlertHub.Configuration.Shapes;

namespace SecurityGroupGuard.Policies;

/// <summary>What is one of a few words.</summary>
internal static partial class PolicyKinds
{
    public static Kind<Mode?> Mode { get; } =
        Choice(
            ("observe", Policies.Mode.Observe),
            ("dry_run", Policies.Mode.DryRun),
            ("enforce", Policies.Mode.Enforce)
        );

    public static Kind<RevokedRules> RevokedRules { get; } =
        Given(Choice(("restore", Policies.RevokedRules.Restore), ("leave", Policies.RevokedRules.Leave)));

    public static Kind<AppliedGroups> AppliedGroups { get; } =
        Given(Choice(("alert", Policies.AppliedGroups.Alert), ("ignore", Policies.AppliedGroups.Ignore)));

    public static Kind<CreatedGroups> CreatedGroups { get; } =
        Given(Choice(("alert", Policies.CreatedGroups.Alert), ("delete", Policies.CreatedGroups.Delete)));

    public static Kind<Drift> Drift { get; } =
        Given(Choice(("alert", Policies.Drift.Alert), ("undo", Policies.Drift.Undo)));

    /// <summary>One of a few words; null where nothing stands there.</summary>
    private static KindOf<T?> Choice<T>(params (string Word, T Value)[] choices)
        where T : struct, Enum
    {
        string[] words = [.. choices.Select(static choice => choice.Word)];
        return new(
            place =>
            {
                if (TextAt(place) is not { } text)
                {
                    return null;
                }

                if (Array.IndexOf(words, text) is >= 0 and var at)
                {
                    return choices[at].Value;
                }

                place.Error($"\"{text}\" is not one of {string.Join(", ", words)}{Suggestion.For(text, words)}");
                return null;
            },
            value =>
                value is { } given
                    ? Kinds.Quoted(words[choices.Index().First(c => c.Item.Value.Equals(given)).Index])
                    : Null,
            static value => value is null,
            _ => new() { ["enum"] = new JsonArray([.. words.Select(static w => (JsonNode)w), null]) }
        );
    }

    /// <summary>Nothing is the first of the words.</summary>
    private static KindOf<T> Given<T>(Kind<T?> choice)
        where T : struct, Enum =>
        new(place => choice.Read(place) ?? default, value => choice.Print(value), static _ => false, choice.Schema);
}

using AlertHub.Alerts;
using AlertHub.Matching;

namespace AlertHub.Muting;

/// <summary>A silence as somebody asks for it: a new one, or a change of one that is there.</summary>
public sealed record SilenceRequest
{
    /// <summary>Every alert is compared with what anybody may post here, so what that can cost has a bound.</summary>
    public const int MostMatchers = 50;

    /// <summary>In characters, of a name or a value: a list of a thousand hosts fits.</summary>
    public const int LongestValue = 32 * 1024;

    /// <summary>
    /// All expressions together that are more than a list of texts, in instructions, each of which a character of an
    /// alert's value may go through. One letter is one instruction; <c>[a-z]{100}</c> is a hundred; five hundred hosts whose
    /// dots nobody escaped fit.
    /// </summary>
    public const int MostInstructions = 20_000;

    public required IReadOnlyList<Matcher> Matchers { get; init; }

    /// <summary>Null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public string Comment { get; init; } = "";

    public Labels Annotations { get; init; } = Labels.Empty;

    /// <summary>
    /// What comes of it. A change that would rewrite what has been silenced ends the existing silence and makes another:
    /// other matchers, another start of one that is active, a start in the past of one that is pending, any change of an
    /// expired one.
    /// </summary>
    /// <param name="existing">The silence to change; null for a new one.</param>
    /// <param name="newId">The id of the silence if it is not the existing one.</param>
    /// <param name="now">When it is asked for.</param>
    public SilenceOutcome Apply(Silence? existing, string newId, DateTimeOffset now)
    {
        var startsAt = StartsAt ?? now;
        if (Objection(startsAt, now) is { } objection)
        {
            return new SilenceOutcome.Refused(objection);
        }

        if (existing is not null && CanChange(existing, startsAt, now))
        {
            return new SilenceOutcome.Kept(Named(existing.Id, startsAt, now), Ended: null);
        }

        var ended = existing?.Expire(now);
        return new SilenceOutcome.Kept(
            Named(newId, startsAt < now ? now : startsAt, now),
            ReferenceEquals(ended, existing) ? null : ended
        );
    }

    private string? Objection(DateTimeOffset startsAt, DateTimeOffset now) =>
        Matchers.Count == 0 ? "a silence needs at least one matcher; without one it would mute every alert"
        : Matchers.All(static m => m.Matches(null) && m.Operator is MatchOperator.Equal or MatchOperator.Regex)
            ? "all matchers of the silence hold for alerts without these labels, so it would mute nearly everything; give one that asks for a value"
        : Matchers.Any(static m => m.Name.Length == 0) ? "a matcher of the silence has no label name"
        : Matchers.Count > MostMatchers
            ? $"the silence has {Matchers.Count} matchers, at most {MostMatchers} are allowed; make several silences"
        : Matchers.Any(static m => m.Name.Length > LongestValue || m.Value.Length > LongestValue)
            ? $"a matcher of the silence is longer than {LongestValue} characters; make several silences"
        : Matchers.Sum(static m => m.Cost) > MostInstructions
            ? $"the regular expressions of the silence are too large ({Matchers.Sum(static m => m.Cost)} steps, at most {MostInstructions} are allowed); make them shorter, or list plain values as in a|b|c"
        : EndsAt <= startsAt ? $"the silence ends ({EndsAt:O}) before it starts ({startsAt:O})"
        : EndsAt < now ? $"the silence ends in the past ({EndsAt:O}; it is {now:O})"
        : null;

    private bool CanChange(Silence existing, DateTimeOffset startsAt, DateTimeOffset now) =>
        existing.HasMatchers(Matchers)
        && existing.State(now) switch
        {
            SilenceState.Active => startsAt.ToUnixTimeSeconds() == existing.StartsAt.ToUnixTimeSeconds(),
            SilenceState.Pending => startsAt >= now,
            _ => false,
        };

    private Silence Named(string id, DateTimeOffset startsAt, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Matchers = Matchers,
            StartsAt = startsAt,
            EndsAt = EndsAt,
            UpdatedAt = now,
            CreatedBy = CreatedBy,
            Comment = Comment,
            Annotations = Annotations,
        };
}

/// <summary>What came of a request.</summary>
public abstract record SilenceOutcome
{
    private SilenceOutcome() { }

    /// <summary>A sentence for whoever asked.</summary>
    public sealed record Refused(string Objection) : SilenceOutcome;

    /// <summary>The silence to store and, where it takes the place of another one, that other one, ended, to store with it.</summary>
    public sealed record Kept(Silence Silence, Silence? Ended) : SilenceOutcome;
}

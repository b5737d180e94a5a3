using AlertHub.Alerts;
using AlertHub.Matching;

namespace AlertHub.Muting;

/// <summary>Somebody's word that alerts like these need not be told for a time.</summary>
public sealed record Silence
{
    public required string Id { get; init; }

    /// <summary>All must hold; at least one, and not all of them hold for an alert without labels.</summary>
    public required IReadOnlyList<Matcher> Matchers { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The first moment at which it mutes no more.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public string Comment { get; init; } = "";

    public Labels Annotations { get; init; } = Labels.Empty;

    public SilenceState State(DateTimeOffset now) =>
        now < StartsAt ? SilenceState.Pending
        : now < EndsAt ? SilenceState.Active
        : SilenceState.Expired;

    public bool Matches(Labels alert)
    {
        for (var i = 0; i < Matchers.Count; i++)
        {
            if (!Matchers[i].Matches(alert[Matchers[i].Name]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is still to be kept, for people who ask what was silenced.</summary>
    public bool IsRetained(DateTimeOffset now, TimeSpan retention) => now - EndsAt < retention;

    /// <summary>The same, ended; itself where it has ended already.</summary>
    public Silence Expire(DateTimeOffset now) =>
        State(now) switch
        {
            SilenceState.Pending => this with { StartsAt = now, EndsAt = now, UpdatedAt = now },
            SilenceState.Active => this with { EndsAt = now, UpdatedAt = now },
            _ => this,
        };

    /// <summary>Whether both ask for the same, in whatever order.</summary>
    internal bool HasMatchers(IReadOnlyList<Matcher> matchers) => new HashSet<Matcher>(Matchers).SetEquals(matchers);

    public bool Equals(Silence? other) =>
        other is not null
        && Id == other.Id
        && Matchers.SequenceEqual(other.Matchers)
        && (StartsAt, EndsAt, UpdatedAt) == (other.StartsAt, other.EndsAt, other.UpdatedAt)
        && (CreatedBy, Comment) == (other.CreatedBy, other.Comment)
        && Annotations.Equals(other.Annotations);

    public override int GetHashCode() => HashCode.Combine(Id, UpdatedAt);
}

public enum SilenceState
{
    Pending,
    Active,
    Expired,
}

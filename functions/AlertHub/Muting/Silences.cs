using System.Collections.Immutable;
using AlertHub.Alerts;
using AlertHub.Matching;

namespace AlertHub.Muting;

/// <summary>
/// All silences, immutable. Each stands under one label and value that it asks for, so that an alert is compared with
/// those few only that may mute it, and with those that ask for no single value.
/// </summary>
public sealed class Silences
{
    private static readonly ImmutableDictionary<string, Silence> None = ImmutableDictionary.Create<string, Silence>(
        StringComparer.Ordinal
    );

    private readonly ImmutableDictionary<string, Silence> byId;
    private readonly ImmutableDictionary<Label, ImmutableDictionary<string, Silence>> byValue;
    private readonly ImmutableDictionary<string, Silence> rest;

    private Silences(
        ImmutableDictionary<string, Silence> byId,
        ImmutableDictionary<Label, ImmutableDictionary<string, Silence>> byValue,
        ImmutableDictionary<string, Silence> rest
    ) => (this.byId, this.byValue, this.rest) = (byId, byValue, rest);

    public static Silences Empty { get; } =
        new(None, ImmutableDictionary<Label, ImmutableDictionary<string, Silence>>.Empty, None);

    public static Silences Of(params IEnumerable<Silence> silences) =>
        silences.Aggregate(Empty, static (all, silence) => all.With(silence));

    /// <summary>In no order.</summary>
    public IEnumerable<Silence> All => byId.Values;

    public Silence? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>With this one added, or in place of the one that had its id.</summary>
    public Silences With(Silence silence)
    {
        var others = Without(silence.Id);
        var all = others.byId.Add(silence.Id, silence);
        return Place(silence) is { } place
            ? new(
                all,
                others.byValue.SetItem(place, others.byValue.GetValueOrDefault(place, None).Add(silence.Id, silence)),
                others.rest
            )
            : new(all, others.byValue, others.rest.Add(silence.Id, silence));
    }

    public Silences Without(string id)
    {
        if (Find(id) is not { } silence)
        {
            return this;
        }

        if (Place(silence) is not { } place)
        {
            return new(byId.Remove(id), byValue, rest.Remove(id));
        }

        var left = byValue[place].Remove(id);
        return new(byId.Remove(id), left.IsEmpty ? byValue.Remove(place) : byValue.SetItem(place, left), rest);
    }

    /// <summary>Without those that ended so long ago that nobody asks for them any more.</summary>
    public Silences Retained(DateTimeOffset now, TimeSpan retention) =>
        All.Where(silence => !silence.IsRetained(now, retention))
            .Aggregate(this, static (all, silence) => all.Without(silence.Id));

    /// <summary>The ids of all silences that mute such an alert now, sorted.</summary>
    public IReadOnlyList<string> Mute(Labels alert, DateTimeOffset now)
    {
        List<string>? ids = null;
        if (!byValue.IsEmpty)
        {
            for (var i = 0; i < alert.Count; i++)
            {
                if (byValue.TryGetValue(alert[i], out var silences))
                {
                    Collect(silences, alert, now, ref ids);
                }
            }
        }

        Collect(rest, alert, now, ref ids);
        ids?.Sort(StringComparer.Ordinal);
        return (IReadOnlyList<string>?)ids ?? [];
    }

    private static void Collect(
        ImmutableDictionary<string, Silence> silences,
        Labels alert,
        DateTimeOffset now,
        ref List<string>? ids
    )
    {
        foreach (var (id, silence) in silences)
        {
            if (silence.State(now) == SilenceState.Active && silence.Matches(alert))
            {
                (ids ??= []).Add(id);
            }
        }
    }

    /// <summary>
    /// The label and value that it stands under. Long values are shared by fewer alerts than short ones
    /// (<c>instance="db-1.example.com:9100"</c>, <c>env="prod"</c>), and the same silence must always choose the same.
    /// </summary>
    private static Label? Place(Silence silence) =>
        silence
            .Matchers.Where(static m => m is { Operator: MatchOperator.Equal, Value.Length: > 0 })
            .OrderByDescending(static m => m.Value.Length)
            .ThenBy(static m => m, Matcher.Order)
            .Select(static m => new Label(m.Name, m.Value))
            .FirstOrDefault();
}

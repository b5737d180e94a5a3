using AlertHub.Matching;
using AlertHub.Muting;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>What <c>GET /api/v2/silences</c> asks for.</summary>
internal sealed record SilencesQuery
{
    private IReadOnlyList<Matcher> Filter { get; init; } = [];

    private IReadOnlyList<SilenceState> Unwanted { get; init; } = [];

    /// <summary>What is asked for, or null and which parameter cannot be read.</summary>
    public static SilencesQuery? Parse(QueryText query, out Refusal? refusal) =>
        Filters.Matchers(query, "filter", out refusal) is not { } filter
            ? null
            : new()
            {
                Filter = filter,
                Unwanted =
                [
                    .. Enum.GetValues<SilenceState>().Where(state => !query.Includes(SilenceOrder.Name(state))),
                ],
            };

    /// <summary>
    /// Whether the silence is wanted: it must have each matcher of the filter as it is written there, operator included.
    /// </summary>
    public bool Wants(Silence silence, DateTimeOffset now) =>
        !Unwanted.Contains(silence.State(now)) && Filter.All(silence.Matchers.Contains);
}

using AlertHub.Muting;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// The order of <c>GET /api/v2/silences</c>: active ones by end, pending ones by start, expired ones by end with the last
/// first; where these are equal, by id.
/// </summary>
internal sealed class SilenceOrder(DateTimeOffset now) : IComparer<Silence>
{
    public int Compare(Silence? x, Silence? y)
    {
        if (x is null || y is null)
        {
            return (x is not null).CompareTo(y is not null);
        }

        var byState = Rank(x).CompareTo(Rank(y));
        var order =
            byState != 0
                ? byState
                : x.State(now) switch
                {
                    SilenceState.Active => x.EndsAt.CompareTo(y.EndsAt),
                    SilenceState.Pending => x.StartsAt.CompareTo(y.StartsAt),
                    _ => y.EndsAt.CompareTo(x.EndsAt),
                };
        return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
    }

    /// <summary>As the API writes it, and as the parameters are called that ask for it.</summary>
    public static string Name(SilenceState state) =>
        state switch
        {
            SilenceState.Active => "active",
            SilenceState.Pending => "pending",
            _ => "expired",
        };

    private int Rank(Silence silence) =>
        silence.State(now) switch
        {
            SilenceState.Active => 0,
            SilenceState.Pending => 1,
            _ => 2,
        };
}

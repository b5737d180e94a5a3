using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Storing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api;

/// <summary>Gives the hub what came, and has done what follows from it.</summary>
/// <param name="hub">Keeps it.</param>
/// <param name="queue">Told of the work that follows.</param>
/// <param name="log">Silences that rules made.</param>
/// <param name="count">Told how many alerts were kept, each time that some were.</param>
public sealed partial class Keeper(Hub hub, IWorkQueue queue, ILogger<Keeper> log, Action<int>? count = null)
{
    /// <inheritdoc cref="Keep"/>
    public async Task<Kept> KeepAsync(
        IReadOnlyList<Inbound> messages,
        Labels labels,
        CancellationToken cancellationToken
    )
    {
        var rules = hub.Settings.Rules;
        Arrival[] arrivals =
        [
            .. messages.Select(message => new Arrival(message.Id, Tracking.Track(message, rules, labels))),
        ];
        var known = await TakeAsync(arrivals, cancellationToken).ConfigureAwait(false);
        var isKnown = known.Count == arrivals.Length;
        return new(isKnown ? Count(arrivals, []) : Count(arrivals, known), isKnown);
    }

    /// <summary>Announces a message as it came, for what could not be worked on otherwise.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why not, for who reads the announcement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">It was not stored.</exception>
    public Task KeepRawAsync(Inbound message, string reason, CancellationToken cancellationToken)
    {
        var reading = Source.ReadRaw(message);
        var said = reading with
        {
            Alerts =
            [
                .. reading.Alerts.Select(alert =>
                    alert with
                    {
                        Annotations = alert.Annotations.With(
                            Labels.Of(
                                new Label(
                                    Annotation.Description,
                                    $"AlertHub could not work on this message ({reason}) and has put it aside in its quarantine queue."
                                )
                            )
                        ),
                    }
                ),
            ],
        };
        // Without its id: by that it may be known, and nothing would be announced.
        return TakeAsync([new(null, Tracking.Track(said, message.ReceivedAt, hub.Settings.Rules))], cancellationToken);
    }

    /// <summary>Puts alerts on durable storage.</summary>
    /// <returns>Positions of the arrivals that had come before: nothing was done about them.</returns>
    /// <exception cref="StorageUnavailableException">Not all was stored; the producer must send again.</exception>
    public async Task<IReadOnlyList<int>> TakeAsync(
        IReadOnlyList<Arrival> arrivals,
        CancellationToken cancellationToken
    )
    {
        var taken = await hub.IngestAsync(arrivals, cancellationToken).ConfigureAwait(false);
        await queue.AddAsync(taken.Next, cancellationToken).ConfigureAwait(false);
        foreach (var silence in taken.Silences)
        {
            Silenced(silence.Id, silence.EndsAt, silence.Comment);
        }

        if (Count(arrivals, taken.Known) is > 0 and var kept)
        {
            count?.Invoke(kept);
        }

        return taken.Known;
    }

    private static int Count(IReadOnlyList<Arrival> arrivals, IReadOnlyList<int> without) =>
        arrivals.Where((_, place) => !without.Contains(place)).Sum(static arrival => arrival.Alerts.Count);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "silence {Id} made, until {End:O}, by a rule of hub.yml: {Comment}"
    )]
    private partial void Silenced(string id, DateTimeOffset end, string comment);
}

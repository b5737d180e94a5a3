using AlertHub.Grouping;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Lambda.Storage;

/// <summary>How it stands with all groups, by the attributes of their documents.</summary>
internal sealed record Survey
{
    public required IReadOnlyList<SurveyedWork> Works { get; init; }

    public required int Groups { get; init; }

    /// <summary>In groups; one that is in several counts in each.</summary>
    public required int Alerts { get; init; }

    /// <summary>Deliveries that wait.</summary>
    public required int Undelivered { get; init; }

    /// <summary>Since when the first of them does; null where none waits.</summary>
    public required DateTimeOffset? OldestUndelivered { get; init; }

    public required int DeadLetters { get; init; }

    /// <summary>The oldest configuration under which a group was put together; null where there is no group.</summary>
    public required long? OldestRules { get; init; }

    public static async Task<Survey> OfAsync(IAsyncEnumerable<Dictionary<string, AttributeValue>> heads)
    {
        var (works, groups, alerts, dead) = (new List<SurveyedWork>(), 0, 0, 0);
        DateTimeOffset? oldest = null;
        long? rules = null;
        await foreach (var head in heads.ConfigureAwait(false))
        {
            var key = head[DocumentItems.Key].S;
            groups++;
            var under = DocumentItems.Count(head, DocumentItems.Rules);
            rules = rules < under ? rules : under;
            alerts += DocumentItems.Count(head, DocumentItems.Alerts);
            dead += DocumentItems.Count(head, DocumentItems.Dead);
            if (DocumentItems.Time(head, DocumentItems.Since) is { } since && !(oldest <= since))
            {
                oldest = since;
            }

            if (DocumentItems.Time(head, DocumentItems.Flush) is { } flush)
            {
                works.Add(new(key, Integration: null, flush));
            }

            works.AddRange(DocumentItems.Tells(head).Select(tell => new SurveyedWork(key, tell.Integration, tell.Due)));
        }

        return new()
        {
            Works = works,
            Groups = groups,
            Alerts = alerts,
            Undelivered = works.Count(static work => work.Integration is not null),
            OldestUndelivered = oldest,
            DeadLetters = dead,
            OldestRules = rules,
        };
    }
}

/// <param name="Key">Of the group's document.</param>
/// <param name="Integration">Who is to be told; null for a flush.</param>
/// <param name="Due">When.</param>
internal sealed record SurveyedWork(string Key, IntegrationId? Integration, DateTimeOffset Due);

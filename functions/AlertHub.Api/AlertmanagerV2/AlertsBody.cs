using AlertHub.Alerts;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>The body of <c>POST /api/v2/alerts</c>.</summary>
internal static class AlertsBody
{
    private static readonly string[] Names = ["labels", "annotations", "startsAt", "endsAt", "generatorURL"];

    /// <summary>What was posted, in order; or null and why nothing of it is taken.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="shared">For what alerts have in common.</param>
    /// <param name="refusal">Null where all of it can be read.</param>
    public static IReadOnlyList<PostedAlert>? Read(ReadOnlySpan<byte> body, SharedTexts shared, out Refusal? refusal) =>
        GoJsonReader.Read(body, "alerts", shared, ReadAll, out refusal);

    private static List<PostedAlert> ReadAll(ref GoJsonReader json)
    {
        var alerts = new List<PostedAlert>();
        var (labels, annotations) = (new List<Label>(), new List<Label>());
        if (json.BeginArray("alerts"))
        {
            while (json.NextItem())
            {
                alerts.Add(ReadOne(ref json, alerts.Count, labels, annotations));
            }
        }

        return alerts;
    }

    /// <summary>The alerts to keep, and what is wrong with the others: they are refused, and these kept all the same.</summary>
    /// <param name="posted">What was posted.</param>
    /// <param name="now">When it came.</param>
    /// <param name="resolveTimeout">As for <see cref="PostedAlert.Take"/>.</param>
    /// <param name="refusal">Null where none is refused.</param>
    public static IReadOnlyList<TrackedAlert> Take(
        IReadOnlyList<PostedAlert> posted,
        DateTimeOffset now,
        TimeSpan? resolveTimeout,
        out Refusal? refusal
    )
    {
        var taken = new List<TrackedAlert>(posted.Count);
        List<string>? objections = null;
        for (var i = 0; i < posted.Count; i++)
        {
            if (posted[i].Take(now, resolveTimeout, out var objection) is { } alert)
            {
                taken.Add(alert);
            }
            else
            {
                (objections ??= []).Add($"{i}: {objection}");
            }
        }

        refusal = objections is null ? null : Refusal.Invalid(string.Join("; ", objections));
        return taken;
    }

    /// <param name="json">At the alert.</param>
    /// <param name="item">Its position.</param>
    /// <param name="freshLabels">A list to use.</param>
    /// <param name="freshAnnotations">Another.</param>
    private static PostedAlert ReadOne(
        ref GoJsonReader json,
        int item,
        List<Label> freshLabels,
        List<Label> freshAnnotations
    )
    {
        List<Label>? labels = null;
        List<Label>? annotations = null;
        DateTimeOffset? startsAt = null;
        DateTimeOffset? endsAt = null;
        Uri? generatorUrl = null;
        string? wrongUrl = null;
        if (json.BeginObject(new(item, "")))
        {
            while (json.NextMember(Names) is { } name)
            {
                switch (name)
                {
                    case "labels":
                        labels = json.Labels(labels, freshLabels, new(item, name));
                        break;
                    case "annotations":
                        annotations = json.Labels(annotations, freshAnnotations, new(item, name));
                        break;
                    case "startsAt":
                        startsAt = json.Time(new(item, name)) ?? startsAt;
                        break;
                    case "endsAt":
                        endsAt = json.Time(new(item, name)) ?? endsAt;
                        break;
                    case "generatorURL":
                        json.Link(new(item, name), ref generatorUrl, ref wrongUrl);
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        if (wrongUrl is not null)
        {
            json.Incomplete(Refusal.Format($"{item}.generatorURL in body is no URL: {Exchange.Quote(wrongUrl)}"));
        }

        // Alertmanager crashes over an alert that is null; here it lacks its labels.
        if (labels is null)
        {
            json.Incomplete(Refusal.Required($"{item}.labels"));
        }

        return new()
        {
            Labels = Labels.Of(labels ?? []),
            Annotations = Labels.Of(annotations ?? []),
            StartsAt = Unless(startsAt),
            EndsAt = Unless(endsAt),
            GeneratorUrl = generatorUrl,
        };
    }

    /// <summary>Go's zero time is none.</summary>
    private static DateTimeOffset? Unless(DateTimeOffset? time) => time == DateTimeOffset.MinValue ? null : time;
}

using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>The body of <c>POST /api/v2/alerts</c>.</summary>
internal static class AlertsBody
{
    /// <summary>What was posted, in order; or null and why nothing of it is taken.</summary>
    public static IReadOnlyList<PostedAlert>? Read(ReadOnlySpan<byte> body, out Refusal? refusal)
    {
        using var document = JsonBody.Parse(body, "alerts", out refusal);
        if (document is null)
        {
            return null;
        }

        var faults = new BodyFaults();
        var alerts = new List<PostedAlert>();
        foreach (var item in document.RootElement.Items("alerts", faults))
        {
            alerts.Add(ReadOne(item, alerts.Count, faults));
        }

        refusal = faults.Refusal;
        return refusal is null ? alerts : null;
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

    private static PostedAlert ReadOne(JsonElement item, int position, BodyFaults faults)
    {
        List<Label>? labels = null;
        List<Label>? annotations = null;
        DateTimeOffset? startsAt = null;
        DateTimeOffset? endsAt = null;
        string? generatorUrl = null;
        foreach (var (name, value) in item.Members($"{position}", faults))
        {
            switch (name)
            {
                case "labels":
                    labels = value.Labels(labels, $"{position}.labels", faults);
                    break;
                case "annotations":
                    annotations = value.Labels(annotations, $"{position}.annotations", faults);
                    break;
                case "startsat":
                    startsAt = value.Time($"{position}.startsAt", faults) ?? startsAt;
                    break;
                case "endsat":
                    endsAt = value.Time($"{position}.endsAt", faults) ?? endsAt;
                    break;
                case "generatorurl":
                    generatorUrl = value.Text($"{position}.generatorURL", faults) ?? generatorUrl;
                    break;
            }
        }

        if (!string.IsNullOrEmpty(generatorUrl) && !GoUrl.IsRequestUri(generatorUrl))
        {
            faults.Incomplete(
                Refusal.Format($"{position}.generatorURL in body is no URL: {Exchange.Quote(generatorUrl)}")
            );
        }

        // Alertmanager crashes over an alert that is null; here it lacks its labels.
        if (labels is null)
        {
            faults.Incomplete(Refusal.Required($"{position}.labels"));
        }

        return new()
        {
            Labels = Labels.Of(labels ?? []),
            Annotations = Labels.Of(annotations ?? []),
            StartsAt = Unless(startsAt),
            EndsAt = Unless(endsAt),
            GeneratorUrl = Link(generatorUrl),
        };
    }

    /// <summary>Go's zero time is none.</summary>
    private static DateTimeOffset? Unless(DateTimeOffset? time) => time == DateTimeOffset.MinValue ? null : time;

    /// <summary>Null also for what Go counts as a URL and the platform does not, such as <c>http://</c>.</summary>
    private static Uri? Link(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, text.StartsWith('/') ? UriKind.Relative : UriKind.Absolute, out var uri) ? uri
        : Uri.TryCreate(text, UriKind.Relative, out uri) ? uri
        : null;
}

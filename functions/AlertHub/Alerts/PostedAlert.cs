namespace AlertHub.Alerts;

/// <summary>An alert as a producer states it: what it leaves out is filled in when it is taken.</summary>
public sealed record PostedAlert
{
    public Labels Labels { get; init; } = Labels.Empty;

    public Labels Annotations { get; init; } = Labels.Empty;

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public Uri? GeneratorUrl { get; init; }

    /// <summary>The alert to keep, or null and what is wrong with this one.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="resolveTimeout">
    /// How long it lasts if its producer neither says so nor sends it again. Null for producers that say when it ends and
    /// only then speak again: it lasts until they do.
    /// </param>
    /// <param name="objection">A sentence for its producer.</param>
    public TrackedAlert? Take(DateTimeOffset now, TimeSpan? resolveTimeout, out string? objection)
    {
        var startsAt = StartsAt ?? EndsAt ?? now;
        var endsAt = EndsAt ?? now + resolveTimeout;
        var labels = Labels.WithoutEmpty();
        objection =
            endsAt < startsAt ? $"the alert ends ({endsAt:O}) before it starts ({startsAt:O}): {labels}"
            : labels.Count == 0
                ? "the alert has no label with a value; its labels are what tells it from others, so it needs at least one"
            : Objection("label", labels) ?? Objection("annotation", Annotations);
        return objection is not null
            ? null
            : new()
            {
                Alert = new()
                {
                    Labels = labels,
                    Annotations = Annotations,
                    StartsAt = startsAt,
                    EndsAt = endsAt,
                    GeneratorUrl = GeneratorUrl,
                },
                UpdatedAt = now,
                IsTimeout = EndsAt is null,
            };
    }

    private static string? Objection(string kind, Labels labels)
    {
        foreach (var (name, value) in labels)
        {
            if (name.Length == 0)
            {
                return $"the alert has {kind} \"{value}\" without a name: {labels}";
            }

            if (!IsText(name) || !IsText(value))
            {
                return $"the alert has {kind} \"{name}\" that is not valid UTF-8: {labels}";
            }
        }

        return null;
    }

    /// <summary>Whether it can be written as UTF-8: no half of a surrogate pair stands alone.</summary>
    private static bool IsText(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') is var at && (at < 0 || IsText(text.AsSpan(at)));

    private static bool IsText(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}

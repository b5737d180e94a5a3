namespace FlowLogs.Encoding;

/// <summary>How people write <see cref="EventFields"/>.</summary>
internal static class EventWords
{
    public const string All = "none, record or enriched";

    /// <summary>Null where it is none of them.</summary>
    public static EventFields? Parse(string text) =>
        text switch
        {
            "none" => EventFields.None,
            "record" => EventFields.Record,
            "enriched" => EventFields.Enriched,
            _ => null,
        };
}

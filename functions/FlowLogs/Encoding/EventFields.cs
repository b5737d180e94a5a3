namespace FlowLogs.Encoding;

/// <summary>What an event has in <c>fields</c> beside its <c>cwl_id</c> and, of a line that is no record, the reason.</summary>
internal enum EventFields
{
    /// <summary>Nothing: Splunk's add-on extracts at the search, and an event is a quarter as long.</summary>
    None,

    /// <summary>The record's own values, typed.</summary>
    Record,

    /// <summary>Its service and direction, too, where it does not say them itself.</summary>
    Enriched,
}

using System.Text.Json;

namespace FlowLogs.Incoming;

/// <summary>What CloudWatch Logs sends by a subscription filter, but its events.</summary>
internal sealed record LogSource
{
    /// <summary>The account whose logs they are.</summary>
    public string Owner { get; init; } = "";

    public string LogGroup { get; init; } = "";

    public string LogStream { get; init; } = "";
}

/// <summary>One event of a log.</summary>
/// <param name="source">Whose.</param>
/// <param name="id">The event's, by which it is known again; of ASCII digits.</param>
/// <param name="timestamp">Milliseconds since 1970.</param>
/// <param name="message">As it stands in the JSON text, between its quotes, escaped or not.</param>
internal delegate void LogEventSink(
    LogSource source,
    ReadOnlySpan<byte> id,
    long timestamp,
    ReadOnlySpan<byte> message
);

/// <summary>
/// Messages of a subscription, one behind the other (CloudWatch Logs user guide, "Using CloudWatch Logs subscription filters").
/// </summary>
internal static class LogMessages
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    /// <summary>Hands on each event. A control message, by which CloudWatch Logs looks whether anybody is there, has none.</summary>
    /// <param name="json">All of what a record holds.</param>
    /// <param name="sink">Is told of each event, in their order.</param>
    /// <returns>Why it cannot be read, as a sentence without its end, else null. What was handed on before stands.</returns>
    public static string? Read(ReadOnlySpan<byte> json, LogEventSink sink)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            var messages = 0;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    return "it is JSON and no message of CloudWatch Logs";
                }

                if (Message(ref reader, json, sink) is { } problem)
                {
                    return problem;
                }

                messages++;
            }

            return messages > 0 ? null : "it is empty";
        }
        catch (JsonException e)
        {
            return $"it is not JSON, as a message of CloudWatch Logs is: line {e.LineNumber + 1}, byte {e.BytePositionInLine}";
        }
        catch (InvalidOperationException)
        {
            return "it has text that is not UTF-8";
        }
    }

    private static string? Message(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, LogEventSink sink)
    {
        var source = new LogSource();
        string? type = null;
        Utf8JsonReader events = default;
        var (isRead, isLeft) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageType"u8))
            {
                type = Text(ref reader);
            }
            else if (reader.ValueTextEquals("owner"u8))
            {
                source = source with { Owner = Text(ref reader) };
            }
            else if (reader.ValueTextEquals("logGroup"u8))
            {
                source = source with { LogGroup = Text(ref reader) };
            }
            else if (reader.ValueTextEquals("logStream"u8))
            {
                source = source with { LogStream = Text(ref reader) };
            }
            else if (reader.ValueTextEquals("logEvents"u8))
            {
                reader.Read();
                // Who they are of may stand behind them: then they are read once more.
                if (type is not null && source is { Owner.Length: > 0, LogGroup.Length: > 0, LogStream.Length: > 0 })
                {
                    isRead = true;
                    var handed = 0;
                    if (type == "DATA_MESSAGE" && reader.TokenType == JsonTokenType.StartArray)
                    {
                        var list = json[(int)reader.TokenStartIndex..];
                        var length = UsualEvents.Read(list, source, sink, out handed);
                        if (length > 0 && list[length..] is [(byte)'}'])
                        {
                            reader = new([], Options);
                            return null;
                        }
                    }

                    if (type == "DATA_MESSAGE" && Events(ref reader, source, sink, handed) is { } problem)
                    {
                        return problem;
                    }

                    reader.Skip();
                }
                else
                {
                    events = reader;
                    isLeft = true;
                    reader.Skip();
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return type switch
        {
            "CONTROL_MESSAGE" => null,
            "DATA_MESSAGE" when isLeft => Events(ref events, source, sink, handed: 0),
            "DATA_MESSAGE" => isRead ? null : "it has no logEvents",
            null => "it has no messageType, as a message of CloudWatch Logs has",
            _ => $"its messageType is \"{type}\", neither DATA_MESSAGE nor CONTROL_MESSAGE",
        };
    }

    /// <param name="reader">At the list.</param>
    /// <param name="source">Whose they are.</param>
    /// <param name="sink">Is told of each.</param>
    /// <param name="handed">So many were handed on already.</param>
    private static string? Events(ref Utf8JsonReader reader, LogSource source, LogEventSink sink, int handed)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return "its logEvents are no list";
        }

        for (var place = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; place++)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return $"logEvents[{place}] is no event";
            }

            ReadOnlySpan<byte> id = default;
            ReadOnlySpan<byte> message = default;
            var timestamp = 0L;
            var hasMessage = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    id = reader.ValueSpan;
                }
                else if (
                    reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueTextEquals("message"u8)
                    && reader.Read()
                    && reader.TokenType == JsonTokenType.String
                )
                {
                    message = reader.ValueSpan;
                    hasMessage = true;
                }
                else if (
                    reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueTextEquals("timestamp"u8)
                    && reader.Read()
                    && reader.TokenType == JsonTokenType.Number
                )
                {
                    reader.TryGetInt64(out timestamp);
                }
                else
                {
                    reader.Skip();
                }
            }

            if (!hasMessage)
            {
                return $"logEvents[{place}] has no message";
            }

            if (place >= handed)
            {
                sink(source, id, timestamp, message);
            }
        }

        return null;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text ?? "";
    }
}

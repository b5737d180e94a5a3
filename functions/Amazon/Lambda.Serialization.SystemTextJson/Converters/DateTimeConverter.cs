using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>ISO 8601, or epoch seconds (Kinesis: with a fraction) or milliseconds.</summary>
public sealed class DateTimeConverter : JsonConverter<DateTime>
{
    // The last second of the year 9999: what is larger counts milliseconds, as DynamoDB streams and SES do.
    private const decimal MaxSeconds = 253402300799;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.TryGetDateTime(out var time) => time,
            JsonTokenType.Number => FromEpoch(reader.GetDecimal()),
            JsonTokenType.String => throw new JsonException($"'{reader.GetString()}' is not an ISO 8601 time."),
            _ => throw new JsonException($"A time cannot be read from a JSON {reader.TokenType}."),
        };

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    // A double would turn .987 into .9869999.
    private static DateTime FromEpoch(decimal number) =>
        DateTime.UnixEpoch.AddTicks(
            (long)(number * (number > MaxSeconds ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond))
        );
}

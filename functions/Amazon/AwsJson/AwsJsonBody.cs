using System.Buffers;
using System.Text.Json;

namespace Amazon.AwsJson;

/// <summary>Bodies by hand: members in order, absent ones left out, times as epoch seconds.</summary>
internal static class AwsJsonBody
{
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } truth)
        {
            writer.WriteBoolean(name, truth);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is not { } time)
        {
            return;
        }

        var milliseconds = new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
        if (milliseconds % 1000 == 0)
        {
            writer.WriteNumber(name, milliseconds / 1000);
        }
        else
        {
            writer.WriteNumber(name, milliseconds / 1000m);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, List<string>? values) =>
        writer.WriteOptional(name, values, static (writer, value) => writer.WriteStringValue(value));

    public static void WriteOptional<T>(
        this Utf8JsonWriter writer,
        string name,
        List<T>? values,
        Action<Utf8JsonWriter, T> write
    )
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }

    public static void WriteOptional<T>(
        this Utf8JsonWriter writer,
        string name,
        Dictionary<string, T>? values,
        Action<Utf8JsonWriter, T> write
    )
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            writer.WritePropertyName(key);
            write(writer, value);
        }

        writer.WriteEndObject();
    }

    public static JsonElement? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? OptionalString(this JsonElement element, string name) => element.Optional(name)?.GetString();

    public static List<string>? OptionalStrings(this JsonElement element, string name) =>
        element.OptionalList(name, static item => item.GetString() ?? "");

    /// <summary>UTC.</summary>
    public static DateTime? OptionalTime(this JsonElement element, string name) =>
        element.Optional(name) is { } seconds
            ? DateTime.UnixEpoch.AddTicks((long)(seconds.GetDecimal() * TimeSpan.TicksPerSecond))
            : null;

    public static List<T>? OptionalList<T>(this JsonElement element, string name, Func<JsonElement, T> read)
    {
        if (element.Optional(name) is not { } array)
        {
            return null;
        }

        List<T> list = new(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            list.Add(read(item));
        }

        return list;
    }

    public static Dictionary<string, T>? OptionalMap<T>(
        this JsonElement element,
        string name,
        Func<JsonElement, T> read
    )
    {
        if (element.Optional(name) is not { } members)
        {
            return null;
        }

        Dictionary<string, T> map = [];
        foreach (var member in members.EnumerateObject())
        {
            map[member.Name] = read(member.Value);
        }

        return map;
    }
}

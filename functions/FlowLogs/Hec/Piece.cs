using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace FlowLogs.Hec;

/// <summary>Neighbouring events that are sent with one post.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The first that is none of them.</param>
internal sealed record Piece(int From, int To)
{
    /// <summary>How often it was sent already.</summary>
    public int Attempts { get; init; }

    /// <summary>The first event without its indexed fields.</summary>
    public ReadOnlyMemory<byte>? Stripped { get; init; }

    public int Count => To - From;

    /// <summary>All events in posts that keep the limits, but for single events that are larger than a post may be.</summary>
    public static IEnumerable<Piece> Batches(EventText events, HecSettings settings)
    {
        var (from, bytes) = (0, 0L);
        for (var index = 0; index < events.Count; index++)
        {
            var length = events.Bytes(index);
            if (index > from && (bytes + length > settings.MostBytes || index - from == settings.MostEvents))
            {
                yield return new(from, index);
                (from, bytes) = (index, 0);
            }

            bytes += length;
        }

        if (from < events.Count)
        {
            yield return new(from, events.Count);
        }
    }

    /// <summary>What is left from an event on.</summary>
    public Piece Behind(int index) => index == From ? this : new(index, To);

    public (Piece First, Piece Second) Halves()
    {
        var middle = From + (Count / 2);
        return (this with { To = middle, Attempts = 0 }, new(middle, To));
    }

    /// <summary>A copy: a request that is given up may be read from after its end was told.</summary>
    public PostBody Body(EventText events, bool gzip)
    {
        var first = Stripped.GetValueOrDefault();
        var others = events.Text(Stripped is null ? From : From + 1, To);
        var length = first.Length + others.Length;
        // What cannot be compressed grows, by an eighth at most.
        var buffer = ArrayPool<byte>.Shared.Rent(gzip ? length + (length / 4) + 1024 : length);
        var body = new MemoryStream(buffer);
        using (var zip = gzip ? new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true) : null)
        {
            Stream stream = zip is null ? body : zip;
            stream.Write(first.Span);
            stream.Write(others.Span);
        }

        return new(buffer, (int)body.Position);
    }

    /// <summary>An event without its indexed fields, null where it has none.</summary>
    public static ReadOnlyMemory<byte>? Strip(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("fields", out _))
            {
                return null;
            }

            var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                foreach (var member in json.RootElement.EnumerateObject().Where(static m => m.Name != "fields"))
                {
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(member.Value.GetRawText());
                }

                writer.WriteEndObject();
            }

            return buffer.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using FlowLogs.Incoming;

namespace FlowLogs.Backup;

/// <summary>
/// An object of the backup: JSON lines with gzip, one for each record, with <c>reason</c>, <c>stream</c>, <c>shard</c>,
/// <c>sequence_number</c>, <c>partition_key</c>, <c>arrived</c>, <c>events</c> (ordinals of log events, all where it is missing) and
/// <c>data</c>, the record as it was in the stream, in base64.
/// </summary>
internal static class BackupText
{
    /// <summary>
    /// In the order of the lines' arrival, within a shard of their sequence numbers, and the same for the same lines: put twice they
    /// are one object, and others never take its place.
    /// </summary>
    public static string Key(string prefix, IReadOnlyList<BackupLine> lines)
    {
        var (first, time) = (lines[0].Record, lines[0].Record.Arrived ?? DateTimeOffset.UnixEpoch);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            var events = line.Only is null ? "*" : string.Join(',', line.Only);
            hash.AppendData(
                System.Text.Encoding.UTF8.GetBytes(
                    $"{line.Record.Stream} {line.Record.Shard} {line.Record.SequenceNumber} {events}\n"
                )
            );
            hash.AppendData(SHA256.HashData(line.Record.Data.Span));
        }

        var sequence = first.SequenceNumber.Length > 0 ? $"{first.SequenceNumber}-" : "";
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}{time.UtcDateTime:yyyy'/'MM'/'dd'/'HH'/'mm.ss.fff}-{(first.Shard.Length > 0 ? first.Shard : "no-shard")}-{sequence}{digest}.jsonl.gz"
        );
    }

    public static byte[] Write(IReadOnlyList<BackupLine> lines)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            using var json = new Utf8JsonWriter(gzip);
            foreach (var line in lines)
            {
                Write(json, line);
                json.Flush();
                json.Reset();
                gzip.WriteByte((byte)'\n');
            }
        }

        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no such object. The message says in which line, and why.</exception>
    public static IReadOnlyList<BackupLine> Read(ReadOnlyMemory<byte> data, int mostBytes)
    {
        using var inflated = Inflated.Open(data, mostBytes, out var problem) ?? throw new InvalidDataException(problem);
        List<BackupLine> lines = [];
        var (rest, number) = (inflated.Bytes, 0);
        while (!rest.IsEmpty)
        {
            number++;
            var end = rest.Span.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!text.Span.Trim(" \r\t"u8).IsEmpty)
            {
                lines.AddRange(BackupForms.Read(text, number));
            }
        }

        return lines;
    }

    private static void Write(Utf8JsonWriter json, BackupLine line)
    {
        json.WriteStartObject();
        json.WriteString("reason", line.Reason);
        json.WriteString("stream", line.Record.Stream);
        json.WriteString("shard", line.Record.Shard);
        json.WriteString("sequence_number", line.Record.SequenceNumber);
        json.WriteString("partition_key", line.Record.PartitionKey);
        if (line.Record.Arrived is { } arrived)
        {
            json.WriteString("arrived", arrived);
        }

        if (line.Only is { } only)
        {
            json.WriteStartArray("events");
            foreach (var ordinal in only)
            {
                json.WriteNumberValue(ordinal);
            }

            json.WriteEndArray();
        }

        json.WriteBase64String("data", line.Record.Data.Span);
        json.WriteEndObject();
    }
}

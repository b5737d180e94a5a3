using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertHub.Tests.Support;

/// <summary>A sample event with something wrong: bytes changed at random, or a JSON value replaced by one nobody expects.</summary>
internal sealed record Mutation(string Sample, int Seed)
{
    private static readonly byte[][] Unexpected =
    [
        .. (
            (string[])
                [
                    "null",
                    "true",
                    "{}",
                    "[]",
                    "0",
                    "-1",
                    "1e400",
                    "-1.5e-300",
                    "99999999999999999999999999999999999999999999",
                    "\"\"",
                    "\" \\t\\n\"",
                    "\"\\ud83d\"",
                    "\"\\udd25 half\"",
                    "\"a\\u0000\\u0008\\u001b b\"",
                    "\"<!channel>`&\\\\\\\"|>\"",
                    "\"0001-01-01T00:00:00Z\"",
                    "\"0002-01-01T00:00:00Z\"",
                    "\"9998-12-31T23:59:59.999-12:00\"",
                    "\"ALARM\"",
                    "\"resolved\"",
                    "\"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:\"",
                    "\"arn:::::\"",
                    "\"https://\"",
                    "{\"\\ud800\":\"x\"}",
                    "[null,[],{},\"x\",7]",
                    "[{\"labels\":{}},{\"labels\":{\"a\":null}}]",
                ]
        ).Select(Encoding.UTF8.GetBytes),
        [.. Enumerable.Repeat((byte)'[', 200), .. Enumerable.Repeat((byte)']', 200)],
        [.. "\""u8, .. Enumerable.Repeat((byte)'x', 50_000), .. "\""u8],
        [.. "\""u8, .. Enumerable.Repeat("🔥"u8.ToArray(), 5_000).SelectMany(b => b), .. "\""u8],
        [
            .. "{"u8,
            .. Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"k{i}\":\"v\""))),
            .. "}"u8,
        ],
    ];

    public byte[] Bytes()
    {
        var random = new Random(Seed);
        var bytes = Samples.Bytes(Sample);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes =
                random.Next(2) == 0 ? Scramble(bytes, random) : ReplaceValue(bytes, random) ?? Scramble(bytes, random);
        }

        return bytes;
    }

    public override string ToString()
    {
        var bytes = Bytes();
        var text = Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 3000)));
        return $"new Mutation(\"{Sample}\", {Seed}), {bytes.Length} bytes, in base64: {text}";
    }

    private static byte[] Scramble(byte[] bytes, Random random)
    {
        var (from, to) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        var other = Samples.Bytes(Samples.Names[random.Next(Samples.Names.Count)]);
        return random.Next(6) switch
        {
            0 when bytes.Length > 0 => Flip(bytes, random),
            1 => bytes[..from],
            2 => [.. bytes[..to], .. bytes[from..]],
            3 => [.. bytes[..from], .. bytes[to..]],
            4 => [.. bytes[..from], .. other[random.Next(other.Length + 1)..]],
            _ => [.. bytes[..from], (byte)random.Next(256), (byte)random.Next(256), .. bytes[from..]],
        };
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    /// <summary>Null where the bytes are not JSON. A value that is itself a document is gone into.</summary>
    private static byte[]? ReplaceValue(byte[] json, Random random)
    {
        if (Values(json) is not { Count: > 0 } values)
        {
            return null;
        }

        var (start, end, text) = values[random.Next(values.Count)];
        var inner =
            text is ['{', ..] && random.Next(10) > 0 ? ReplaceValue(Encoding.UTF8.GetBytes(text), random) : null;
        byte[] replacement = inner is null
            ? Unexpected[random.Next(Unexpected.Length)]
            :
            [
                .. "\""u8,
                .. Encoding.UTF8.GetBytes(JavaScriptEncoder.Default.Encode(Encoding.UTF8.GetString(inner))),
                .. "\""u8,
            ];
        return [.. json[..start], .. replacement, .. json[end..]];
    }

    private static List<(int Start, int End, string? Text)>? Values(byte[] json)
    {
        var values = new List<(int, int, string?)>();
        var containers = new Stack<int>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        containers.Push(start);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        values.Add((containers.Pop(), end, null));
                        break;
                    case JsonTokenType.String:
                        values.Add((start, end, reader.GetString()));
                        break;
                    case not JsonTokenType.PropertyName:
                        values.Add((start, end, null));
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return values;
    }
}

using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AlertHub.Lambda.Configuration;

/// <summary>JSON of our own, packed with brotli: how configurations lie in the table.</summary>
internal static class Packed
{
    public static byte[] Of<T>(T value, JsonTypeInfo<T> type, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, level))
        {
            JsonSerializer.Serialize(brotli, value, type);
        }

        return packed.ToArray();
    }

    /// <exception cref="FormatException">It is damaged.</exception>
    public static T Read<T>(Stream packed, JsonTypeInfo<T> type)
    {
        try
        {
            using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
            return JsonSerializer.Deserialize(brotli, type) ?? throw new FormatException("it is null");
        }
        // The second is what a BrotliStream throws where its bytes are none of brotli's.
        catch (Exception e) when (e is JsonException or InvalidOperationException or InvalidDataException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}

[JsonSerializable(typeof(ConfigText))]
[JsonSerializable(typeof(ConfigEntry[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
internal sealed partial class ConfigJson : JsonSerializerContext;

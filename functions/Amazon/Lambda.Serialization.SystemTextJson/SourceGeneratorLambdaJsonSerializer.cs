using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Reads events and writes answers with the types of a source-generated context: names in any case, camel case out,
/// nulls left out, times also as epoch seconds, streams as base64.
/// </summary>
/// <remarks>The options the context was declared with do not count: it is made anew with these.</remarks>
public sealed class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext
> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonSerializerContext context;

    public SourceGeneratorLambdaJsonSerializer()
        : this(null) { }

    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions>? customizer)
    {
        JsonSerializerOptions options = new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            PropertyNamingPolicy = new AwsNamingPolicy(),
        };
        options.Converters.Add(new DateTimeConverter());
        options.Converters.Add(new MemoryStreamConverter());
        options.Converters.Add(new ByteArrayConverter());
        customizer?.Invoke(options);

        context =
            (JsonSerializerContext?)Activator.CreateInstance(typeof(TSGContext), options)
            ?? throw new JsonSerializerException($"'{typeof(TSGContext).FullName}' cannot be created.");
    }

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            var type = TypeInfo<T>();
            var value =
                requestStream is MemoryStream memory && memory.TryGetBuffer(out var buffer)
                    ? JsonSerializer.Deserialize(buffer.AsSpan((int)memory.Position), type)
                    : JsonSerializer.Deserialize(requestStream, type);
            // As in the official package the event `null` arrives as null.
            return value!;
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException(
                $"Error converting the Lambda event JSON payload to type {typeof(T).FullName}: {exception.Message}",
                exception
            );
        }
    }

    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, WriterOptions);
            JsonSerializer.Serialize(writer, response, TypeInfo<T>());
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException(
                $"Error converting the response object of type {typeof(T).FullName} from the Lambda function to JSON: {exception.Message}",
                exception
            );
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException(
            $"No JsonTypeInfo registered in {typeof(TSGContext).FullName} for type {typeof(T).FullName}: add [JsonSerializable(typeof({typeof(T).Name}))] to it."
        );
}

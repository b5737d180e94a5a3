using System.Text.Json;
using AlertHub.Aws;
using Amazon.Lambda.Core;

namespace FlowLogs.Functions;

/// <summary>Delivers the backup again, on a schedule or when it is told: <c>{"command": "replay", "from": "refused/"}</c>.</summary>
internal sealed class ReplayFunction(Replaying replaying, TimeProvider time)
{
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var deadline = new Deadline(context, time);
        using var sending = SendingTime.Until(deadline, time);
        var prefixes = await PrefixesAsync(input).ConfigureAwait(false);
        var replayed = await replaying.RunAsync(prefixes, sending.Token, deadline.Token).ConfigureAwait(false);
        var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteNumber("objects", replayed.Objects);
            json.WriteNumber("events", replayed.Events);
            json.WriteString("stopped", replayed.Stopped);
            json.WriteEndObject();
        }

        answer.Position = 0;
        return answer;
    }

    private static async Task<IReadOnlyList<string>> PrefixesAsync(Stream input)
    {
        const string Example = "write {\"command\": \"replay\"} or {\"command\": \"replay\", \"from\": \"refused/\"}";
        try
        {
            using var json = await JsonDocument.ParseAsync(input).ConfigureAwait(false);
            if (
                json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("command", out var command)
                || command.ValueKind != JsonValueKind.String
                || command.GetString() != "replay"
            )
            {
                throw new FlowLogException($"the event is no command; {Example}");
            }

            return !json.RootElement.TryGetProperty("from", out var from) ? Replaying.ByItself
                : from.ValueKind == JsonValueKind.String && from.GetString() is { Length: > 0 } prefix ? [prefix]
                : throw new FlowLogException($"\"from\" is no prefix; {Example}");
        }
        catch (JsonException e)
        {
            throw new FlowLogException($"the event is not JSON (byte {e.BytePositionInLine}); {Example}");
        }
    }
}

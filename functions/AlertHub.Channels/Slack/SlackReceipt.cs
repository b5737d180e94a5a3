using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertHub.Channels.Slack;

/// <summary>A bot's message, as it is found again to be changed, and what it said when it was told last.</summary>
internal sealed record SlackReceipt
{
    /// <summary>The channel's id, as Slack gave it: to change a message, a name is not enough.</summary>
    [JsonPropertyName("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The message's id within the channel: <c>1503435956.000247</c>.</summary>
    [JsonPropertyName("ts")]
    public string Ts { get; init; } = "";

    /// <summary>To where it was sent, as it stands in the settings.</summary>
    [JsonPropertyName("to")]
    public string To { get; init; } = "";

    /// <summary>How bad what fired was: <see cref="SlackSeverity"/>.</summary>
    [JsonPropertyName("severity")]
    public int Severity { get; init; }

    /// <summary>Since when its first alert fired, in Unix seconds.</summary>
    [JsonPropertyName("since")]
    public long Since { get; init; }

    /// <summary>The hash of what it was changed to in an attempt that got no further; null where there was none.</summary>
    [JsonPropertyName("done")]
    public string? Done { get; init; }

    public override string ToString() => JsonSerializer.Serialize(this, SlackReceiptJson.Default.SlackReceipt);

    /// <summary>Null where it is none, or no id of a message is in it.</summary>
    public static SlackReceipt? Parse(string? text)
    {
        try
        {
            return
                text is not null
                && JsonSerializer.Deserialize(text, SlackReceiptJson.Default.SlackReceipt) is { } receipt
                && IsMessage(receipt.Channel, receipt.Ts)
                ? receipt
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether that is the id of a channel, and that of a message.</summary>
    public static bool IsMessage(string? channel, string? ts) =>
        channel is { Length: >= 1 and <= 40 }
        && channel.All(char.IsAsciiLetterOrDigit)
        && ts is { Length: >= 3 and <= 40 }
        && ts.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && dot < ts.Length - 1
        && ts.All(static c => char.IsAsciiDigit(c) || c == '.')
        && ts.Count(static c => c == '.') == 1;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackReceipt))]
internal sealed partial class SlackReceiptJson : JsonSerializerContext;

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AlertHub.Notifying;
using AlertHub.Picturing;

namespace AlertHub.Channels.Slack;

/// <summary>
/// Shows a picture in the thread of a message, by Slack's external upload (https://docs.slack.dev/messaging/working-with-files,
/// 2026-11): Slack is asked where to send it, it is sent there, and then it is shown. The bot needs the scope files:write.
/// </summary>
internal sealed class SlackFiles(HttpDelivery http, TimeSpan timeout)
{
    /// <summary>Why it is not shown, as a sentence; null where it is.</summary>
    /// <param name="api">Of chat.postMessage.</param>
    /// <param name="picture">To show.</param>
    /// <param name="message">In whose thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> ShowAsync(
        Uri api,
        Picture picture,
        SlackReceipt message,
        CancellationToken cancellationToken
    )
    {
        // JSON is no way to ask this method.
        var asked = await CallAsync(
                api,
                "files.getUploadURLExternal",
                Encoding.UTF8.GetBytes(
                    $"filename=graph.png&length={picture.Png.Length.ToString(CultureInfo.InvariantCulture)}&alt_txt={Uri.EscapeDataString(picture.AltText)}"
                ),
                "application/x-www-form-urlencoded",
                cancellationToken
            )
            .ConfigureAwait(false);
        if (asked.Fault != SlackFault.None)
        {
            return Sentence(asked.Result);
        }

        if (asked.File is not { } file || Address(file.Url, api) is not { } address)
        {
            return "Slack did not say where to send the picture";
        }

        var sent = await http.PostAsync(
                address,
                picture.Png.ToArray(),
                "application/octet-stream",
                timeout,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (sent is not HttpOutcome.Answered { Status: HttpStatusCode.OK })
        {
            return sent is HttpOutcome.Answered answer
                ? $"Slack answered {(int)answer.Status} to the picture"
                : Sentence(((HttpOutcome.Failed)sent).Result);
        }

        var shown = await CallAsync(
                api,
                "files.completeUploadExternal",
                Completion(file.Id, picture.Title, message),
                "application/json",
                cancellationToken
            )
            .ConfigureAwait(false);
        return shown.Fault == SlackFault.None ? null : Sentence(shown.Result);
    }

    private async Task<SlackApiAnswer> CallAsync(
        Uri api,
        string method,
        byte[] body,
        string mediaType,
        CancellationToken cancellationToken
    ) =>
        SlackApiAnswer.Of(
            await http.PostAsync(SlackBot.Method(api, method), body, mediaType, timeout, cancellationToken)
                .ConfigureAwait(false)
        );

    /// <summary>Where Slack keeps files: of its own domain, since the bot's token goes along. Null where it is elsewhere.</summary>
    private static Uri? Address(string text, Uri api) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme == api.Scheme
        && (url.Host == api.Host || url.Host.EndsWith($".{api.Host}", StringComparison.OrdinalIgnoreCase))
            ? url
            : null;

    private static byte[] Completion(string id, string title, SlackReceipt message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("title", title);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("channel_id", message.Channel);
            json.WriteString("thread_ts", message.Ts);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Sentence(DeliveryResult result) =>
        result switch
        {
            DeliveryResult.TryLater { Reason: var reason }
                when reason.Contains("missing_scope", StringComparison.Ordinal) =>
                "Slack answered 'missing_scope': give the app the scope files:write, and install it again",
            DeliveryResult.TryLater later => later.Reason,
            DeliveryResult.Refused refused => refused.Reason,
            DeliveryResult.Ambiguous ambiguous => ambiguous.Reason,
            _ => "Slack did not say what it did",
        };
}

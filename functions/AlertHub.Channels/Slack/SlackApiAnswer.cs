using System.Net;
using System.Text.Json;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>What the Web API answered: <c>{"ok":true,"channel":"C…","ts":"…"}</c> or <c>{"ok":false,"error":"…"}</c>, both with 200.</summary>
internal sealed record SlackApiAnswer
{
    /// <summary>Until an address, a channel or a token is tried again: somebody has to put another in its place.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public required SlackFault Fault { get; init; }

    /// <summary>What it means for a message that was to be posted, and is not tried in another way.</summary>
    public required DeliveryResult Result { get; init; }

    /// <summary>Of the message; null where there is none, or Slack did not say.</summary>
    public (string Channel, string Ts)? Message { get; init; }

    /// <summary>Where a file is to be sent, and what it is called from then on; null where Slack says nothing of one.</summary>
    public (string Url, string Id)? File { get; init; }

    public static SlackApiAnswer Of(HttpOutcome outcome) =>
        outcome switch
        {
            HttpOutcome.Failed { Result: DeliveryResult.Ambiguous } failed => new()
            {
                Fault = SlackFault.Unsure,
                Result = failed.Result,
            },
            HttpOutcome.Failed failed => new() { Fault = SlackFault.Later, Result = failed.Result },
            HttpOutcome.Answered { Status: HttpStatusCode.OK } answer => OfOk(answer),
            HttpOutcome.Answered answer => OfStatus(answer),
            _ => throw new InvalidOperationException($"an outcome of no known kind: {outcome.GetType().Name}"),
        };

    private static SlackApiAnswer OfOk(HttpOutcome.Answered answer)
    {
        if (Read(answer.Text) is not { } json)
        {
            return answer.IsWhole
                ? new()
                {
                    Fault = SlackFault.Access,
                    Result = new DeliveryResult.TryLater(
                        $"Slack's Web API answers JSON, this address answered {answer.Shown}; check that the URL ends in /api/chat.postMessage",
                        Pause
                    )
                    {
                        Failure = FailureReason.ClientError,
                    },
                }
                : new()
                {
                    Fault = SlackFault.Unsure,
                    Result = new DeliveryResult.Ambiguous("Slack's answer broke off"),
                };
        }

        if (Text(json, "ok") is "True")
        {
            var (channel, ts) = (Text(json, "channel"), Text(json, "ts"));
            return new()
            {
                Fault = SlackFault.None,
                Result = new DeliveryResult.Delivered(),
                Message = SlackReceipt.IsMessage(channel, ts) ? (channel!, ts!) : null,
                File = Text(json, "upload_url") is { } url && Text(json, "file_id") is { } file ? (url, file) : null,
            };
        }

        return OfError(Text(json, "error") ?? "", answer);
    }

    private static SlackApiAnswer OfError(string code, HttpOutcome.Answered answer)
    {
        var fault = SlackFaults.Of(code);
        var reason = $"Slack answered {Describe(code, answer)}{SlackFaults.Remedy(code)}";
        return new()
        {
            Fault = fault,
            Result = fault switch
            {
                SlackFault.Channel => new DeliveryResult.TryLater(reason, Pause)
                {
                    Failure = FailureReason.ClientError,
                },
                SlackFault.Access => new DeliveryResult.TryLater(reason, Pause) { Failure = FailureReason.AuthError },
                SlackFault.TooMany => new DeliveryResult.TryLater(reason, answer.RetryAfter)
                {
                    Failure = FailureReason.RateLimited,
                },
                SlackFault.Later => new DeliveryResult.TryLater(reason, answer.RetryAfter)
                {
                    Failure = FailureReason.ServerError,
                },
                SlackFault.Unsure => new DeliveryResult.Ambiguous(reason) { Failure = FailureReason.ServerError },
                _ => new DeliveryResult.Refused(reason) { Failure = FailureReason.ClientError },
            },
        };
    }

    /// <summary>A proxy, a gateway, or a Slack that is not well.</summary>
    private static SlackApiAnswer OfStatus(HttpOutcome.Answered answer)
    {
        var reason = $"Slack answered {(int)answer.Status} {answer.Shown}";
        return answer.ToResult(reason) switch
        {
            DeliveryResult.TryLater later => new()
            {
                Fault = answer.Status == HttpStatusCode.TooManyRequests ? SlackFault.TooMany : SlackFault.Later,
                Result = later,
            },
            DeliveryResult.Refused when answer.Status == HttpStatusCode.RequestEntityTooLarge => new()
            {
                Fault = SlackFault.Content,
                Result = new DeliveryResult.Refused(reason) { Failure = answer.Failure },
            },
            _ => new()
            {
                Fault = SlackFault.Access,
                Result = new DeliveryResult.TryLater(
                    $"{reason}; check the URL of chat.postMessage and the bot's token",
                    Pause
                )
                {
                    Failure = answer.Failure,
                },
            },
        };
    }

    /// <summary>Slack's code; of anything else what a person may read of it.</summary>
    private static string Describe(string code, HttpOutcome.Answered answer) =>
        code.Length is >= 2 and <= 60
        && code.All(static c => char.IsAsciiLetterLower(c) || c == '_')
        && answer.Shown.Contains(code, StringComparison.Ordinal)
            ? $"'{code}'"
            : answer.Shown;

    private static JsonElement? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String or JsonValueKind.True
            ? member.ToString()
            : null;
}

using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// What Lambda says of an asynchronous invocation, or of a batch of a stream, at a destination. An event that a function of this
/// project failed at <see cref="Envelope"/> takes out before.
/// </summary>
internal static class LambdaInvocation
{
    /// <summary>Of the event, in characters: more than any destination shows.</summary>
    private const int MostShown = 16 * 1024;

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "lambda-invocation",
                "lambda",
                ["Lambda Function Invocation Result - Failure", "Lambda Function Invocation Result - Success"],
                static happened => Tell(happened.Detail)
            )
            .OrJson(static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement record)
    {
        if (
            record.Member("requestContext") is not { } context
            || context.Text("functionArn") is not { } arn
            || context.Text("condition") is not { } condition
        )
        {
            return null;
        }

        var function = arn.Split(':') is [_, _, _, _, _, _, var name, ..] ? name : arn;
        var isFailure = condition != "Success";
        var answer = record.Member("responsePayload") ?? default;
        var parsed = Arn.Parse(arn);
        var batch = StreamBatch.Of(record);
        return new()
        {
            Name = isFailure ? "Lambda invocation failed" : "Lambda invocation",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = condition,
            Summary = isFailure
                ? $"{function} gave up on {batch?.Words ?? "an event"}{Why(condition, context.Text("approximateInvokeCount"))}{AwsWords.Behind(answer.Text("errorType"))}"
                : $"{function} is done with an event",
            Description = batch?.Place,
            Reason = answer.Text("errorMessage"),
            Resource = function,
            Account = parsed?.Account,
            Region = parsed?.Region,
            At = record.Time("timestamp"),
            ConsolePath = $"lambda/home#/functions/{Uri.EscapeDataString(function)}?tab=monitoring",
            Facts =
            [
                new("attempts", context.Text("approximateInvokeCount") ?? ""),
                new("request", context.Text("requestId") ?? ""),
                // The event is lost but for this.
                new(Annotation.Raw, isFailure ? Payload(record) : ""),
            ],
        };
    }

    private static string Why(string condition, string? attempts) =>
        condition switch
        {
            "EventAgeExceeded" => " that had become too old",
            "RetriesExhausted" when attempts is not null => $" after {AwsWords.Count(attempts, "attempt")}",
            _ => "",
        };

    /// <summary>Without the margin that it has as a part of the record.</summary>
    private static string Payload(JsonElement record)
    {
        if (record.Member("requestPayload")?.GetRawText() is not { } text)
        {
            return "";
        }

        var last = text[(text.LastIndexOf('\n') + 1)..];
        var margin = last[..^last.TrimStart().Length];
        var shown = text.Replace($"\n{margin}", "\n", StringComparison.Ordinal);
        return Readable.Beginning(shown, MostShown).ToString();
    }
}

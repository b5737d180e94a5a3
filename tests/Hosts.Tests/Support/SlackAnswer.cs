namespace Hosts.Tests.Support;

/// <summary>What <see cref="RecordingSlack"/> does with a request in place of checking it.</summary>
internal abstract record SlackAnswer
{
    private SlackAnswer() { }

    /// <summary>An answer, with Retry-After where given.</summary>
    public sealed record Status(int Code, string Text, TimeSpan? RetryAfter = null) : SlackAnswer;

    /// <summary>Takes the message and breaks the connection before the answer.</summary>
    public sealed record Reset : SlackAnswer;

    /// <summary>Does what it is asked to and breaks the connection before the answer.</summary>
    public sealed record Lost : SlackAnswer;

    /// <summary>Takes the message and answers ok when <paramref name="Until"/> completes.</summary>
    public sealed record Hold(Task Until) : SlackAnswer;

    public static SlackAnswer RateLimited(TimeSpan after) => new Status(429, "rate_limited", after);

    /// <summary>An error of the Web API.</summary>
    public static SlackAnswer Error(string code) =>
        new Status(200, $$$"""{"ok":false,"error":"{{{code}}}","response_metadata":{"messages":[]}}""");

    public static SlackAnswer RollupError { get; } = new Status(500, "rollup_error");

    public static SlackAnswer NoService { get; } = new Status(404, "no_service");

    public static SlackAnswer ChannelIsArchived { get; } = new Status(410, "channel_is_archived");
}

/// <summary>A request that came, and what was answered.</summary>
/// <param name="Body">As it came.</param>
/// <param name="Answer">Status and text; 0 where the connection was broken.</param>
/// <param name="Method">Of the Web API; null at a webhook.</param>
internal sealed record SlackPost(string Body, (int Status, string Text) Answer, string? Method = null)
{
    /// <summary>The Web API says with 200, too, what it does not take.</summary>
    public bool Taken => Answer.Status == 200 && !Answer.Text.StartsWith("""{"ok":false""", StringComparison.Ordinal);

    public bool Shows(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (!Body.Contains(text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

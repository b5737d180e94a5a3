using System.Globalization;
using System.Net.Http.Headers;

namespace FlowLogs.Hec;

/// <summary>One request to HEC, past the breaker, and how it was answered. Throws for nothing that HEC or the network does.</summary>
internal sealed class HecPost(HttpClient http, HecSettings settings, HecBreaker breaker, TimeProvider time)
{
    private const int LongestAnswerBytes = 64 * 1024;

    private readonly Uri events = new(settings.Url, "/services/collector/event");
    private readonly Uri acks = new(settings.Url, $"/services/collector/ack?channel={settings.Channel:D}");

    /// <summary>The answer is null where time was up first.</summary>
    public Task<(HecAnswer? Answer, bool Opened)> EventsAsync(
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/json");
        if (settings.Gzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return PassAsync(events, content, HecAnswer.Read, cancellationToken);
    }

    public Task<(HecAnswer? Answer, bool Opened)> AcksAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var list = string.Join(',', ids.Select(static id => id.ToString(CultureInfo.InvariantCulture)));
        var content = new StringContent($$"""{"acks":[{{list}}]}""", new MediaTypeHeaderValue("application/json"));
        return PassAsync(acks, content, HecAnswer.ReadAcks, cancellationToken);
    }

    private async Task<(HecAnswer? Answer, bool Opened)> PassAsync(
        Uri url,
        HttpContent content,
        Func<int, ReadOnlyMemory<byte>, TimeSpan?, HecAnswer> read,
        CancellationToken cancellationToken
    )
    {
        var (pass, reason) = breaker.Enter();
        if (pass is null)
        {
            content.Dispose();
            return (new HecAnswer.Refused(Refusal.Token, null, $"not sent, since {reason}"), false);
        }

        var answer = await SendAsync(url, content, read, cancellationToken).ConfigureAwait(false);
        return (answer, breaker.Settle(pass, answer));
    }

    private async Task<HecAnswer?> SendAsync(
        Uri url,
        HttpContent content,
        Func<int, ReadOnlyMemory<byte>, TimeSpan?, HecAnswer> read,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        // Parsing would put what it cannot read into its exception.
        request.Headers.TryAddWithoutValidation("Authorization", $"Splunk {settings.Token.Reveal()}");
        if (settings.Channel is { } channel)
        {
            request.Headers.TryAddWithoutValidation("X-Splunk-Request-Channel", channel.ToString("D"));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var body = await ReadAsync(response, either.Token).ConfigureAwait(false);
            return read((int)response.StatusCode, body, After(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested
                ? null
                : new HecAnswer.TryAgain(null, $"no answer within {settings.Timeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException e)
        {
            return new HecAnswer.TryAgain(null, $"the connection failed ({e.HttpRequestError})");
        }
        catch (IOException)
        {
            return new HecAnswer.TryAgain(null, "the connection broke");
        }
    }

    /// <summary>What is longer is no answer of HEC's, and reads as none once it is cut.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken end)
    {
        using var stream = await response.Content.ReadAsStreamAsync(end).ConfigureAwait(false);
        var body = new byte[LongestAnswerBytes];
        var length = await stream.ReadAtLeastAsync(body, body.Length, false, end).ConfigureAwait(false);
        return body.AsMemory(0, length);
    }

    private TimeSpan? After(RetryConditionHeaderValue? header)
    {
        var after = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return after < TimeSpan.Zero ? TimeSpan.Zero : after;
    }
}

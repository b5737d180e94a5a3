using System.Net;
using System.Text;
using AlertHub.Channels;

namespace AlertHub.Tests.Support;

/// <summary>
/// The other side of HTTP, in memory: answers one after the other as it was told to, the last one for ever, and keeps
/// what it was sent.
/// </summary>
internal sealed class Destination : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> answers = [];

    public FakeClock Clock { get; } = new();

    public List<(Uri Url, string MediaType, byte[] Body)> Requests { get; } = [];

    /// <summary>False where the connection is to break before anything is sent.</summary>
    public bool TakesTheRequest { get; init; } = true;

    public HttpDelivery Delivery() => new(this, Clock);

    public Destination Answers(int status, string body = "", string mediaType = "text/plain", string? retryAfter = null)
    {
        answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(body, Encoding.UTF8, mediaType),
            };
            if (retryAfter is not null)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return Task.FromResult(response);
        });
        return this;
    }

    public Destination Breaks(Exception with)
    {
        answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(with));
        return this;
    }

    /// <summary>No answer, and the clock runs on.</summary>
    public Destination IsSilentFor(TimeSpan time)
    {
        answers.Enqueue(async cancellationToken =>
        {
            Clock.Advance(time);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("nobody gave up");
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TakesTheRequest && request.Content is { } content)
        {
            using var sent = new MemoryStream();
            await content.CopyToAsync(sent, cancellationToken);
            lock (gate)
            {
                Requests.Add((request.RequestUri!, content.Headers.ContentType?.MediaType ?? "", sent.ToArray()));
            }
        }

        Func<CancellationToken, Task<HttpResponseMessage>> answer;
        lock (gate)
        {
            answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }

        return await answer(cancellationToken);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Sources;

/// <summary>Calls that AWS makes itself: by CloudFormation, Lambda and EventBridge.</summary>
internal sealed class AwsPost(Uri url, string accessKey) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="service">As it signs.</param>
    /// <param name="target">Prefix and operation, as in <c>AmazonSQS.SendMessage</c>.</param>
    /// <param name="body">Of the request.</param>
    /// <param name="host">Header; by default that of the URL.</param>
    /// <exception cref="HttpRequestException">It was not done; the message says what was answered.</exception>
    public async Task<JsonObject> SendAsync(
        string service,
        string target,
        JsonObject body,
        string? host = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(
                body.ToJsonString(),
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/x-amz-json-1.0")
            ),
        };
        request.Headers.Host = host;
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKey}/20260101/{Physical.Region}/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? text is ""
                ? []
                : (JsonObject)JsonNode.Parse(text)!
            : throw new HttpRequestException(
                $"{target} was answered {(int)answer.StatusCode}: {text}",
                null,
                answer.StatusCode
            );
    }

    public void Dispose() => http.Dispose();
}

using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace Amazon.AwsJson;

/// <summary>
/// Calls of the awsJson protocol, signed by AWSSDK.Core and tried again by the rules of the SDKs' standard retry mode:
/// full jitter, at most 20 seconds, the server's wish honoured, a quota. Each try is signed anew.
/// </summary>
internal sealed class AwsJsonClient : IDisposable
{
    private const int MaxBackoffSeconds = 20;
    private static readonly TimeSpan MaxExtraWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromMinutes(5);

    private readonly AwsJsonDialect service;
    private readonly AwsClientSettings settings;
    private readonly Func<AwsJsonError, AmazonServiceException> toException;
    private readonly AwsEndpoint endpoint;
    private readonly AwsCredentialSource credentials;
    private readonly RetryQuota quota = new();
    private readonly HttpMessageInvoker http;

    // What is to be added to our clock to get AWS's.
    private TimeSpan skew;

    public AwsJsonClient(
        AwsJsonDialect service,
        AwsClientSettings settings,
        Func<AwsJsonError, AmazonServiceException> toException
    )
    {
        this.service = service;
        this.settings = settings;
        this.toException = toException;
        endpoint = AwsEndpoint.Of(service, settings);
        credentials = new(settings);
        http = new(
            new SocketsHttpHandler
            {
                ActivityHeadersPropagator = null,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
    }

    /// <exception cref="AmazonServiceException">The service refused, or could not be reached in all tries.</exception>
    public async Task<AwsJsonResponse> SendAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        var resigned = false;
        var refreshed = false;
        var cost = 0;
        for (var tries = 1; ; )
        {
            var (response, error) = await TryAsync(operation, body, cancellationToken);
            if (response is not null)
            {
                quota.Return(cost);
                return response;
            }

            if (!resigned && error.IsClockSkew && CorrectClock(error.Date))
            {
                resigned = true;
                continue;
            }

            if (!refreshed && error.IsExpiredCredentials)
            {
                refreshed = true;
                credentials.Refresh();
                continue;
            }

            cost = error.IsTimeout ? RetryQuota.TimeoutCost : RetryQuota.RetryCost;
            if (!error.IsRetryable || tries > settings.MaxErrorRetry || !quota.TryTake(cost))
            {
                throw toException(error);
            }

            await Task.Delay(Backoff(tries, error.RetryAfter), settings.Time, cancellationToken);
            tries++;
        }
    }

    /// <exception cref="AmazonServiceException">The answer is not what the operation promises.</exception>
    public T Read<T>(AwsJsonResponse response, Func<JsonElement, T> read)
        where T : AmazonWebServiceResponse
    {
        try
        {
            using var document = response.Parse();
            return response.Describe(read(document.RootElement));
        }
        catch (Exception exception)
        {
            throw toException(
                new()
                {
                    Code = "UnreadableResponse",
                    Message = $"'{endpoint.Address}' sent an answer that cannot be read: {exception.Message}",
                    Status = response.Status,
                    RequestId = response.RequestId,
                    Exception = exception,
                }
            );
        }
    }

    public void Dispose() => http.Dispose();

    private TimeSpan Backoff(int tries, TimeSpan? retryAfter)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(settings.Random() * Math.Pow(2, tries - 1), MaxBackoffSeconds));
        if (retryAfter is not { } wish || wish < backoff)
        {
            return backoff;
        }

        return wish > backoff + MaxExtraWait ? backoff + MaxExtraWait : wish;
    }

    private bool CorrectClock(DateTimeOffset? server)
    {
        if (server is not { } time)
        {
            return false;
        }

        var now = settings.Time.GetUtcNow();
        if ((time - (now + skew)).Duration() <= TolerableSkew)
        {
            return false;
        }

        skew = time - now;
        return true;
    }

    private async Task<(AwsJsonResponse? Response, AwsJsonError Error)> TryAsync(
        string operation,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        using var request = await SignAsync(operation, body, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Timeout);
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var content = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            return answer.IsSuccessStatusCode
                ? (
                    new()
                    {
                        Status = answer.StatusCode,
                        RequestId = AwsJsonError.Header(answer, "x-amzn-requestid") ?? "",
                        Body = content,
                    },
                    NoError
                )
                : (null, AwsJsonError.Parse(answer, content));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                null,
                AwsJsonError.NoAnswer(
                    new TimeoutException(
                        $"'{endpoint.Address}' did not answer within {settings.Timeout.TotalSeconds} seconds."
                    )
                )
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, AwsJsonError.NoAnswer(exception));
        }
    }

    private static AwsJsonError NoError => new() { Code = "", Message = "" };

    private async Task<HttpRequestMessage> SignAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        AWSSigningRequest unsigned = new()
        {
            HttpMethod = HttpMethod.Post,
            RequestUri = endpoint.Address,
            Content = body,
        };
        unsigned.Headers["Content-Type"] = service.ContentType;
        unsigned.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{operation}";
        // Services that spoke the query protocol before then name errors in a header as they did there.
        unsigned.Headers["x-amzn-query-mode"] = "true";

        var signed = await AWSSigV4Signer.SignAsync(
            unsigned,
            new()
            {
                Credentials = await credentials.CurrentAsync(),
                Region = endpoint.Region,
                Service = service.SigningName,
                SignedAt = (settings.Time.GetUtcNow() + skew).UtcDateTime,
            },
            cancellationToken
        );

        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address)
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in unsigned.Headers)
        {
            Set(request, name, value);
        }

        foreach (var (name, value) in signed.Headers)
        {
            Set(request, name, value);
        }

        return request;
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
        {
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        else
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}

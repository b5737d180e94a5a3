using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertHub.Api.Client;

/// <summary>
/// API v2 of an Alertmanager, or of what takes its place. Nothing is tried twice and nothing is thrown but
/// <see cref="OperationCanceledException"/> where the caller cancels.
/// </summary>
/// <param name="http">
/// <see cref="HttpClient.BaseAddress"/> is the server's, with the path that stands before <c>api/v2</c> and a <c>/</c> at
/// its end; credentials are among the default headers.
/// </param>
public sealed class AlertmanagerClient(HttpClient http)
{
    /// <summary>Where an answer is no JSON, this much of it is told.</summary>
    private const int LongestQuote = 300;

    public Task<ApiResult<ApiStatus>> StatusAsync(CancellationToken cancellationToken = default) =>
        GetAsync("status", ApiJson.Default.ApiStatus, cancellationToken);

    public Task<ApiResult<IReadOnlyList<ApiReceiver>>> ReceiversAsync(CancellationToken cancellationToken = default) =>
        GetAsync("receivers", ApiJson.Default.IReadOnlyListApiReceiver, cancellationToken);

    /// <summary>True where all were taken. Where one was not, the others may have been.</summary>
    public Task<ApiResult<bool>> PostAlertsAsync(
        IReadOnlyList<AlertToPost> alerts,
        CancellationToken cancellationToken = default
    ) => DoAsync(HttpMethod.Post, "alerts", Json(alerts, ApiJson.Default.IReadOnlyListAlertToPost), cancellationToken);

    /// <summary>Those that have not ended, by fingerprint.</summary>
    public Task<ApiResult<IReadOnlyList<ApiAlert>>> AlertsAsync(
        AlertFilter? filter = null,
        CancellationToken cancellationToken = default
    ) => GetAsync($"alerts{filter?.ToQuery()}", ApiJson.Default.IReadOnlyListApiAlert, cancellationToken);

    public Task<ApiResult<IReadOnlyList<ApiGroup>>> GroupsAsync(
        AlertFilter? filter = null,
        CancellationToken cancellationToken = default
    ) => GetAsync($"alerts/groups{filter?.ToQuery()}", ApiJson.Default.IReadOnlyListApiGroup, cancellationToken);

    /// <param name="matchers">Such as <c>alertname="DiskFull"</c>: silences that have each of them, as it is written.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ApiResult<IReadOnlyList<ApiSilence>>> SilencesAsync(
        IReadOnlyList<string>? matchers = null,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            $"silences{new AlertFilter { Matchers = matchers ?? [] }.ToQuery()}",
            ApiJson.Default.IReadOnlyListApiSilence,
            cancellationToken
        );

    /// <summary>A failure with status 404 where there is none.</summary>
    public Task<ApiResult<ApiSilence>> SilenceAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync($"silence/{Uri.EscapeDataString(id)}", ApiJson.Default.ApiSilence, cancellationToken);

    /// <summary>The id, a new one also where a change made another silence of it.</summary>
    public async Task<ApiResult<string>> PostSilenceAsync(
        SilenceToPost silence,
        CancellationToken cancellationToken = default
    )
    {
        var result = await SendAsync(
            HttpMethod.Post,
            "silences",
            Json(silence, ApiJson.Default.SilenceToPost),
            body => JsonSerializer.Deserialize(body, ApiJson.Default.ApiSilenceId),
            cancellationToken
        );
        return result switch
        {
            ApiResult<ApiSilenceId>.Ok { Value.SilenceId: { Length: > 0 } id } => new ApiResult<string>.Ok(id),
            ApiResult<ApiSilenceId>.Failed failed => new ApiResult<string>.Failed(failed.Status, failed.Message),
            _ => new ApiResult<string>.Failed(0, "the answer names no silence"),
        };
    }

    /// <summary>Ends it now; true also where it had ended.</summary>
    public Task<ApiResult<bool>> ExpireSilenceAsync(string id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, $"silence/{Uri.EscapeDataString(id)}", null, cancellationToken);

    private Task<ApiResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, path, null, body => JsonSerializer.Deserialize(body, type), cancellationToken);

    private async Task<ApiResult<bool>> DoAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken
    ) =>
        await SendAsync(method, path, content, static _ => "", cancellationToken) switch
        {
            ApiResult<string>.Failed failed => new ApiResult<bool>.Failed(failed.Status, failed.Message),
            _ => new ApiResult<bool>.Ok(true),
        };

    private async Task<ApiResult<T>> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        Func<byte[], T?> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/v2/{path}", UriKind.Relative));
        request.Content = content;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return new ApiResult<T>.Failed((int)response.StatusCode, Objection(body, response.ReasonPhrase));
            }

            return read(body) is { } value
                ? new ApiResult<T>.Ok(value)
                : new ApiResult<T>.Failed((int)response.StatusCode, "the answer is null");
        }
        catch (JsonException e)
        {
            return new ApiResult<T>.Failed(0, $"the answer is not what an Alertmanager says: {e.Message}");
        }
        catch (HttpRequestException e)
        {
            return new ApiResult<T>.Failed(0, $"no answer from {http.BaseAddress?.Authority}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ApiResult<T>.Failed(0, $"no answer from {http.BaseAddress?.Authority} within {http.Timeout}");
        }
    }

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Alertmanager's objections are a string, or an object with a message; a proxy's are anything.</summary>
    private static string Objection(byte[] body, string? reason)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var said = document.RootElement.ValueKind switch
            {
                JsonValueKind.String => document.RootElement.GetString(),
                JsonValueKind.Object => document.RootElement.Deserialize(ApiJson.Default.ApiObjection)?.Message,
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(said))
            {
                return said.Trim();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not from Alertmanager: told as it is.
        }

        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length == 0 ? reason ?? "no reason given"
            : text.Length > LongestQuote ? $"{text[..LongestQuote]}…"
            : text;
    }
}

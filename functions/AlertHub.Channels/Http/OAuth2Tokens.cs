using System.Globalization;
using System.Net;
using System.Text.Json;
using AlertHub.Configuration;
using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>
/// Tokens by OAuth 2.0's client credentials (RFC 6749, section 4.4): one is used until it expires or is refused, and only one
/// is asked for at a time.
/// </summary>
internal sealed class OAuth2Tokens(OAuth2 config, HttpMessageHandler handler, SettingSecrets secrets, TimeProvider time)
    : IDisposable
{
    /// <summary>A token is not used in its last seconds: it may expire on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private const int LongestAnswerBytes = 64 * 1024;

    private readonly HttpMessageInvoker http = new(handler);
    private readonly SemaphoreSlim asking = new(1);
    private (string Header, DateTimeOffset Until)? held;

    /// <summary>Some servers do not take the client's secret in a header, which the standard asks of them.</summary>
    private bool secretGoesInBody;

    public async ValueTask<string?> AuthorizationAsync(string? refused, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (held is not { } token || token.Header == refused || token.Until <= time.GetUtcNow())
            {
                held = null;
                held = token = await AskAsync(cancellationToken).ConfigureAwait(false);
            }

            return token.Header;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException or JsonException)
        {
            throw new SecretUnavailableException($"{Server()} gave no token ({e.GetType().Name}); check oauth2", e);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>Whoever is asking now may end; without a wait handle the semaphore holds nothing to dispose of.</summary>
    public void Dispose() => http.Dispose();

    private async Task<(string Header, DateTimeOffset Until)> AskAsync(CancellationToken cancellationToken)
    {
        var secret = await secrets
            .GetAsync(
                config.ClientSecret,
                config.ClientSecretFile,
                config.ClientSecretRef,
                refresh: true,
                cancellationToken
            )
            .ConfigureAwait(false);
        var (status, text) = await PostAsync(secret ?? "", secretGoesInBody, cancellationToken).ConfigureAwait(false);
        if (!secretGoesInBody && status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            var other = await PostAsync(secret ?? "", inBody: true, cancellationToken).ConfigureAwait(false);
            secretGoesInBody = other.Status == HttpStatusCode.OK;
            (status, text) = secretGoesInBody ? other : (status, text);
        }

        return status == HttpStatusCode.OK
            ? Read(text)
            : throw new SecretUnavailableException($"{Server()} answered {(int)status}{Error(text)}; check oauth2");
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(
        string secret,
        bool inBody,
        CancellationToken cancellationToken
    )
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials")];
        if (config.Scopes.Count > 0)
        {
            form.Add(new("scope", string.Join(' ', config.Scopes)));
        }

        form.AddRange(config.EndpointParams);
        if (inBody)
        {
            form.AddRange([new("client_id", config.ClientId), new("client_secret", secret)]);
        }

        using var content = new FormUrlEncodedContent(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, config.TokenUrl) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", HttpDelivery.UserAgent);
        if (!inBody)
        {
            request.Headers.Authorization = new(
                "Basic",
                BasicText.Of(WebUtility.UrlEncode(config.ClientId), WebUtility.UrlEncode(secret))
            );
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestAnswerBytes];
        var length = await stream
            .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return (response.StatusCode, System.Text.Encoding.UTF8.GetString(buffer, 0, length));
    }

    private (string Header, DateTimeOffset Until) Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var token = Text(json.RootElement, "access_token");
        if (token is not { Length: > 0 })
        {
            throw new SecretUnavailableException($"{Server()} answered without an access_token; check oauth2");
        }

        var type = Text(json.RootElement, "token_type");
        type = type is null or "" || type.Equals("bearer", StringComparison.OrdinalIgnoreCase) ? "Bearer" : type;
        var until =
            double.TryParse(Text(json.RootElement, "expires_in"), CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < int.MaxValue
                ? time.GetUtcNow().AddSeconds(seconds) - Margin
                : DateTimeOffset.MaxValue;
        return ($"{type} {token}", until);
    }

    /// <summary>A text, or the number that some write as one.</summary>
    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    /// <summary>The standard's code, such as <c>invalid_client</c>; nothing else of the answer, which may repeat the secret.</summary>
    private static string Error(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
                Text(json.RootElement, "error") is { Length: <= 40 } code
                && code.All(static c => char.IsAsciiLetterLower(c) || c == '_')
                ? $" '{code}'"
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private string Server() =>
        Uri.TryCreate(config.TokenUrl, UriKind.Absolute, out var url)
            ? $"the token's server {url.Authority}"
            : "the token's server";
}

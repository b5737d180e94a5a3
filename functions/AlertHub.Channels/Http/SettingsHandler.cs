using System.Net;
using AlertHub.Configuration;
using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>
/// Adds to each request what an <see cref="HttpClientConfig"/> says: headers and credentials. Where these are refused, it
/// looks for newer ones, once.
/// </summary>
internal sealed class SettingsHandler(
    HttpClientConfig config,
    Credentials credentials,
    SettingSecrets secrets,
    HttpMessageHandler transport,
    IDisposable? tokens
) : DelegatingHandler(transport)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (RequestOrigin.IsElsewhere(request))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        await AddHeadersAsync(request, cancellationToken).ConfigureAwait(false);

        // An address with a name and password has the word, as with Go's client.
        if (
            request.Headers.Authorization is not null
            || await credentials(null, cancellationToken).ConfigureAwait(false) is not { } header
        )
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        Add(request, "Authorization", header);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (
            response.StatusCode != HttpStatusCode.Unauthorized
            || await credentials(header, cancellationToken).ConfigureAwait(false) is not { } newer
            || newer == header
        )
        {
            return response;
        }

        response.Dispose();
        request.Headers.Remove("Authorization");
        Add(request, "Authorization", newer);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        tokens?.Dispose();
        base.Dispose(disposing);
    }

    private async Task AddHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, header) in config.HttpHeaders)
        {
            foreach (var value in header.Values)
            {
                Add(request, name, value);
            }

            foreach (var secret in header.Secrets.Concat(header.Files.Select(secrets.File)))
            {
                Add(
                    request,
                    name,
                    await secrets.GetAsync(secret, refresh: false, cancellationToken).ConfigureAwait(false)
                );
            }
        }
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n') || !request.Headers.TryAddWithoutValidation(name, value))
        {
            throw new SecretUnavailableException(
                $"http_config: the header '{name}' cannot have this value; it is one line"
            );
        }
    }
}

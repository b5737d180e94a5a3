using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AlertHub.Api.Sns;

/// <summary>SNS's signing certificates by address, each fetched once a day with a client of <see cref="SnsHttp"/>.</summary>
internal sealed class SnsCertificates(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>SNS has one address per region and year or so. More than this is somebody making them up.</summary>
    private const int MostEntries = 64;

    private readonly ConcurrentDictionary<Uri, (X509Certificate2 Certificate, DateTimeOffset Until)> cache = new();

    /// <summary>The certificate, or null where SNS has none at that address.</summary>
    /// <exception cref="HttpRequestException">SNS was not reached or failed; a later try may succeed.</exception>
    public async Task<X509Certificate2?> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(url, out var entry) && time.GetUtcNow() < entry.Until)
        {
            return entry.Certificate;
        }

        using var response = await http.GetAsync(url, cancellationToken);
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            response.EnsureSuccessStatusCode();
        }

        // A redirect is not followed (SnsHttp): it would lead off the host that was checked.
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return null;
        }

        var pem = Encoding.ASCII.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (cache.Count >= MostEntries)
        {
            cache.Clear();
        }

        cache[url] = (certificate, time.GetUtcNow() + Lifetime);
        return certificate;
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AlertHub.Api.Sns;

/// <summary>
/// SNS's signing certificates by address, each fetched once a day with a client of <see cref="SnsHttp"/>. Whoever asks
/// while one is being fetched waits for that, and a failure is not repeated for a minute: strangers' requests must not
/// become as many of ours.
/// </summary>
internal sealed class SnsCertificates(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    /// <summary>SNS has one address per region and year or so. More than this is somebody making them up.</summary>
    private const int MostEntries = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<Uri, Task<Entry>> entries = [];

    /// <summary>The certificate, or why there is none now; a later try may succeed.</summary>
    public async Task<(X509Certificate2? Certificate, string Failure)> GetAsync(
        Uri url,
        CancellationToken cancellationToken
    )
    {
        Task<Entry>? entry;
        lock (gate)
        {
            if (!entries.TryGetValue(url, out entry) || IsOver(entry))
            {
                MakeRoom();
                // Not for one request only, so that no request's end ends it; the client's own patience does.
                entries[url] = entry = Task.Run(() => FetchAsync(url), CancellationToken.None);
            }
        }

        var (certificate, failure, _) = await entry.WaitAsync(cancellationToken);
        return (certificate, failure);
    }

    private bool IsOver(Task<Entry> entry) =>
        entry.IsCompleted && (!entry.IsCompletedSuccessfully || entry.Result.Until <= time.GetUtcNow());

    /// <summary>Addresses that somebody makes up fail, and do not drive out those that serve.</summary>
    private void MakeRoom()
    {
        if (entries.Count < MostEntries)
        {
            return;
        }

        foreach (
            var (url, _) in entries
                .Where(static e =>
                    e.Value.IsCompleted
                    && e.Value is not { IsCompletedSuccessfully: true, Result.Certificate: not null }
                )
                .ToArray()
        )
        {
            entries.Remove(url);
        }

        if (entries.Count >= MostEntries)
        {
            entries.Clear();
        }
    }

    private async Task<Entry> FetchAsync(Uri url)
    {
        try
        {
            using var response = await http.GetAsync(url);
            // A redirect is not followed (SnsHttp): it would lead off the host that was checked.
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Failed($"{Exchange.Quote(url.AbsoluteUri)} answered {(int)response.StatusCode}");
            }

            var pem = Encoding.ASCII.GetString(await response.Content.ReadAsByteArrayAsync());
            return new(X509Certificate2.CreateFromPem(pem), "", time.GetUtcNow() + Lifetime);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return Failed($"{url.Host} could not be reached; allow HTTPS to it");
        }
        catch (CryptographicException)
        {
            return Failed(
                $"{Exchange.Quote(url.AbsoluteUri)} is no certificate; let no proxy answer in the place of SNS"
            );
        }
    }

    private Entry Failed(string failure) => new(null, failure, time.GetUtcNow() + FailureLifetime);

    private sealed record Entry(X509Certificate2? Certificate, string Failure, DateTimeOffset Until);
}

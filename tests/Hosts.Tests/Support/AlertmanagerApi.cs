using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Support;

/// <summary>Alertmanager's API v2, as bytes on the wire: tests say what they send and see what was answered.</summary>
/// <param name="address">Of the server, with a slash at its end.</param>
/// <param name="token">A bearer token; none by default.</param>
internal sealed class AlertmanagerApi(Uri address, string? token = null) : IDisposable
{
    private readonly HttpClient http = new()
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = token is null ? null : new("Bearer", token) },
    };

    /// <param name="alerts">A JSON array, or what is to be refused.</param>
    public Task<ApiAnswer> PostAlertsAsync(string alerts, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, "api/v2/alerts", alerts, cancellation);

    /// <summary>Makes a silence; changes it where an id is among its members.</summary>
    public Task<ApiAnswer> PostSilenceAsync(string silence, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, "api/v2/silences", silence, cancellation);

    public Task<ApiAnswer> DeleteSilenceAsync(string id, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Delete, $"api/v2/silence/{id}", null, cancellation);

    /// <param name="filters">Matchers, all of which hold.</param>
    public Task<ApiAnswer> AlertsAsync(IEnumerable<string> filters, CancellationToken cancellation = default) =>
        GetAsync($"api/v2/alerts{Query(filters)}", cancellation);

    public Task<ApiAnswer> GroupsAsync(IEnumerable<string> filters, CancellationToken cancellation = default) =>
        GetAsync($"api/v2/alerts/groups{Query(filters)}", cancellation);

    public Task<ApiAnswer> SilencesAsync(IEnumerable<string> filters, CancellationToken cancellation = default) =>
        GetAsync($"api/v2/silences{Query(filters)}", cancellation);

    public Task<ApiAnswer> StatusAsync(CancellationToken cancellation = default) =>
        GetAsync("api/v2/status", cancellation);

    public Task<ApiAnswer> ReloadAsync(CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, "-/reload", null, cancellation);

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>The sum of a metric's series that have a label.</summary>
    public async Task<double> MetricAsync(string name, string label)
    {
        var metrics = (await GetAsync("metrics")).Body.Split('\n');
        return metrics
            .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal))
            .Where(line => line.Contains(label, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        string? json,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await http.SendAsync(request, cancellation);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    private static string Query(IEnumerable<string> filters) =>
        string.Join('&', filters.Select(f => $"filter={Uri.EscapeDataString(f)}")) is { Length: > 0 } query
            ? $"?{query}"
            : "";
}

internal sealed record ApiAnswer(int Status, string Body)
{
    /// <summary>The body, where it is JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    public override string ToString() => $"{Status} {Body}";
}

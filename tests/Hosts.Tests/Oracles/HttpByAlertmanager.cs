using System.Text;
using AlertHub.Api.Web;
using AlertHub.Tests.Support;
using Hosts.Tests.Api.AlertmanagerV2;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>The same requests, good and bad, to a real Alertmanager 0.25 and to ours.</summary>
public sealed partial class HttpByAlertmanager
{
    private const string Configuration =
        "route: {receiver: team, group_by: [alertname]}\nreceivers: [{name: team}, {name: other}]\n";

    [Fact]
    public async Task Requests_get_its_answers() => await CompareAsync("http-requests.txt", null);

    [Fact]
    public async Task Behind_a_prefix_they_do_too() =>
        await CompareAsync("http-prefixed.txt", "http://alerts.example/am/");

    private async Task CompareAsync(string table, string? externalUrl)
    {
        string[] options = externalUrl is null ? [] : [$"--web.external-url={externalUrl}"];
        await using var alertmanager = await RealAlertmanager.StartAsync(Configuration, options);
        var url = externalUrl is null ? null : WebPaths.ExternalUrl(externalUrl, out _);
        await using var ours = await HubServer.StartAsync(
            Configuration,
            prefix: WebPaths.RoutePrefix(null, url),
            externalUrl: url
        );
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
        var differences = new Differences();
        foreach (var row in Repository.Cases(table, '¦'))
        {
            var theirs = await AskAsync(http, alertmanager.Address, row[0]);
            var answer = await AskAsync(http, ours.Address, row[0]);
            differences.Compare(row[0], theirs, answer, row.ElementAtOrDefault(1)?.Trim());
        }

        differences.None();
    }

    private static async Task<string> AskAsync(HttpClient http, Uri server, string row)
    {
        using var request = HttpCase.Request(row, server);
        using var response = await http.SendAsync(request);
        return Facets(response, await response.Content.ReadAsByteArrayAsync());
    }

    private static string Facets(HttpResponseMessage response, byte[] body)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        // A page that says "Moved" is for nobody: the header does.
        var isMoved = response.Headers.Location is not null;
        var text = new StringBuilder(
            isMoved || response.RequestMessage?.Method == HttpMethod.Head ? $"{(int)response.StatusCode}"
            : type == "application/json" && body.Length > 0
                ? WireCase.Verdict((int)response.StatusCode, body).Insert(3, $" {type}")
            : type == "text/plain" ? $"{(int)response.StatusCode} {type}"
            : $"{(int)response.StatusCode} none"
        );
        foreach (
            var name in new[]
            {
                "Allow",
                "Vary",
                "Location",
                "Access-Control-Allow-Origin",
                "Access-Control-Allow-Methods",
                "Access-Control-Allow-Headers",
            }
        )
        {
            if (
                response.Headers.NonValidated.TryGetValues(name, out var values)
                || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            )
            {
                // Go's maps have no order.
                var value = string.Join('|', values);
                text.Append($" {name}={(name == "Allow" ? string.Join(',', value.Split(',').Order()) : value)}");
            }
        }

        return text.ToString();
    }
}

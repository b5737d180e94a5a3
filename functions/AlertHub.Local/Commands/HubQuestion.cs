using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using AlertHub.Configuration;

namespace AlertHub.Local.Commands;

/// <summary>Something that a command asks of the running process, at the address that <c>--url</c> says.</summary>
internal static class HubQuestion
{
    private const string Usual = "http://127.0.0.1:9093";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Option<string> UrlOption()
    {
        var url = new Option<string>("--url", "--alertmanager.url")
        {
            Description =
                "Where the running AlertHub answers, with the path of --web.external-url; https://user:password@host where it asks for a password.",
            HelpName = "URL",
            DefaultValueFactory = static _ => Usual,
        };
        url.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && GoUrl.HttpObjection(text) is { } objection)
            {
                result.AddError($"--url: {objection}");
            }
        });
        return url;
    }

    /// <summary>The answer's text; null where there was none or a refusal, which has been told.</summary>
    public static async Task<string?> AskAsync(
        string url,
        HttpMethod method,
        string path,
        string mediaType,
        CancellationToken cancellationToken
    )
    {
        var address = new Uri(url.TrimEnd('/') + path);
        using var http = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new(mediaType));
        if (address.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }

        var shown = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return text;
            }

            Console.Error.WriteLine($"alerthub: {shown} answered {(int)response.StatusCode}: {text.Trim()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine(
                $"alerthub: {shown} does not answer; is AlertHub running? --url says where it listens"
            );
        }

        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AlertHub.Channels.Secrets;
using AlertHub.Configuration;

namespace AlertHub.Local.Commands;

/// <summary>Something that a command asks of the running process, at the address that <c>--url</c> says.</summary>
internal sealed class HubQuestion
{
    private const string Usual = "http://127.0.0.1:9093";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Option<string> url = new("--url", "--alertmanager.url")
    {
        Description =
            "Where the running AlertHub answers, with the path of --web.external-url; https://user:password@host where it asks for a password.",
        HelpName = "URL",
        DefaultValueFactory = static _ => Usual,
    };

    private readonly Option<string?> token = new("--token")
    {
        Description =
            "Where the token stands, if it asks for one (bearer_tokens of --web.config.file): env:NAME, file:/path or ssm:/name.",
        HelpName = "REFERENCE",
    };

    public HubQuestion()
    {
        url.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && GoUrl.HttpObjection(text) is { } objection)
            {
                result.AddError($"--url: {objection}");
            }
        });
        token.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static given => SecretReference.Parse(given.Value) is SecretReference.Literal))
            {
                result.AddError(
                    "--token: say where the token stands, env:NAME, file:/path or ssm:/name; written out here, every process on this machine could read it"
                );
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(url);
        command.Add(token);
        command.Validators.Add(result =>
        {
            if (result.GetResult(token) is not null && UserInfo(result).Length > 0)
            {
                result.AddError(
                    "--url has a user and --token says where a token stands, and only one of them can be sent: leave the other away"
                );
            }
        });
    }

    /// <summary>The answer's text; null where there was none or a refusal, which has been told.</summary>
    public async Task<string?> AskAsync(
        ParseResult line,
        HttpMethod method,
        string path,
        string mediaType,
        CancellationToken cancellationToken
    )
    {
        var address = new Uri(line.GetRequiredValue(url).TrimEnd('/') + path);
        var shown = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var reference = line.GetValue(token);
        try
        {
            using var http = new HttpClient { Timeout = Patience };
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Accept.Add(new(mediaType));
            request.Headers.Authorization = reference is null
                ? Basic(address)
                : await BearerAsync(SecretReference.Parse(reference), cancellationToken);
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return text;
            }

            var remedy =
                response.StatusCode != HttpStatusCode.Unauthorized ? ""
                : reference is not null ? $"; it does not know the token of {reference}"
                : address.UserInfo.Length > 0 ? "; it does not know the user of --url, or has another password"
                : "; give it user:password@ in --url, or --token env:NAME";
            Console.Error.WriteLine($"alerthub: {shown} answered {(int)response.StatusCode}: {text.Trim()}{remedy}");
        }
        catch (SecretUnavailableException e)
        {
            Console.Error.WriteLine($"alerthub: --token {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine(
                $"alerthub: {shown} does not answer; is AlertHub running? --url says where it listens"
            );
        }

        return null;
    }

    private string UserInfo(CommandResult result) =>
        result.GetResult(url) is { Tokens: [{ Value: var text }] }
        && Uri.TryCreate(text, UriKind.Absolute, out var given)
            ? given.UserInfo
            : "";

    private static AuthenticationHeaderValue? Basic(Uri address) =>
        address.UserInfo.Length == 0
            ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));

    private static async Task<AuthenticationHeaderValue> BearerAsync(
        SecretReference reference,
        CancellationToken cancellationToken
    )
    {
        var secrets = SecretSources.Create(Environment.GetEnvironmentVariable, TimeProvider.System);
        var secret = await secrets.GetAsync(reference, refresh: false, cancellationToken);
        // What a header cannot carry would be an error of HTTP's that quotes it, or looks like a process that does not answer.
        return secret.Reveal().All(static c => c is > ' ' and <= '~')
            ? new("Bearer", secret.Reveal())
            : throw new SecretUnavailableException(
                $"{reference}: this is no token, which is one word of ASCII; is it the right one?"
            );
    }
}

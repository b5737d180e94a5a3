using System.Text.RegularExpressions;

namespace Hosts.Tests.Support;

/// <summary>AlertHub.Local as a user runs it: a process of its own, on a port that the system chose.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private HubProcess(ChildProcess child, Uri address)
    {
        Child = child;
        Http = new() { BaseAddress = address };
    }

    public ChildProcess Child { get; }

    public HttpClient Http { get; }

    /// <summary>Runs it and waits until it listens.</summary>
    public static Task<HubProcess> StartAsync(string storage, string? slackWebhook, params string[] options) =>
        StartAsync(storage, slackWebhook, environment: null, options);

    /// <summary>The same with further variables.</summary>
    public static async Task<HubProcess> StartAsync(
        string storage,
        string? slackWebhook,
        IReadOnlyDictionary<string, string?>? environment,
        params string[] options
    )
    {
        var child = Run(
            ["--web.listen-address", "127.0.0.1:0", "--storage.path", storage, .. options],
            slackWebhook,
            environment: environment
        );
        try
        {
            var line = await child.LineAsync("Listening on");
            return new(child, new($"http://{Address().Match(line).Value}"));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it with these options and nothing else.</summary>
    /// <param name="slackWebhook">SLACK_WEBHOOK_URL.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Further variables.</param>
    public static ChildProcess Run(
        IEnumerable<string> options,
        string? slackWebhook = null,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null
    ) =>
        ChildProcess.Start(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "AlertHub.Local.dll"), .. options],
            new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
            {
                ["SLACK_WEBHOOK_URL"] = slackWebhook,
            },
            folder
        );

    public async Task<(int Status, string Text)> PostAsync(string path, HttpContent body)
    {
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Child.DisposeAsync();
    }

    [GeneratedRegex(@"(?<=address=)[^\s,]+")]
    private static partial Regex Address();
}

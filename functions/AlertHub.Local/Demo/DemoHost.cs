using System.Text;
using AlertHub.Api.Pages;
using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Picturing;
using AlertHub.Sources;

namespace AlertHub.Local.Demo;

/// <summary>
/// What every sample event, or some files, look like in Slack, on a page of this process. Nothing is stored, sent or opened; the way of
/// a message is the real one up to the channel.
/// </summary>
internal static class DemoHost
{
    /// <summary>Of an event, in characters: the page holds all of them.</summary>
    private const int MostShown = 20_000;

    public static async Task<int> RunAsync(LocalOptions options)
    {
        if ((options.DemoFiles.Count > 0 ? Directory.GetCurrentDirectory() : SampleEvents.Find()) is not { } folder)
        {
            return LocalHost.Fail(
                $"--demo: there is no folder events/ with samples in or above \"{Directory.GetCurrentDirectory()}\"; run it in a clone of this repository"
            );
        }

        List<SlackSample> samples;
        try
        {
            samples =
                options.DemoFiles.Count > 0
                    ? await RenderAsync(folder, options.DemoFiles, areOneGroup: true)
                    : await RenderAsync(folder, SampleEvents.In(folder), areOneGroup: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LocalHost.Fail($"--demo: {e.Message}");
        }

        var page = SlackPage.Of(samples);
        await using var app = WebHost.Create(options.ListenAddresses);
        app.MapGet("/", (RequestDelegate)page.WriteAsync);
        if (await WebHost.StartAsync(app, options.ListenAddresses) is { } objection)
        {
            return LocalHost.Fail(objection);
        }

        Console.Out.WriteLine(
            $"{samples.Count} messages from {folder} as Slack would show them: {WebHost.Link(app)}/ (Ctrl-C ends)"
        );
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<List<SlackSample>> RenderAsync(string folder, IEnumerable<string> files, bool areOneGroup)
    {
        var now = TimeProvider.System.GetUtcNow();
        var pictures = new Pictures(ask: null);
        List<SlackSample> samples = [];
        List<Notification> all = [];
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            var bytes = await File.ReadAllBytesAsync(file);
            var came = Encoding.UTF8.GetString(bytes);
            foreach (var message in Envelope.Open(bytes, now))
            {
                var told = Source.Tell(message);
                all.Add(told);
                samples.Add(
                    new()
                    {
                        Group = Path.GetDirectoryName(name) ?? "",
                        Name = Path.GetFileName(name),
                        Event = came.Length > MostShown ? $"{came[..MostShown]}\n... of {bytes.Length} bytes" : came,
                        Picture = (await pictures.OfAsync(told, CancellationToken.None))?.Png.ToArray(),
                        Message = SlackMessage.Render(told),
                    }
                );
            }
        }

        return areOneGroup && all.Count > 1 ? [Together(all, now), .. samples] : samples;
    }

    /// <summary>The message of a route that groups all of it.</summary>
    private static SlackSample Together(List<Notification> all, DateTimeOffset now) =>
        new()
        {
            Group = "",
            Name = "together",
            Event = $"What {all.Count} messages tell, as a group",
            Message = SlackMessage.Render(
                new() { Now = now, Alerts = [.. all.SelectMany(static each => each.Alerts)] }
            ),
        };
}

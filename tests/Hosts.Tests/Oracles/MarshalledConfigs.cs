using System.Net;
using System.Text.Json;
using AlertHub.Configuration;
using AlertHub.Configuration.Yaml;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>What a running Alertmanager gives under /api/v2/status for the files of Cases/configs, beside what we print.</summary>
public sealed class MarshalledConfigs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Where both may differ: the end of the path, what each says, and why.</summary>
    private static readonly (string Path, Func<string, string, bool> Holds, string Reason)[] Known =
    [
        (
            "",
            static (theirs, ours) => theirs == "nothing" && ours is "null" or "" or "[]",
            "what is empty but has a default would come back as that default, so we print it; upstream leaves it out"
        ),
        (
            ".templates[]",
            static (theirs, ours) => theirs.EndsWith($"/{ours}"),
            "upstream joins paths to the file's folder"
        ),
        ("_file", static (theirs, ours) => theirs.EndsWith($"/{ours}"), "upstream joins paths to the file's folder"),
        (".webhook_configs[].url", static (_, ours) => ours == "http://<secret>", "a secret since 0.32"),
        ("url", static (theirs, ours) => theirs.Contains("pass@") && ours.Contains("xxxxx@"), "passwords are secrets"),
        (
            "url",
            static (theirs, ours) =>
                Uri.UnescapeDataString(theirs).Equals(Uri.UnescapeDataString(ours), StringComparison.OrdinalIgnoreCase),
            "we print URLs as they are written"
        ),
        (
            ".smarthost",
            static (theirs, _) => theirs == "::1:25",
            "upstream's lacks the brackets that it needs to be read"
        ),
        (".email_configs[].headers", static (_, ours) => ours == "nothing", "0.25 adds these when it starts to run"),
        (".headers.From", static (_, ours) => ours == "nothing", "0.25 adds these when it starts to run"),
        (".headers.To", static (_, ours) => ours == "nothing", "0.25 adds these when it starts to run"),
        (".email_configs[].tls_config", static (theirs, _) => theirs == "nothing", "inherited since 0.28"),
        (".slack_configs[].color", static (_, ours) => ours.Contains("slack.default.color"), "another default in 0.25"),
        (".details.firing", static (_, ours) => ours.Contains("toJson"), "another default in 0.25"),
        (".details.resolved", static (_, ours) => ours.Contains("toJson"), "another default in 0.25"),
        (".min_version", static (theirs, ours) => (theirs, ours) is ("771", "TLS12"), "a number in 0.25"),
    ];

    [Fact]
    public async Task It_marshals_the_same_files_to_the_same_values()
    {
        var config = folder.File("alertmanager.yml");
        var files = SampleConfig.Read("good.yml").Where(f => f.Difference.Length == 0 && f.CanRun).ToArray();
        await File.WriteAllTextAsync(config, files[0].Text);
        var port = FreePort.Next();
        await using var alertmanager = ChildProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            [
                $"--config.file={config}",
                $"--storage.path={folder.File("data")}",
                $"--web.listen-address=127.0.0.1:{port}",
                "--cluster.listen-address=",
            ]
        );
        await alertmanager.LineAsync("Listening on");
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };

        var differences = new List<string>();
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(config, file.Text);
            using var reloaded = await http.PostAsync(new Uri("-/reload", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.OK, reloaded.StatusCode);
            var status = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/v2/status", UriKind.Relative)));
            var theirs = status.RootElement.GetProperty("config").GetProperty("original").GetString()!;
            var ours = AlertmanagerConfig.Load(file.Text, file.Name, out _)!.Print();
            differences.AddRange(Differences("", Tree(theirs), Tree(ours)).Select(d => $"{file.Name}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static YamlNode Tree(string yaml) => YamlReader.Read(yaml, out _, out _)!;

    private static IEnumerable<string> Differences(string path, YamlNode? theirs, YamlNode? ours) =>
        (theirs, ours) switch
        {
            (YamlNode.Mapping a, YamlNode.Mapping b) => a
                .Entries.Concat(b.Entries)
                .Select(e => e.Name!)
                .Distinct()
                .SelectMany(key => Differences($"{path}.{key}", a[key], b[key])),
            (YamlNode.Sequence a, YamlNode.Sequence b) when a.Items.Count == b.Items.Count => a
                .Items.Zip(b.Items)
                .SelectMany(pair => Differences($"{path}[]", pair.First, pair.Second)),
            _ when IsSame(path, Shown(theirs), Shown(ours)) => [],
            _ => [$"{path}: {Shown(theirs)} | {Shown(ours)}"],
        };

    private static bool IsSame(string path, string theirs, string ours) =>
        theirs == ours || Known.Any(k => path.EndsWith(k.Path, StringComparison.Ordinal) && k.Holds(theirs, ours));

    private static string Shown(YamlNode? node) =>
        node switch
        {
            null => "nothing",
            YamlNode.Scalar { Text: var text } => text,
            _ => YamlWriter.Write(node).Trim(),
        };

    public void Dispose() => folder.Dispose();
}

using AlertHub.Configuration;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Configuration.Receivers;

/// <summary>Integrations with options taken at random from Cases/integration-options.txt.</summary>
public sealed class RandomReceivers
{
    public static TheoryData<string> Kinds { get; } = [.. ReceiverCase.All.Select(static c => c.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_loads_prints_as_what_loads_to_the_same(string kind)
    {
        var loaded = 0;
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue).Select(seed => RandomReceiver.Of(kind, seed)),
            text =>
            {
                if (AlertmanagerConfig.Load(text, "random.yml", out _) is not { } config)
                {
                    return;
                }

                loaded++;
                var printed = config.Print();
                var again = AlertmanagerConfig.Load(printed, "printed.yml", out var problems);
                if (problems.Any(IsOfInheritedHttpConfig))
                {
                    return;
                }

                Assert.DoesNotContain(problems, static p => p.IsError);
                Assert.Equal(printed, again?.Print());
            },
            tests: 60
        );
        Assert.NotEqual(0, loaded);
    }

    /// <summary>
    /// Upstream, too, takes an incident.io receiver without a token and without http_config, and prints it with the global
    /// one, which it then refuses for having no authorization.
    /// </summary>
    private static bool IsOfInheritedHttpConfig(Problem problem) =>
        problem.Path == "receivers[0].incidentio_configs[0].alert_source_token"
        && problem.Message.StartsWith("no token is given", StringComparison.Ordinal);

    /// <summary>An error, at worst; never a crash, and never the secret.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_secret_gets_out_whatever_is_wrong(string kind) =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue).Select(seed => RandomReceiver.Of(kind, seed, damage: true)),
            text =>
            {
                var config = AlertmanagerConfig.Load(text, "random.yml", out var problems);
                Assert.DoesNotContain(
                    problems,
                    static p => $"{p}".Contains(RandomReceiver.Canary, StringComparison.Ordinal)
                );
                if (config is not null)
                {
                    var shown = string.Concat(config.Receivers.SelectMany(static r => r.Integrations));
                    Assert.DoesNotContain(RandomReceiver.Canary, $"{config}{shown}", StringComparison.Ordinal);
                }
            },
            tests: 60
        );

    /// <summary>Whoever inherits nothing prints the global section's secrets as little as whoever does.</summary>
    [Fact]
    public void No_secret_of_the_global_section_gets_out()
    {
        string[] keys =
        [
            .. Repository
                .Cases("integration-options.txt")
                .Where(static r =>
                    r[2].StartsWith("secret", StringComparison.Ordinal)
                    && r[3].StartsWith("global.", StringComparison.Ordinal)
                )
                .Select(static r => r[3]["global.".Length..])
                .Distinct(),
        ];

        Assert.All(
            keys,
            static key =>
            {
                var config = AlertmanagerConfig.Load(
                    $$"""
                    global: {{{key}}: "https://{{RandomReceiver.Canary}}/"}
                    route: {receiver: a}
                    receivers: [{name: a}]
                    """,
                    "global.yml",
                    out _
                );

                Assert.NotNull(config);
                Assert.Contains($"{key}: \"<secret>\"", config.Print(), StringComparison.Ordinal);
                Assert.DoesNotContain(RandomReceiver.Canary, $"{config}{config.Global}", StringComparison.Ordinal);
            }
        );
    }
}

using System.Text.RegularExpressions;
using AlertHub.Channels;
using AlertHub.Tests.Channels;
using AlertHub.Tests.Channels.Secrets;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Invariants;

/// <summary>
/// Every interface has at least two implementations that ship (invariant 7), and every implementation its contract
/// suite. Read from the sources, since the hosts are not built with these tests; the stand-ins for AWS's packages have
/// AWS's interfaces.
/// </summary>
public sealed partial class Interfaces
{
    private static readonly string[] Sources =
    [
        .. Directory
            .EnumerateFiles(Repository.File("functions"), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("functions/Amazon/", StringComparison.Ordinal))
            .Select(f => Comment().Replace(File.ReadAllText(Repository.File(f)), "")),
    ];

    [Fact]
    public void Every_interface_has_two_implementations_that_ship()
    {
        var interfaces = Sources.SelectMany(s => Interface().Matches(s).Select(m => m.Groups["name"].Value)).ToArray();

        Assert.Contains("IChannel", interfaces);
        Assert.All(
            interfaces,
            name =>
                Assert.True(
                    Implementations(name).Length >= 2,
                    $"{name} is implemented by: {string.Join(", ", Implementations(name))}"
                )
        );
    }

    [Fact]
    public void Every_channel_has_its_contract_suite() => HasContract<IChannel, ChannelContract>("Create");

    [Fact]
    public void Every_secret_source_has_its_contract_suite() =>
        HasContract<ISecretSource, SecretSourceContract>("get_Source");

    /// <summary>One of them is in a host, and its suite in the tests of the hosts.</summary>
    [Fact]
    public void Every_store_has_its_contract_suite()
    {
        var suites = Directory
            .EnumerateFiles(Repository.File("tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => text.Contains(": AlertStoreContract", StringComparison.Ordinal))
            .ToArray();

        Assert.All(
            Implementations("IAlertStore"),
            name => Assert.Contains(suites, suite => Regex.IsMatch(suite, $@"\b{name}\b"))
        );
    }

    private static void HasContract<TPort, TContract>(string made)
    {
        var tested = typeof(TContract)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(TContract)) && !t.IsAbstract)
            .Select(t =>
            {
                var suite = Activator.CreateInstance(t)!;
                using var disposed = suite as IDisposable;
                return t.GetMethod(
                            made,
                            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic,
                            []
                        )!
                    .Invoke(suite, [])!
                    .GetType();
            });
        var shipped = typeof(ChannelCatalog).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(TPort)));

        Assert.Equal([], shipped.Except(tested));
    }

    private static string[] Implementations(string name) =>
        [
            .. Sources
                .SelectMany(s => Type().Matches(s))
                .Where(m => Regex.IsMatch(m.Groups["bases"].Value, $@"\b{name}\b"))
                .Select(m => m.Groups["name"].Value),
        ];

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\binterface\s+(?<name>I[A-Z]\w*)")]
    private static partial Regex Interface();

    /// <summary>A type, its primary constructor's parameters, its bases up to the body.</summary>
    [GeneratedRegex(
        @"\b(?:class|record|struct)\s+(?<name>\w+)(?:<[^>]*>)?\s*(?:\((?>[^()]+|\((?<open>)|\)(?<-open>))*\))?\s*:\s*(?<bases>[^{;]+)"
    )]
    private static partial Regex Type();
}

using Tests.Support;

namespace Hosts.Tests.Support;

/// <summary>
/// The stacks as <c>cdk synth</c> describes them, as they are. Synthesized for whoever asks first, kept for all the
/// others: a native executable takes minutes. It stays among the build's output until the next tests; a process of tests is
/// ended before it could remove all of it. One at a time: all publish the same programs.
/// </summary>
public abstract class AppAssembly(Lazy<Task<string>> synthesis) : IAsyncLifetime
{
    private static readonly SemaphoreSlim One = new(1);

    public string Folder { get; private set; } = "";

    public async Task InitializeAsync() => Folder = await synthesis.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    /// <param name="name">Of its folder.</param>
    /// <param name="forSynth">Environment variables for cdk synth.</param>
    /// <param name="arguments">Asked of it besides.</param>
    private protected static Lazy<Task<string>> Once(
        string name,
        IReadOnlyDictionary<string, string> forSynth,
        params string[] arguments
    ) =>
        new(async () =>
        {
            var output = Path.Combine(Cdk.Root(), "artifacts", "cdk-out", name);
            if (Directory.Exists(output))
            {
                Directory.Delete(output, recursive: true);
            }

            await One.WaitAsync();
            try
            {
                var (status, said) = await Cdk.RunAsync(
                    forSynth,
                    ["synth", "--quiet", "--output", output, .. arguments]
                );
                Assert.True(status == 0, said);
                return output;
            }
            finally
            {
                One.Release();
            }
        });
}

/// <summary>Portable assemblies on the runtime <c>dotnet10</c>.</summary>
public sealed class ManagedAssembly() : AppAssembly(Synthesis)
{
    private static readonly Lazy<Task<string>> Synthesis = Once("managed", new Dictionary<string, string>());
}

/// <summary>
/// One executable on <c>provided.al2023</c>. Built for .NET 9, whose AOT compiler is to be had where that of .NET 10 may
/// not be; the code is the same.
/// </summary>
public sealed class NativeAssembly() : AppAssembly(Synthesis)
{
    private static readonly Lazy<Task<string>> Synthesis = Once(
        "native",
        new Dictionary<string, string> { ["HubTargetFramework"] = "net9.0" },
        "-c",
        "packaging=native",
        "--build",
        "true"
    );
}

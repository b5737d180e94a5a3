using AlertHub.Channels.Secrets;
using AlertHub.Configuration;

namespace AlertHub.Tests.Channels.Secrets;

public sealed class SecretsInFiles : SecretSourceContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alerthub-test-");

    protected override ISecretSource Source { get; } = new LocalSecretSource();

    protected override SecretReference Reference =>
        new SecretReference.FromFile(Path.Combine(folder.FullName, "slack"));

    protected override SecretReference Missing => new SecretReference.FromFile(Path.Combine(folder.FullName, "none"));

    protected override void Keep(string secret) => File.WriteAllText(Path.Combine(folder.FullName, "slack"), secret);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_is_not_a_secret() =>
        await Assert.ThrowsAsync<SecretUnavailableException>(async () =>
            await Source.GetAsync(new SecretReference.FromFile(folder.FullName), false, CancellationToken.None)
        );
}

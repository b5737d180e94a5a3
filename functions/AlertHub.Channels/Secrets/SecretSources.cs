using AlertHub.Configuration;
using Amazon.SimpleSystemsManagement;

namespace AlertHub.Channels.Secrets;

/// <summary>Every kind of reference, each from its own place.</summary>
public sealed class SecretSources(ISecretSource local, ISecretSource parameterStore) : ISecretSource
{
    /// <summary>This machine's environment and files, and Parameter Store with the credentials and region found there.</summary>
    /// <param name="variable">An environment variable's value, or null.</param>
    /// <param name="time">Tells when a cached value is old.</param>
    /// <param name="parameterStore">Null for the SDK's own client.</param>
    public static SecretSources Create(
        Func<string, string?> variable,
        TimeProvider time,
        Func<IAmazonSimpleSystemsManagement>? parameterStore = null
    ) =>
        new(
            new LocalSecretSource(variable),
            new SsmSecretSource(parameterStore ?? (static () => new AmazonSimpleSystemsManagementClient()), time)
        );

    public ValueTask<Secret> GetAsync(SecretReference reference, bool refresh, CancellationToken cancellationToken) =>
        (reference is SecretReference.Parameter ? parameterStore : local).GetAsync(
            reference,
            refresh,
            cancellationToken
        );
}

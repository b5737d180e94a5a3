using AlertHub.Configuration;

namespace AlertHub.Channels.Secrets;

/// <summary>Every kind of reference, each from its own place.</summary>
public sealed class SecretSources(ISecretSource local, ISecretSource parameterStore) : ISecretSource
{
    public ValueTask<Secret> GetAsync(SecretReference reference, bool refresh, CancellationToken cancellationToken) =>
        (reference is SecretReference.Parameter ? parameterStore : local).GetAsync(
            reference,
            refresh,
            cancellationToken
        );
}

using AlertHub.Configuration;

namespace AlertHub.Channels.Secrets;

/// <summary>Secrets of this machine: environment variables, files, and those written out where they are used.</summary>
public sealed class LocalSecretSource(Func<string, string?> variable) : ISecretSource
{
    public LocalSecretSource()
        : this(Environment.GetEnvironmentVariable) { }

    public async ValueTask<Secret> GetAsync(
        SecretReference reference,
        bool refresh,
        CancellationToken cancellationToken
    ) =>
        reference switch
        {
            SecretReference.Literal literal => literal.Value,
            SecretReference.Variable { Name: "" } or SecretReference.FromFile { Path: "" } =>
                throw new SecretUnavailableException($"{reference}: names nothing; write env:NAME or file:/path"),
            SecretReference.Variable { Name: var name } => variable(name)?.Trim() is { Length: > 0 } value
                ? new Secret(value)
                : throw new SecretUnavailableException(
                    $"{reference}: the environment variable '{name}' is not set; set it, or name another"
                ),
            SecretReference.FromFile { Path: var path } => new Secret(
                await ReadAsync(path, cancellationToken).ConfigureAwait(false)
            ),
            _ => throw new SecretUnavailableException($"{reference}: not a secret of this machine"),
        };

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
            return text.Length > 0
                ? text
                : throw new SecretUnavailableException($"file:{path}: the file is empty; write the secret into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SecretUnavailableException(
                $"file:{path}: the file cannot be read ({e.GetType().Name}); check that it exists and who may read it",
                e
            );
        }
    }
}

using AlertHub.Configuration;

namespace AlertHub.Channels.Http;

/// <summary>
/// The secrets of settings, which stand there, in a file or in a secret manager. Files are read at each use, as they are
/// replaced while we run.
/// </summary>
internal sealed class SettingSecrets(ChannelParts parts)
{
    /// <summary>The one of the three that is given; null where none is.</summary>
    /// <exception cref="SecretUnavailableException">It is given and cannot be had.</exception>
    public async ValueTask<string?> GetAsync(
        SecretReference? given,
        string file,
        string name,
        bool refresh,
        CancellationToken cancellationToken
    )
    {
        if (name.Length > 0)
        {
            throw new SecretUnavailableException(
                $"'{name}' is in a secret manager, and there is none; give the secret as ssm:/name, env:NAME or a file"
            );
        }

        var reference = file.Length > 0 ? File(file) : given;
        return reference is null
            ? null
            : (await parts.Secrets.GetAsync(reference, refresh, cancellationToken).ConfigureAwait(false)).Reveal();
    }

    /// <summary>The same of a list, whose entries may be empty.</summary>
    public async ValueTask<string> GetAsync(
        SecretReference? given,
        bool refresh,
        CancellationToken cancellationToken
    ) => await GetAsync(given, "", "", refresh, cancellationToken).ConfigureAwait(false) ?? "";

    public SecretReference File(string path) => new SecretReference.FromFile(Path.Combine(parts.Folder, path));
}

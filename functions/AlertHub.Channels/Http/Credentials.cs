using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>The value of the <c>Authorization</c> header; null where there is none.</summary>
/// <param name="refused">What the destination did not take just now: look for a newer one. Null at first.</param>
/// <param name="cancellationToken">Ends the wait.</param>
/// <exception cref="Configuration.SecretUnavailableException">It cannot be had.</exception>
internal delegate ValueTask<string?> Credentials(string? refused, CancellationToken cancellationToken);

/// <summary>Those that stand in settings.</summary>
internal static class SettingCredentials
{
    public static Credentials None { get; } = static (_, _) => new((string?)null);

    public static Credentials Of(BasicAuth auth, SettingSecrets secrets) =>
        async (refused, cancellationToken) =>
        {
            var refresh = refused is not null;
            var user = auth.Username;
            if ((auth.UsernameFile + auth.UsernameRef).Length > 0)
            {
                user = await secrets
                    .GetAsync(null, auth.UsernameFile, auth.UsernameRef, refresh, cancellationToken)
                    .ConfigureAwait(false);
            }

            var password = await secrets
                .GetAsync(auth.Password, auth.PasswordFile, auth.PasswordRef, refresh, cancellationToken)
                .ConfigureAwait(false);
            return $"Basic {BasicText.Of(user ?? "", password ?? "")}";
        };

    public static Credentials Of(Authorization auth, SettingSecrets secrets) =>
        async (refused, cancellationToken) =>
            await secrets
                .GetAsync(
                    auth.Credentials,
                    auth.CredentialsFile,
                    auth.CredentialsRef,
                    refused is not null,
                    cancellationToken
                )
                .ConfigureAwait(false)
                is { } credentials
                ? $"{(auth.Type.Length > 0 ? auth.Type : "Bearer")} {credentials}"
                : null;
}

using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Amazon.AwsJson;

/// <summary>
/// The credentials of every try. Lambda puts them into the environment, where they are read without the SDK's search
/// through profiles, containers and instance metadata, which can take half a minute.
/// </summary>
internal sealed class AwsCredentialSource(AwsClientSettings settings)
{
    private AWSCredentials? found;

    public async Task<AWSCredentials> CurrentAsync() => settings.Credentials ?? (found ??= await FindAsync());

    /// <summary>After AWS refused them for their age.</summary>
    public void Refresh()
    {
        if ((settings.Credentials ?? found) is RefreshingAWSCredentials refreshing)
        {
            refreshing.ClearCredentials();
        }

        found = null;
    }

    private async Task<AWSCredentials> FindAsync()
    {
        if (
            settings.Variable("AWS_ACCESS_KEY_ID") is { Length: > 0 } key
            && settings.Variable("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret
        )
        {
            return settings.Variable("AWS_SESSION_TOKEN") is { Length: > 0 } token
                ? new SessionAWSCredentials(key, secret, token)
                : new BasicAWSCredentials(key, secret);
        }

        return await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(null);
    }
}

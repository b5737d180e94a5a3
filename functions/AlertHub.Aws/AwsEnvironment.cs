using Amazon;
using Amazon.Runtime;

namespace AlertHub.Aws;

/// <summary>
/// Where AWS is and who asks, by the variables that Lambda sets, so that nothing is searched for: of a function's start that
/// would be the longest part.
/// </summary>
internal static class AwsEnvironment
{
    /// <param name="config">Of any client.</param>
    /// <param name="variable">Of the environment.</param>
    /// <param name="service">As in <c>AWS_ENDPOINT_URL_DYNAMODB</c>.</param>
    /// <param name="region">Another one than the function's own.</param>
    public static void Place(ClientConfig config, Func<string, string?> variable, string service, string? region = null)
    {
        var endpoint = RegionEndpoint.GetBySystemName(region ?? Region(variable));
        // Either sets the other back: with an address the region is the one that signs.
        if (
            (NotEmpty(variable($"AWS_ENDPOINT_URL_{service}")) ?? NotEmpty(variable("AWS_ENDPOINT_URL"))) is { } address
        )
        {
            config.ServiceURL = address;
            config.AuthenticationRegion = endpoint.SystemName;
        }
        else
        {
            config.RegionEndpoint = endpoint;
        }
    }

    /// <summary>The function's own region.</summary>
    /// <exception cref="AmazonClientException">None is set.</exception>
    public static string Region(Func<string, string?> variable) =>
        NotEmpty(variable("AWS_REGION"))
        ?? NotEmpty(variable("AWS_DEFAULT_REGION"))
        ?? throw new AmazonClientException("No AWS region is set. Set 'AWS_REGION', for example to 'eu-west-1'.");

    /// <summary>Null where none are set: the SDK looks elsewhere then.</summary>
    public static AWSCredentials? Credentials(Func<string, string?> variable) =>
        (NotEmpty(variable("AWS_ACCESS_KEY_ID")), NotEmpty(variable("AWS_SECRET_ACCESS_KEY"))) switch
        {
            ({ } key, { } secret) => NotEmpty(variable("AWS_SESSION_TOKEN")) is { } token
                ? new SessionAWSCredentials(key, secret, token)
                : new BasicAWSCredentials(key, secret),
            _ => null,
        };

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

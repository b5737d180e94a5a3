using Amazon.SimpleSystemsManagement;
using Amazon.SQS;

namespace AlertHub.Aws;

/// <summary>Clients of a function, each one for the life of its environment.</summary>
internal static class AwsClients
{
    /// <param name="variable">Of the environment.</param>
    /// <param name="timeout">Of one try.</param>
    public static AmazonSQSClient Queues(Func<string, string?> variable, TimeSpan timeout)
    {
        var config = new AmazonSQSConfig { Timeout = timeout };
        AwsEnvironment.Place(config, variable, "SQS");
        return AwsEnvironment.Credentials(variable) is { } credentials ? new(credentials, config) : new(config);
    }

    /// <param name="variable">Of the environment.</param>
    /// <param name="timeout">Of one try.</param>
    /// <param name="retries">How many more tries there are.</param>
    public static AmazonSimpleSystemsManagementClient ParameterStore(
        Func<string, string?> variable,
        TimeSpan timeout,
        int retries
    )
    {
        var config = new AmazonSimpleSystemsManagementConfig { Timeout = timeout, MaxErrorRetry = retries };
        AwsEnvironment.Place(config, variable, "SSM");
        return AwsEnvironment.Credentials(variable) is { } credentials ? new(credentials, config) : new(config);
    }

    /// <summary>For secrets of a configuration: whoever waits for one waits as long as the SDK does.</summary>
    public static AmazonSimpleSystemsManagementClient ParameterStore(Func<string, string?> variable) =>
        ParameterStore(variable, TimeSpan.FromSeconds(100), retries: 2);
}

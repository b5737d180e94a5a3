using Amazon.DynamoDBv2;

namespace AlertHub.Aws.Tables;

/// <summary>The client of DynamoDB with settings for a function: a call gives up while there is time left to answer.</summary>
internal static class DynamoDbClients
{
    /// <param name="variable">Of the environment.</param>
    /// <param name="timeout">Of one try; of seconds, since the SDK's own is longer than a function has.</param>
    public static AmazonDynamoDBClient Create(Func<string, string?> variable, TimeSpan timeout)
    {
        var config = new AmazonDynamoDBConfig
        {
            // TableCalls does it.
            MaxErrorRetry = 0,
            Timeout = timeout,
        };
        AwsEnvironment.Place(config, variable, "DYNAMODB");
        return AwsEnvironment.Credentials(variable) is { } credentials ? new(credentials, config) : new(config);
    }
}

using Amazon.AwsJson;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement.Model;

namespace Amazon.SimpleSystemsManagement;

/// <summary>Safe for concurrent use; one for the life of the process keeps its connections.</summary>
public sealed class AmazonSimpleSystemsManagementClient : IAmazonSimpleSystemsManagement
{
    private static readonly AwsJsonDialect Service = new()
    {
        VariableSuffix = "SSM",
        EndpointPrefix = "ssm",
        SigningName = "ssm",
        TargetPrefix = "AmazonSSM",
        ContentType = "application/x-amz-json-1.1",
    };

    private readonly AwsJsonClient client;

    public AmazonSimpleSystemsManagementClient()
        : this(new AwsClientSettings()) { }

    public AmazonSimpleSystemsManagementClient(RegionEndpoint region)
        : this(new AwsClientSettings { Region = region }) { }

    public AmazonSimpleSystemsManagementClient(AmazonSimpleSystemsManagementConfig config)
        : this(Settings(null, config)) { }

    public AmazonSimpleSystemsManagementClient(AWSCredentials credentials, RegionEndpoint region)
        : this(new AwsClientSettings { Credentials = credentials, Region = region }) { }

    public AmazonSimpleSystemsManagementClient(
        AWSCredentials credentials,
        AmazonSimpleSystemsManagementConfig clientConfig
    )
        : this(Settings(credentials, clientConfig)) { }

    internal AmazonSimpleSystemsManagementClient(AwsClientSettings settings) =>
        client = new(Service, settings, ToException);

    public async Task<GetParameterResponse> GetParameterAsync(
        GetParameterRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("GetParameter", ParameterJson.Write(request), cancellationToken);
        return client.Read(response, ParameterJson.ReadParameter);
    }

    public async Task<GetParametersByPathResponse> GetParametersByPathAsync(
        GetParametersByPathRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("GetParametersByPath", ParameterJson.Write(request), cancellationToken);
        return client.Read(response, ParameterJson.ReadParameters);
    }

    public void Dispose() => client.Dispose();

    private static AwsClientSettings Settings(
        AWSCredentials? credentials,
        AmazonSimpleSystemsManagementConfig config
    ) =>
        new AwsClientSettings
        {
            Credentials = credentials,
            Region = config.RegionEndpoint,
            ServiceUrl = config.ServiceURL,
            MaxErrorRetry = config.MaxErrorRetry,
        }.With(config.Timeout);

    private static AmazonSimpleSystemsManagementException ToException(AwsJsonError error) =>
        error.Code switch
        {
            "ParameterNotFound" => new ParameterNotFoundException(
                error.Message,
                error.Exception,
                error.Type,
                error.Code,
                error.RequestId,
                error.Status
            ),
            "ParameterVersionNotFound" => new ParameterVersionNotFoundException(
                error.Message,
                error.Exception,
                error.Type,
                error.Code,
                error.RequestId,
                error.Status
            ),
            "InvalidKeyId" => new InvalidKeyIdException(
                error.Message,
                error.Exception,
                error.Type,
                error.Code,
                error.RequestId,
                error.Status
            ),
            _ => new AmazonSimpleSystemsManagementException(
                error.Message,
                error.Exception,
                error.Type,
                error.Code,
                error.RequestId,
                error.Status
            ),
        };
}

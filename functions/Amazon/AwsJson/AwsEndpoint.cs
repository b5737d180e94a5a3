using Amazon.Runtime;

namespace Amazon.AwsJson;

/// <summary>Where a service is and which region signs for it.</summary>
internal sealed class AwsEndpoint
{
    private AwsEndpoint(Uri address, RegionEndpoint region)
    {
        Address = address;
        Region = region;
    }

    public Uri Address { get; }

    public RegionEndpoint Region { get; }

    /// <remarks>
    /// In the order of https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html (checked 2026-11):
    /// code, the service's variable, the variable for all. Endpoints of shared config files are not read.
    /// </remarks>
    public static AwsEndpoint Of(AwsJsonDialect service, AwsClientSettings settings)
    {
        var region = settings.Region ?? FindRegion(settings.Variable);
        var address = settings.ServiceUrl ?? Configured(service, settings.Variable);
        if (address is null)
        {
            return new(
                new($"https://{service.EndpointPrefix}.{region.SystemName}.{region.PartitionDnsSuffix}/"),
                region
            );
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? new(uri, region)
            : throw new AmazonClientException(
                $"'{address}' is not an endpoint of '{service.EndpointPrefix}'. Write an http or https URL in 'AWS_ENDPOINT_URL_{service.VariableSuffix}' or 'AWS_ENDPOINT_URL'."
            );
    }

    private static string? Configured(AwsJsonDialect service, Func<string, string?> variable) =>
        variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is "true" or "TRUE" or "True"
            ? null
            : NotEmpty(variable($"AWS_ENDPOINT_URL_{service.VariableSuffix}"))
                ?? NotEmpty(variable("AWS_ENDPOINT_URL"));

    private static RegionEndpoint FindRegion(Func<string, string?> variable) =>
        (NotEmpty(variable("AWS_REGION")) ?? NotEmpty(variable("AWS_DEFAULT_REGION"))) is { } name
            ? RegionEndpoint.GetBySystemName(name)
            : FallbackRegionFactory.GetRegionEndpoint()
                ?? throw new AmazonClientException(
                    "No AWS region is set. Set 'AWS_REGION', for example to 'eu-west-1'."
                );

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using Amazon.SimpleSystemsManagement.Model;

namespace Amazon.SimpleSystemsManagement;

/// <summary>AWS Systems Manager, of which AlertHub reads parameters.</summary>
public interface IAmazonSimpleSystemsManagement : IDisposable
{
    /// <exception cref="ParameterNotFoundException">There is none of that name.</exception>
    Task<GetParameterResponse> GetParameterAsync(
        GetParameterRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>One page; the rest by <see cref="GetParametersByPathResponse.NextToken"/>.</summary>
    Task<GetParametersByPathResponse> GetParametersByPathAsync(
        GetParametersByPathRequest request,
        CancellationToken cancellationToken = default
    );
}

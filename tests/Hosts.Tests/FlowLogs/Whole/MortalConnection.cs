namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>A connection whose owner may die before a request is on its way, or with the answer in its hands.</summary>
internal sealed class MortalConnection(Mortality mortality) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        mortality.Pass();
        var response = await base.SendAsync(request, cancellationToken);
        mortality.Pass();
        return response;
    }
}

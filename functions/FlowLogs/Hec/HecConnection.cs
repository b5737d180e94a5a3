using AlertHub;
using AlertHub.Configuration;

namespace FlowLogs.Hec;

/// <summary>The client of one HEC with the token of now. One for an environment, so that its breaker and pace last.</summary>
/// <param name="http">As <see cref="HecClient"/> needs it.</param>
/// <param name="settings">All but the token.</param>
/// <param name="token">Where that is.</param>
/// <param name="secrets">What has it.</param>
/// <param name="time">For waits and deadlines.</param>
/// <param name="chance">From 0 up to 1, safe to call from many threads.</param>
internal sealed class HecConnection(
    HttpClient http,
    HecSettings settings,
    SecretReference token,
    ISecretSource secrets,
    TimeProvider time,
    Func<double> chance
)
{
    /// <summary>Between two calls with a token that was not accepted.</summary>
    private static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(5);

    private (Secret Token, HecBreaker Breaker, HecClient Client)? current;

    /// <summary>With a token that is minutes old at most, and with that of now where the last one was refused.</summary>
    /// <exception cref="SecretUnavailableException">There is no token.</exception>
    public ValueTask<HecClient> GetAsync(CancellationToken cancellationToken) =>
        GetAsync(current?.Breaker.IsOpen ?? false, cancellationToken);

    /// <summary>Asks for the token anew, since HEC refused it.</summary>
    /// <returns>Whether it is another one.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var before = current?.Client;
        try
        {
            return await GetAsync(refresh: true, cancellationToken).ConfigureAwait(false) != before;
        }
        catch (SecretUnavailableException)
        {
            return false;
        }
    }

    private async ValueTask<HecClient> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync(token, refresh, cancellationToken).ConfigureAwait(false);
        if (current is not { } known || !known.Token.Equals(secret))
        {
            var breaker = new HecBreaker(CoolDown, time);
            var client = new HecClient(http, settings with { Token = secret }, breaker, time, chance);
            current = (secret, breaker, client);
        }

        return current.Value.Client;
    }
}

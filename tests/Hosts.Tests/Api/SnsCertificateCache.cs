using System.Net;
using AlertHub.Api.Sns;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

/// <summary>However many messages come, SNS is asked little.</summary>
public sealed class SnsCertificateCache : IDisposable
{
    private static readonly Uri Url = new(FakeSns.Certificate);

    private readonly ManualClock clock = new();
    private readonly FakeSns sns = new(new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero));
    private readonly HttpClient http;
    private readonly SnsCertificates certificates;

    public SnsCertificateCache()
    {
        http = new(sns);
        certificates = new(http, clock);
    }

    public void Dispose()
    {
        http.Dispose();
        sns.Dispose();
    }

    [Fact]
    public async Task Who_asks_while_it_is_fetched_waits_for_that_fetch()
    {
        var ready = new TaskCompletionSource();
        sns.Ready = ready.Task;

        var asking = Enumerable.Range(0, 20).Select(_ => certificates.GetAsync(Url, default)).ToArray();
        ready.SetResult();

        Assert.All(await Task.WhenAll(asking), answer => Assert.NotNull(answer.Certificate));
        Assert.Single(sns.Calls);
    }

    [Fact]
    public async Task A_request_that_ends_does_not_end_the_fetch_for_the_others()
    {
        var ready = new TaskCompletionSource();
        sns.Ready = ready.Task;
        using var gone = new CancellationTokenSource();
        var first = certificates.GetAsync(Url, gone.Token);
        var second = certificates.GetAsync(Url, default);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        ready.SetResult();

        Assert.NotNull((await second).Certificate);
        Assert.Single(sns.Calls);
    }

    [Fact]
    public async Task A_failure_is_not_repeated_for_a_minute()
    {
        sns.CertificateStatus = HttpStatusCode.NotFound;
        Assert.Null((await certificates.GetAsync(Url, default)).Certificate);
        sns.CertificateStatus = HttpStatusCode.OK;

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null((await certificates.GetAsync(Url, default)).Certificate);
        Assert.Single(sns.Calls);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await certificates.GetAsync(Url, default)).Certificate);
    }

    [Fact]
    public async Task Addresses_that_somebody_makes_up_do_not_drive_out_the_real_one()
    {
        await certificates.GetAsync(Url, default);
        sns.CertificateStatus = HttpStatusCode.NotFound;
        for (var i = 0; i < 200; i++)
        {
            await certificates.GetAsync(new Uri(Url, $"/made-up-{i}.pem"), default);
        }

        Assert.NotNull((await certificates.GetAsync(Url, default)).Certificate);
        Assert.Single(sns.Calls, url => url == Url);
    }
}

using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

/// <summary>A page that somebody looks at on this machine, or near it, cannot post alerts.</summary>
public sealed class Browsers : IDisposable
{
    private readonly FakeSns sns = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => sns.Dispose();

    private async Task<(int Status, string Text)> PostAsync(
        string path,
        bool loopbackOnly,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        await using var server = await ApiServer.StartAsync(
            new() { Topics = [FakeSns.Topic] },
            sns,
            TimeProvider.System,
            loopbackOnly
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("text") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.Replace("<own>", Own(), StringComparison.Ordinal));
        }

        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(response.IsSuccessStatusCode ? 1 : 0, server.Stored.Count);
        return ((int)response.StatusCode, text);

        string Own() => server.Http.BaseAddress!.Authority;
    }

    [Theory]
    [InlineData("/webhook", "Origin", "https://evil.example")]
    [InlineData("/webhook", "Origin", "http://127.0.0.1:1")]
    [InlineData("/webhook", "Origin", "null")]
    [InlineData("/webhook", "Sec-Fetch-Site", "cross-site")]
    [InlineData("/events", "Origin", "https://evil.example")]
    [InlineData("/events", "Sec-Fetch-Site", "cross-site")]
    [InlineData("/sns", "Origin", "https://evil.example")]
    [InlineData("/sns", "Sec-Fetch-Site", "cross-site")]
    public async Task A_post_for_a_page_of_another_site_is_refused(string path, string header, string value)
    {
        var (status, text) = await PostAsync(path, true, (header, value));

        Assert.Equal(403, status);
        Assert.StartsWith("Refused: a browser sent it for a page of another site", text, StringComparison.Ordinal);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Origin", "http://<own>")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task A_post_from_its_own_address_is_taken(string header, string value) =>
        Assert.Equal(200, (await PostAsync("/events", true, (header, value))).Status);

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("localhost:9093", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:9093", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("192.0.2.1:9093", 403)]
    public async Task Where_only_this_machine_connects_only_its_own_names_are_meant(string host, int expected)
    {
        Assert.Equal(expected, (await PostAsync("/webhook", true, ("Host", host))).Status);
        Assert.Equal(expected, (await PostAsync("/events", true, ("Host", host))).Status);
        Assert.Equal(200, (await PostAsync("/webhook", false, ("Host", host))).Status);
    }

    [Fact]
    public async Task A_page_under_a_borrowed_name_is_refused_though_the_name_is_its_own_origin() =>
        Assert.Equal(
            403,
            (await PostAsync("/events", true, ("Host", "evil.example"), ("Origin", "http://evil.example"))).Status
        );

    [Fact]
    public async Task A_tls_proxy_on_this_machine_may_pass_on_its_own_name_to_sns() =>
        Assert.Equal(400, (await PostAsync("/sns", true, ("Host", "alerts.example.com"))).Status);
}

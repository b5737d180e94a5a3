using AlertHub.Api.Web;

namespace Hosts.Tests.Web;

public sealed class Paths
{
    [Theory]
    [InlineData(null, null, "/")]
    [InlineData("", "http://alerts.example", "/")]
    [InlineData("", "http://alerts.example/", "/")]
    [InlineData("", "http://alerts.example/am", "/am")]
    [InlineData("", "http://alerts.example/am//", "/am")]
    [InlineData("", "http://alerts.example/a/b/", "/a/b")]
    [InlineData("/", "http://alerts.example/am", "/")]
    [InlineData("x", "http://alerts.example/am", "/x")]
    [InlineData("/x/", "http://alerts.example/am", "/x")]
    [InlineData("x/y", null, "/x/y")]
    public void The_prefix_is_the_path_of_the_external_URL_unless_it_is_given(
        string? prefix,
        string? externalUrl,
        string expected
    ) =>
        Assert.Equal(
            expected,
            WebPaths.RoutePrefix(prefix, externalUrl is null ? null : WebPaths.ExternalUrl(externalUrl, out _))
        );

    [Theory]
    [InlineData("http://alerts.example/", "http://alerts.example")]
    [InlineData("https://alerts.example:8443/am/", "https://alerts.example:8443/am")]
    public void The_external_URL_ends_without_a_slash(string text, string expected)
    {
        Assert.Equal(expected, WebPaths.ExternalUrl(text, out var objection)?.OriginalString);
        Assert.Null(objection);
    }

    [Theory]
    [InlineData("alerts.example")]
    [InlineData("ftp://alerts.example")]
    [InlineData("/am")]
    [InlineData("")]
    public void What_is_no_URL_of_a_server_is_refused(string text)
    {
        Assert.Null(WebPaths.ExternalUrl(text, out var objection));
        Assert.NotNull(objection);
    }
}

using AlertHub.Configuration;
using AlertHub.Configuration.Http;

namespace AlertHub.Tests.Configuration;

public sealed class UrlPasswords
{
    [Theory]
    [InlineData("https://user:password@example.com/path", "https://user:xxxxx@example.com/path")]
    [InlineData("https://user:pass@word@example.com", "https://user:xxxxx@example.com")]
    [InlineData("https://user@example.com:80/a:b@c", "https://user@example.com:80/a:b@c")]
    [InlineData("https://example.com/?next=//user:name@host", "https://example.com/?next=//user:name@host")]
    [InlineData("mailto:a?b=//user:name@host", "mailto:a?b=//user:name@host")]
    [InlineData("a#//b:c@d", "a#//b:c@d")]
    [InlineData("//", "//")]
    [InlineData("", "")]
    public void A_password_in_a_url_is_not_shown(string url, string shown) => Assert.Equal(shown, GoUrl.Redacted(url));

    [Fact]
    public void No_part_of_a_configuration_shows_one_when_it_is_formatted()
    {
        const string url = "http://bot:hunter2@example.com/";
        var http = new HttpClientConfig { Proxy = new() { Url = url } };

        Assert.DoesNotContain("hunter2", $"{http}");
        Assert.DoesNotContain("hunter2", $"{new GlobalConfig { JiraApiUrl = url, HttpConfig = http }}");
    }
}

using AlertHub.Configuration.Receivers;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration.Receivers;

public sealed class WebexConfigs
{
    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var (webex, problems) = Yaml.Read(
            WebexConfig.Shape,
            """
            room_id: 12345
            http_config: {authorization: {credentials: ssm:/webex/token}}
            """
        );

        Assert.Empty(problems);
        Assert.NotNull(webex);
        Assert.True(webex.SendResolved);
        Assert.Equal("12345", webex.RoomId);
        Assert.Equal("""{{ template "webex.default.message" . }}""", webex.Message);
        Assert.Equal("Bearer", webex.HttpConfig?.Authorization?.Type);
    }

    [Fact]
    public void All_problems_are_found_at_once_each_in_its_place()
    {
        var (_, problems) = Yaml.Read(
            WebexConfig.Shape,
            """
            mesage: hello
            api_url: ftp://example.com
            send_resolved: maybe
            send_resolved: false
            """
        );

        Assert.Equal(
            [
                "1:1 http_config.authorization: Webex wants a bot's token; give it as http_config.authorization.credentials",
                "1:1 mesage: unknown key \"mesage\" in webex_config; did you mean \"message\"?",
                "1:1 room_id: a message needs the id of the room it goes to; give \"room_id\"",
                "2:10 api_url: the URL must begin with http:// or https://; give one such as "
                    + "https://example.com/path, found \"ftp://example.com\"",
                "3:16 send_resolved: expected true or false, found \"maybe\"",
                "4:1 send_resolved: \"send_resolved\" stands here twice, first in line 3; remove one of them",
            ],
            problems
        );
    }

    [Fact]
    public void It_prints_without_its_secrets()
    {
        var (webex, _) = Yaml.Read(
            WebexConfig.Shape,
            "{room_id: a b, http_config: {authorization: {credentials: xyz0}}}"
        );

        Assert.Equal(
            """
            send_resolved: true
            http_config:
              authorization:
                type: Bearer
                credentials: "<secret>"
              follow_redirects: true
              enable_http2: true
            message: "{{ template \"webex.default.message\" . }}"
            room_id: a b

            """,
            Yaml.Print(WebexConfig.Shape, Assert.IsType<WebexConfig>(webex))
        );
    }
}

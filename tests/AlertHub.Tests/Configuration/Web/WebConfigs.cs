using System.Text;
using AlertHub.Configuration.Web;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration.Web;

public sealed class WebConfigs
{
    [Fact]
    public void Every_case_is_read_or_refused_at_its_place() =>
        Assert.All(
            Repository.Cases("web-configs.txt", '¦'),
            row =>
            {
                var config = WebConfig.Load(Encoding.UTF8.GetBytes(row[1]), "web.yml", out var problems);
                Assert.Equal((row[1], row[0]), (row[1], problems.FirstOrDefault(static p => p.IsError)?.Path ?? "ok"));
                Assert.Equal(row[0] == "ok", config is not null);
            }
        );

    [Fact]
    public void All_problems_are_told_at_once_and_none_of_them_quotes_a_secret()
    {
        var config = WebConfig.Load(
            """
            tls_server_config:
              cert_file: a
              client_auth_typ: None
            basic_auth_users:
              a: planted-secret
            bearer_tokens:
              - name: b
                token: short-secret
                token_file: c
            """u8,
            "web.yml",
            out var problems
        );

        Assert.Null(config);
        Assert.Equal(
            [
                "tls_server_config.key_file",
                "tls_server_config.client_auth_typ",
                "basic_auth_users.a",
                "bearer_tokens[0].token",
                "bearer_tokens[0].token_file",
            ],
            problems.Select(static p => p.Path)
        );
        Assert.DoesNotContain("-secret", string.Join('\n', problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_the_file_allows_everything()
    {
        var config = WebConfig.Load(default, "web.yml", out var problems);

        Assert.Empty(problems);
        Assert.Equal((true, true), (config?.Tls is null, config?.Http.Http2));
        Assert.Empty(config!.Users);
    }
}

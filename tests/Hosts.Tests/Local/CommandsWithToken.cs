using System.Net.Http.Headers;
using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>explain and dead, asking a process that asks for a token.</summary>
public sealed class CommandsWithToken(CommandsWithToken.GuardedHub hub) : IClassFixture<CommandsWithToken.GuardedHub>
{
    private const string Token = "d0fe7a24c1b6e9538";

    [Theory]
    [InlineData("env:HUB_TOKEN")]
    [InlineData("file:token")]
    [InlineData("ssm:/hub")]
    public async Task A_token_is_read_from_where_it_stands(string reference)
    {
        var (status, output, errors) = await RunAsync("explain", "alertname=A", "--token", reference);

        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("{alertname=\"A\"}\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dead", "--token=file:token")]
    [InlineData("dead", "--token=file:token", "--resend", "--all")]
    public async Task The_dead_are_listed_and_sent_again_with_it(params string[] line) =>
        Assert.Equal((0, "There is no dead letter.", ""), await RunAsync(line));

    [Theory]
    [InlineData("Unauthorized; give it user:password@ in --url, or --token env:NAME")]
    [InlineData("Unauthorized; it does not know the token of env:WRONG_TOKEN", "--token=env:WRONG_TOKEN")]
    [InlineData("--token env:NOTHING: the environment variable 'NOTHING' is not set", "--token=env:NOTHING")]
    [InlineData("--token file:nowhere: the file cannot be read", "--token=file:nowhere")]
    [InlineData("--token file:several: this is no token", "--token=file:several")]
    public async Task Who_has_no_token_or_another_is_told_what_to_do(string sentence, params string[] options)
    {
        var (status, output, errors) = await RunAsync(["explain", "alertname=A", .. options]);

        Assert.Equal((1, ""), (status, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("every process on this machine could read it", "--token", Token)]
    [InlineData("every process on this machine could read it", "--token=")]
    [InlineData("only one of them can be sent", "--token=env:HUB_TOKEN", "--url=http://me:secret@127.0.0.1:9")]
    public async Task A_token_written_out_and_a_second_answer_are_refused(string sentence, params string[] options)
    {
        foreach (
            var command in (string[][])
                [
                    ["explain", "alertname=A"],
                    ["dead"],
                ]
        )
        {
            var (status, output, errors) = await RunAsync([.. command, .. options]);

            Assert.Equal((2, ""), (status, output));
            Assert.Contains(sentence, errors, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever comes of it, the token is nowhere in what it prints.</summary>
    private async Task<(int Status, string Output, string Errors)> RunAsync(params string[] line)
    {
        await using var command = HubProcess.Run(
            Array.Exists(line, static word => word.StartsWith("--url", StringComparison.Ordinal))
                ? line
                : [.. line, $"--url={hub.Address}"],
            folder: hub.Files.Path(""),
            environment: new Dictionary<string, string?>
            {
                ["HUB_TOKEN"] = Token,
                ["WRONG_TOKEN"] = $"{Token}0",
                ["AWS_ENDPOINT_URL_SSM"] = hub.ParameterStore,
                ["AWS_REGION"] = "eu-west-1",
                ["AWS_ACCESS_KEY_ID"] = "key",
                ["AWS_SECRET_ACCESS_KEY"] = "of nobody",
            }
        );
        var status = await command.ExitAsync();
        var (output, errors) = command.Written;
        Assert.DoesNotContain(Token, output + errors, StringComparison.Ordinal);
        return (status, output, errors);
    }

    /// <summary>It knows one alert, and only who brings <see cref="Token"/> may ask.</summary>
    public sealed class GuardedHub : IAsyncLifetime, IDisposable
    {
        private HubProcess process = null!;
        private FakeAws parameterStore = null!;

        internal WebFiles Files { get; } = new();

        internal Uri Address => process.Http.BaseAddress!;

        internal string ParameterStore => parameterStore.Url;

        public async Task InitializeAsync()
        {
            Files.Write("token", $"{Token}\n");
            Files.Write("several", $"{Token} {Token}");
            Files.Write("web.yml", "bearer_tokens: [{name: people, token_file: token}]");
            parameterStore = await FakeAws.StartAsync(
                FakeAwsAnswer.Json(
                    $$$"""{"Parameter":{"Name":"/hub","Type":"SecureString","Value":"{{{Token}}}","Version":1}}"""
                )
            );
            process = await HubProcess.StartAsync(Files.Path("data"), null, "--web.config.file", Files.Path("web.yml"));
            process.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
            using var alert = new StringContent(
                """[{"labels":{"alertname":"A"}}]""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
            Assert.Equal((200, ""), await process.PostAsync("/api/v2/alerts", alert));
        }

        public async Task DisposeAsync()
        {
            await process.DisposeAsync();
            await parameterStore.DisposeAsync();
            Assert.DoesNotContain(Token, $"{process.Child.Written}", StringComparison.Ordinal);
        }

        public void Dispose() => Files.Dispose();
    }
}

using System.Net;
using System.Net.Sockets;
using AlertHub.Local;
using AlertHub.Local.Storage;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>The real program with options and settings that cannot be: one line on standard error, and no other output.</summary>
public sealed class Options : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<(int Status, string Error)> RunAsync(string? slackWebhook, params string[] options)
    {
        await using var hub = HubProcess.Run(options, slackWebhook, folder.Path);
        var status = await hub.ExitAsync();
        Assert.Equal("", hub.Written.Output);
        return (status, hub.Written.Errors);
    }

    [Theory]
    [InlineData(2, "Unrecognized command or argument '--bogus'", "--bogus")]
    [InlineData(2, "Required argument missing for option: '--storage.path'", "--storage.path")]
    [InlineData(2, "--storage.path \"\": it must be a folder", "--storage.path", "")]
    [InlineData(2, "--storage.path \" \": it must be a folder", "--storage.path= ")]
    [InlineData(2, "--web.listen-address \"9093\": it must be host:port", "--web.listen-address", "9093")]
    [InlineData(2, "it must be host:port", "--web.listen-address", "127.0.0.1:70000")]
    [InlineData(2, "\"example.com\" is not an IP address", "--web.listen-address=example.com:9093")]
    [InlineData(2, "--sns.topic \"*\": it must be the ARN of a topic", "--sns.topic", "*")]
    [InlineData(1, "\"/dev/null/data\" cannot be written", "--storage.path", "/dev/null/data")]
    [InlineData(1, "this machine has no such address", "--web.listen-address", "192.0.2.1:9093")]
    [InlineData(1, "--demo: there is no folder events/", "--demo")]
    public async Task A_bad_option_is_named_with_what_to_do(int expected, string message, params string[] options)
    {
        // Copied away from the clone, or --demo would find the clone's samples beside the program.
        if (options is ["--demo"])
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, folder.File(Path.GetFileName(file)));
            }

            await using var demo = ChildProcess.Start(
                "dotnet",
                ["exec", folder.File("AlertHub.Local.dll"), "--demo"],
                folder: folder.Path
            );
            Assert.Equal(expected, await demo.ExitAsync());
            Assert.Contains(message, demo.Written.Errors, StringComparison.Ordinal);
            return;
        }

        var (status, error) = await RunAsync(null, options);

        Assert.Equal(expected, status);
        Assert.StartsWith("alerthub: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("http://hooks.example.com/services/T0/B0/topsecret", "must begin with https://")]
    [InlineData("topsecret", "is not a URL")]
    [InlineData("file:/nowhere/webhook", "file:/nowhere/webhook: the file cannot be read")]
    [InlineData("env:NOT_SET_ANYWHERE", "env:NOT_SET_ANYWHERE: the environment variable")]
    public async Task A_bad_webhook_is_named_without_showing_it(string webhook, string message)
    {
        var (status, error) = await RunAsync(webhook);

        Assert.Equal(1, status);
        Assert.StartsWith("alerthub: SLACK_WEBHOOK_URL: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (status, error) = await RunAsync(null, "--web.listen-address", $"{listener.LocalEndpoint}");

        Assert.Equal(1, status);
        Assert.Equal(
            $"alerthub: cannot listen on {listener.LocalEndpoint}: another process listens there; choose another with --web.listen-address",
            error
        );
    }

    [Fact]
    public async Task A_storage_in_use_is_said_in_one_line()
    {
        await using var first = await HubProcess.StartAsync(folder.File("data"), null);

        var (status, error) = await RunAsync(null, "--storage.path", folder.File("data"));

        Assert.Equal(1, status);
        Assert.Equal(
            $"alerthub: \"{folder.File("data")}\" is in use by another AlertHub; stop it or give this one its own folder with --storage.path",
            error
        );
    }

    [Fact]
    public async Task A_storage_that_takes_no_change_is_said_in_one_line_before_anything_is_promised()
    {
        Directory.CreateDirectory(folder.File("data"));
        var file = folder.File("data/alerthub.db");
        InboxSchema.Open(file).Dispose();
        Storage.Change(
            file,
            """
            INSERT INTO inbox (body, received, due) VALUES (x'', 0, 0);
            CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END;
            """
        );

        var (status, error) = await RunAsync(null, "--storage.path", folder.File("data"), "--web.listen-address", ":0");

        Assert.Equal(1, status);
        Assert.StartsWith($"alerthub: \"{file}\": ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, 9093, "another process listens there")]
    [InlineData(SocketError.AddressNotAvailable, 9093, "this machine has no such address")]
    [InlineData(SocketError.AddressFamilyNotSupported, 9093, "this machine has no such kind of address")]
    [InlineData(SocketError.AccessDenied, 80, "ports below 1024 need privileges")]
    [InlineData(SocketError.AccessDenied, 9093, "this user may not listen there")]
    [InlineData(SocketError.TooManyOpenSockets, 9093, "Too many open files")]
    public void Why_it_cannot_listen_is_said_as_it_is(SocketError error, int port, string reason)
    {
        var cause = new SocketException((int)error);

        Assert.StartsWith(reason, WebHost.Reason(cause, port), StringComparison.Ordinal);
        // As Kestrel wraps it.
        Assert.StartsWith(
            reason,
            WebHost.Reason(new IOException("bind", new InvalidOperationException("", cause)), port),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_failure_to_listen_of_no_known_cause_is_told_in_its_own_words() =>
        Assert.Equal("the disk is gone", WebHost.Reason(new IOException("the disk is gone."), 9093));

    [Fact]
    public async Task A_start_is_one_line_with_address_storage_and_channel()
    {
        await using var hub = await HubProcess.StartAsync(folder.File("data"), null);

        Assert.Equal(
            $"AlertHub listens on {hub.Http.BaseAddress!.ToString().TrimEnd('/')}, keeps messages in {folder.File("data")}, delivers to console",
            hub.Child.Written.Output
        );
        Assert.Equal("", hub.Child.Written.Errors);
    }

    [Theory]
    [InlineData("127.0.0.1:9093", "127.0.0.1:9093")]
    [InlineData("0.0.0.0:1", "0.0.0.0:1")]
    [InlineData(":9093", "[::]:9093")]
    [InlineData("[::1]:9093", "[::1]:9093")]
    [InlineData("localhost:9093", "127.0.0.1:9093")]
    [InlineData("::1:9093", null)]
    [InlineData("[127.0.0.1:9093", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.0.0.1:", null)]
    [InlineData("127.0.0.1:+1", null)]
    [InlineData("127.0.0.1:65536", null)]
    [InlineData("", null)]
    public void Addresses_are_written_as_in_prometheus(string text, string? expected) =>
        Assert.Equal(expected, ListenAddress.Parse(text, out var _)?.ToString());
}

using System.Runtime.CompilerServices;
using System.Text;
using AlertHub;
using AlertHub.Configuration;
using FlowLogs;
using FlowLogs.Backup;
using FlowLogs.Functions;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>What a person or a schedule may tell the function that delivers the backup again.</summary>
public sealed class ReplayCommands
{
    private const string Example =
        "write {\"command\": \"replay\"} or {\"command\": \"replay\", \"from\": \"refused/\"}";

    [Fact]
    public async Task The_sample_delivers_what_needs_nobody()
    {
        var (asked, answer) = await RunAsync(Encoding.UTF8.GetString(SampleEvents.Read("flow-logs/replay.json")));

        Assert.Equal([Names.UndeliveredPrefix, Names.GivenUpPrefix, Names.FirehosePrefix], asked);
        Assert.Equal("""{"objects":0,"events":0,"stopped":null}""", answer);
    }

    [Theory]
    [InlineData("""{"command":"replay","from":"refused/"}""", "refused/")]
    [InlineData("""{"command":"replay","from":"undelivered/2026/11/","more":1}""", "undelivered/2026/11/")]
    public async Task A_prefix_is_delivered_alone(string command, string prefix) =>
        Assert.Equal([prefix], (await RunAsync(command)).Asked);

    [Theory]
    [InlineData("", "the event is not JSON (byte 0); ")]
    [InlineData("[]", "the event is no command; ")]
    [InlineData("{}", "the event is no command; ")]
    [InlineData("""{"command":1}""", "the event is no command; ")]
    [InlineData("""{"command":"Replay"}""", "the event is no command; ")]
    [InlineData("""{"command":"replay","from":""}""", "\"from\" is no prefix; ")]
    [InlineData("""{"command":"replay","from":null}""", "\"from\" is no prefix; ")]
    public async Task Anything_else_is_refused_with_an_example(string command, string problem) =>
        Assert.Equal(problem + Example, (await Assert.ThrowsAsync<FlowLogException>(() => RunAsync(command))).Message);

    private static async Task<(List<string> Asked, string Answer)> RunAsync(string command)
    {
        await using var hec = await HecScene.StartAsync();
        var backup = new EmptyBackup();
        using var metrics = new MemoryStream();
        var time = new FixedTime(new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        var function = new ReplayFunction(
            new(
                new(RecordsDelivered.Deliverer(), hec.Connection(new NoToken())),
                backup,
                new(backup, new RecordedLog<Asides>()),
                new(new(metrics, "test", time), new(0), null, "test", 0, time, new RecordedLog<Reports>()),
                new RecordedLog<Replaying>()
            ),
            time
        );
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(command));
        using var answer = new StreamReader(await function.HandleAsync(input, new InvocationContext()));
        return (backup.Asked, await answer.ReadToEndAsync());
    }

    private sealed class EmptyBackup : IBackup
    {
        public List<string> Asked { get; } = [];

        public async IAsyncEnumerable<string> KeysAsync(
            string prefix,
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            Asked.Add(prefix);
            await Task.CompletedTask;
            yield break;
        }

        public Task PutAsync(string key, byte[] content, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoToken : ISecretSource
    {
        public ValueTask<Secret> GetAsync(
            SecretReference reference,
            bool refresh,
            CancellationToken cancellationToken
        ) => throw new SecretUnavailableException("there is none");
    }
}

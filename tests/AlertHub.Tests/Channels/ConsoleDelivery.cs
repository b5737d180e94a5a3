using AlertHub.Channels;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels;

public sealed class ConsoleDelivery : ChannelContract
{
    protected override IChannel Create() => new ConsoleChannel(TextWriter.Synchronized(new StringWriter()));

    protected override IChannel CreateBroken() => new ConsoleChannel(new ClosedPipe());

    [Theory]
    [InlineData("sns/metric-alarm.json")]
    [InlineData("sns/metric-ok.json")]
    [InlineData("alertmanager/mixed-group-of-twelve.json")]
    [InlineData("other/plain-text.txt")]
    public async Task It_prints_a_notification_readably(string sample)
    {
        using var console = new StringWriter();
        foreach (var notification in Some.NotificationsOf(Samples.Bytes(sample)))
        {
            await new ConsoleChannel(console).SendAsync(notification, CancellationToken.None);
        }

        Approved.Matches($"console/{Path.ChangeExtension(sample, ".txt")}", console.ToString());
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("Broken pipe"));
    }
}

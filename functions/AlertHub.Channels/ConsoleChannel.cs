using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>Prints each notification: what a hub does that was given no destination.</summary>
public sealed class ConsoleChannel(TextWriter output) : IChannel
{
    public string Name => "console";

    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await output
                .WriteLineAsync($"{PlainText.Render(notification)}\n".AsMemory(), cancellationToken)
                .ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            return new DeliveryResult.Delivered();
        }
        catch (IOException e)
        {
            return new DeliveryResult.TryLater($"the console cannot be written: {e.Message}");
        }
    }
}

using AlertHub.Api.Working;
using AlertHub.Aws;
using AlertHub.Lambda.Queues;
using Amazon.Lambda.Core;

namespace AlertHub.Lambda.Functions;

/// <summary>Messages of groups that are due in, decisions about them into the store.</summary>
internal sealed class FlushFunction(WorkBatch batch, WorkLog log, TimeProvider time)
{
    public Task<Stream> HandleAsync(Stream input, ILambdaContext context) =>
        batch.HandleAsync(input, context, FlushAsync);

    private async Task<bool> FlushAsync(HubAtWork at, WorkMessage message, Deadline deadline)
    {
        // Nothing to do about a group that is gone, nor about one that is due at another time: then another message says so.
        if (await at.FindAsync(message.Group, deadline.Token).ConfigureAwait(false) is not { } group)
        {
            return true;
        }

        if (group.Due > time.GetUtcNow())
        {
            if (message.IsFor(group.Due))
            {
                await at.Queue.SendOnAsync(message).ConfigureAwait(false);
            }

            return true;
        }

        var flushed = await at.Hub.FlushAsync(group.Id, deadline.Token).ConfigureAwait(false);
        if (flushed.Flush is not null)
        {
            log.Flushed(flushed.Flush);
        }

        await at
            .Queue.AddAsync([.. flushed.Next.Except(DueWork.Of(group))], CancellationToken.None)
            .ConfigureAwait(false);
        return true;
    }
}
